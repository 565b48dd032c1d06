"""The toy server as a connection of the program in a window's test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from iaposte_desktop.domain.connections import Connection, ConnectionKind

if TYPE_CHECKING:
    from iaposte_desktop.application.program import Program
    from iaposte_desktop.qt.runtime import Runtime
    from tests.fakes.toy_openai.server import ToyOpenAI


class Opened(Protocol):
    @property
    def runtime(self) -> Runtime: ...
    @property
    def program(self) -> Program: ...


async def connected(opened: Opened, toy: ToyOpenAI, name: str = "Team", **changes: Any) -> Connection:
    """Saved. `toy` asks for no key; to the program it is a server on the internet, unless told otherwise."""
    values: dict[str, Any] = {
        "id": f"conn_{name.lower()}",
        "kind": ConnectionKind.COMPATIBLE,
        "base_url": toy.base_url,
        "default_model": "toy-1",
        **changes,
    }
    connection = Connection(name=name, **values)
    await opened.runtime.call(opened.program.connections.save(connection))
    return connection
