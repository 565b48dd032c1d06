"""`Connector` as a script: ports that were laid ready, and reports or errors of tests."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from iaposte_desktop.domain.ports.connections import Connected
from tests.fakes.scripted_model import Hang, ScriptedModel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iaposte_desktop.domain.connections import Connection, ConnectionReport, LocalServer
    from iaposte_desktop.domain.ports.model_provider import ModelProvider
    from iaposte_desktop.domain.ports.vector_stores import VectorStores
    from iaposte_desktop.domain.secrets import Secret


class ScriptedConnector:
    """`models` and `stores` by connection id; a connection without a model gets one that knows no answer. `tests` are
    the reports or errors of tests, one each, in order, or Hang for one that never answers; `tested` what was tried,
    with the key that was given; `cancelled` counts tests whose wait was given up."""

    def __init__(
        self,
        *tests: ConnectionReport | Exception | Hang,
        models: Mapping[str, ModelProvider] | None = None,
        stores: Mapping[str, VectorStores] | None = None,
        servers: tuple[LocalServer, ...] = (),
    ) -> None:
        self._tests = list(tests)
        self._models = dict(models or {})
        self._stores = dict(stores or {})
        self.servers = servers
        self.connected: list[Connection] = []
        self.tested: list[tuple[Connection, str | None]] = []
        self.cancelled = 0

    def connect(self, connection: Connection) -> Connected:
        self.connected.append(connection)
        model = self._models.get(connection.id) or ScriptedModel(name=connection.id)
        return Connected(model, self._stores.get(connection.id))

    def will(self, *tests: ConnectionReport | Exception | Hang) -> None:
        """Answer further tests so."""
        self._tests.extend(tests)

    async def test(self, connection: Connection, key: Secret | None) -> ConnectionReport:
        self.tested.append((connection, key.reveal() if key else None))
        answer = self._tests.pop(0)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Hang):
            await self._until_cancelled()
            raise AssertionError("nobody cancelled it")
        return answer

    async def _until_cancelled(self) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            self.cancelled += 1

    async def local_servers(self) -> tuple[LocalServer, ...]:
        return self.servers
