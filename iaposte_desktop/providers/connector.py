"""From a connection to the ports over it. Light: what needs the SDK loads it at the first use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.domain.connections import ApiProtocol
from iaposte_desktop.domain.ports.connections import Connected
from iaposte_desktop.providers import local_servers
from iaposte_desktop.providers.assistants_v2.provider import AssistantsProvider
from iaposte_desktop.providers.chat_completions.provider import ChatCompletionsProvider
from iaposte_desktop.providers.embeddings import HostedEmbedder
from iaposte_desktop.providers.probing import probe
from iaposte_desktop.providers.responses.provider import ResponsesProvider
from iaposte_desktop.providers.vector_stores.stores import HostedVectorStores
from iaposte_desktop.providers.wire import Wire

if TYPE_CHECKING:
    from iaposte_desktop.domain.connections import Connection, ConnectionReport, LocalServer
    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.model_provider import ModelProvider
    from iaposte_desktop.domain.ports.secrets import SecretStore
    from iaposte_desktop.domain.ports.text_reader import TextReader
    from iaposte_desktop.domain.ports.uploads import UploadLedger
    from iaposte_desktop.domain.secrets import Secret


class ProviderConnector:
    """`Connector`; the loop of a port's first use is the one all its calls belong to."""

    def __init__(self, secrets: SecretStore, ledger: UploadLedger, reader: TextReader, clock: Clock) -> None:
        self._secrets = secrets
        self._ledger = ledger
        self._reader = reader
        self._clock = clock

    def connect(self, connection: Connection) -> Connected:
        wire = Wire(connection, self._secrets)
        stores = None
        if connection.has_vector_stores:
            stores = HostedVectorStores(wire.twin(), self._ledger, self._reader, self._clock)
        return Connected(_model_provider(wire, stores), stores, HostedEmbedder(wire))

    async def test(self, connection: Connection, key: Secret | None) -> ConnectionReport:
        wire = Wire(connection, self._secrets if key is None else _GivenKey(key))
        try:
            return await probe(wire, self._clock)
        finally:
            await wire.aclose()

    async def local_servers(self) -> tuple[LocalServer, ...]:
        return await local_servers.local_servers()


def _model_provider(wire: Wire, stores: HostedVectorStores | None) -> ModelProvider:
    match wire.connection.protocol:
        case ApiProtocol.RESPONSES:
            return ResponsesProvider(wire, stores)
        case ApiProtocol.CHAT_COMPLETIONS:
            return ChatCompletionsProvider(wire)
        case ApiProtocol.ASSISTANTS_V2:
            return AssistantsProvider(wire, stores)


class _GivenKey:
    """One that is not kept yet."""

    def __init__(self, key: Secret) -> None:
        self._key = key

    async def get(self, _: str) -> Secret:
        return self._key
