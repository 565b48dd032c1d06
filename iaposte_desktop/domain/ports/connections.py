"""Ports of the connections: where they are written down, and what reaches their servers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from iaposte_desktop.domain.ports.embedder import Embedder
from iaposte_desktop.domain.ports.model_provider import ModelProvider
from iaposte_desktop.domain.ports.vector_stores import VectorStores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.domain.connections import Connection, ConnectionReport, LocalServer
    from iaposte_desktop.domain.secrets import Secret


class ConnectionRepository(Protocol):
    """On this machine, never in a shared workspace: whoever may write an address could send the key elsewhere."""

    async def list(self) -> tuple[Connection, ...]: ...

    async def save(self, connections: Sequence[Connection]) -> None:
        """All of them, replacing what was there. Raises StorageError."""
        ...


@dataclass(frozen=True, slots=True)
class Connected:
    """The ports over one connection; closing `model` and `stores` both closes what they share."""

    model: ModelProvider
    stores: VectorStores | None
    embedder: Embedder | None = None


class Connector(Protocol):
    def connect(self, connection: Connection) -> Connected:
        """Returns at once: nothing is sent, no key is read and no SDK is loaded before the first use."""
        ...

    async def test(self, connection: Connection, key: Secret | None) -> ConnectionReport:
        """Ask the server what it is, with `key` or, None, the one that is kept. Nothing that is billed is sent.
        Raises ProviderError, whose code names what failed."""
        ...

    async def local_servers(self) -> tuple[LocalServer, ...]:
        """Those that listen at the customary ports of this machine and answer as an API does; within 2 seconds."""
        ...
