"""Where a store is kept, as this tab shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import NotFound

if TYPE_CHECKING:
    from iaposte_desktop.application.connections import Connections


@dataclass(frozen=True, slots=True)
class Place:
    """`provider` as in `VectorStore`; `name` that of its connection, empty for the program's own engine."""

    provider: str
    name: str = ""
    is_remote: bool = False
    host: str = field(default="", compare=False)

    @property
    def icon(self) -> str:
        return "cloud" if self.is_remote else "monitor"


def place_of(provider: str, connections: Connections) -> Place:
    """On the program's loop."""
    try:
        connection = connections.retrieve(provider)
    except NotFound:
        return Place(provider)
    return Place(provider, connection.name, connection.is_remote, connection.host)
