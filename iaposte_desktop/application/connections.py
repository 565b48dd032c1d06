"""Connections: written down, tried, and turned into the ports that runs and knowledge use. What is changed here takes
effect at once; `models`, `stores` and `embedders` are the live tables of ports by name, with the built-in engine among
the first two."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, urlsplit

from iaposte_desktop.application.changes import Changed, Topic
from iaposte_desktop.domain.assistants import DEFAULT_MODEL, ModelRef
from iaposte_desktop.domain.connections import ApiProtocol, Connection, ConnectionKind
from iaposte_desktop.domain.errors import InvalidValue, ModelGone, NotFound
from iaposte_desktop.domain.ports.secrets import Keeping
from iaposte_desktop.domain.ports.settings import DEFAULT_CONNECTION_ID

if TYPE_CHECKING:
    from iaposte_desktop.application.changes import ChangeFeed
    from iaposte_desktop.application.retries import Circuits
    from iaposte_desktop.domain.connections import ConnectionReport, LocalServer
    from iaposte_desktop.domain.ports.connections import Connected, ConnectionRepository, Connector
    from iaposte_desktop.domain.ports.embedder import Embedder
    from iaposte_desktop.domain.ports.model_provider import ModelProvider
    from iaposte_desktop.domain.ports.secrets import SecretStore
    from iaposte_desktop.domain.ports.settings import Settings
    from iaposte_desktop.domain.ports.vector_stores import VectorStores
    from iaposte_desktop.domain.secrets import Secret

NAME_CHARACTERS: Final = 256
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Saved:
    """`keeping` None: no key was given."""

    connection: Connection
    keeping: Keeping | None


class Connections:
    """Lives on the program's loop. `built_in` is the model that DEFAULT_MODEL means without a connection."""

    def __init__(
        self,
        repository: ConnectionRepository,
        connector: Connector,
        secrets: SecretStore,
        models: dict[str, ModelProvider],
        stores: dict[str, VectorStores],
        built_in: ModelRef,
        circuits: Circuits,
        settings: Settings,
        changes: ChangeFeed,
        embedders: dict[str, Embedder] | None = None,
    ) -> None:
        self._repository = repository
        self._connector = connector
        self._secrets = secrets
        self._models = models
        self._stores = stores
        self._built_in = built_in
        self._circuits = circuits
        self._settings = settings
        self._changes = changes
        self._embedders = {} if embedders is None else embedders
        self._connections: dict[str, Connection] = {}

    async def load(self) -> None:
        """Once, at start. Nothing is sent."""
        for connection in await self._repository.list():
            self._open(connection)

    def list(self) -> tuple[Connection, ...]:
        return tuple(sorted(self._connections.values(), key=lambda each: each.name.casefold()))

    def retrieve(self, connection_id: str) -> Connection:
        """Raises NotFound."""
        try:
            return self._connections[connection_id]
        except KeyError:
            raise NotFound(connection_id) from None

    def name_of(self, provider: str) -> str:
        """As people see it; empty for the built-in engine and for what is no longer there."""
        connection = self._connections.get(provider)
        return connection.name if connection else ""

    @property
    def default_id(self) -> str:
        """Empty: the built-in model."""
        chosen = self._settings.get(DEFAULT_CONNECTION_ID)
        return chosen if chosen in self._connections else ""

    def make_default(self, connection_id: str) -> None:
        self._settings.set(DEFAULT_CONNECTION_ID, connection_id)
        self._changes.publish(Changed(Topic.CONNECTIONS, connection_id))

    def provider_of(self, model: ModelRef) -> ModelProvider:
        """The port that `model` is asked of today. Raises ModelGone where its connection is gone."""
        try:
            return self._models[self.placed(model).provider]
        except KeyError:
            raise ModelGone(model.model or model.provider) from None

    async def resolved(self, model: ModelRef) -> ModelRef:
        """The model that `model` means today. Raises ModelGone where its connection is gone, ProviderError where the
        connection has no default model and its server cannot be asked for one."""
        provider, model = self.provider_of(model), self.placed(model)
        if model.model:
            return model
        offered = await provider.models()
        if not offered:
            raise ModelGone(model.provider)
        return ModelRef(model.provider, offered[0].id)

    def placed(self, model: ModelRef) -> ModelRef:
        """What `model` means today, as far as it is known without asking a server: the name may still be empty."""
        if model.provider == DEFAULT_MODEL.provider:
            model = ModelRef(self.default_id, "") if self.default_id else self._built_in
        connection = self._connections.get(model.provider)
        return ModelRef(model.provider, model.model or (connection.default_model if connection else ""))

    async def save(self, connection: Connection, key: Secret | None = None) -> Saved:
        """Insert or replace, by id; the ports over it are made anew. Raises InvalidValue, StorageError."""
        _refuse_invalid(connection)
        before = self._connections.get(connection.id)
        await self._repository.save([*(c for c in self.list() if c.id != connection.id), connection])
        keeping = await self._secrets.set(connection.key_name, key) if key else None
        if before is not None and before.key_name != connection.key_name:
            await self._secrets.delete(before.key_name)
        await self._close(connection.id)
        self._open(connection)
        self._circuits.close(connection.id)
        self._changes.publish(Changed(Topic.CONNECTIONS, connection.id))
        return Saved(connection, keeping)

    async def delete(self, connection_id: str) -> None:
        """With its key. What lies at the server stays there. Unknown ids are not an error."""
        connection = self._connections.get(connection_id)
        if connection is None:
            return
        await self._repository.save([other for other in self.list() if other.id != connection_id])
        await self._secrets.delete(connection.key_name)
        await self._close(connection_id)
        del self._connections[connection_id]
        self._changes.publish(Changed(Topic.CONNECTIONS, connection_id))

    async def switch_protocol(self, connection_id: str, protocol: ApiProtocol) -> Connection:
        """What is offered where a server no longer speaks the one that was chosen. Raises NotFound."""
        return (await self.save(replace(self.retrieve(connection_id), protocol=protocol))).connection

    async def test(self, connection: Connection, key: Secret | None = None) -> ConnectionReport:
        """See `Connector.test`; needs not be saved. Raises InvalidValue, ProviderError."""
        _refuse_invalid(connection)
        report = await self._connector.test(connection, key)
        self._circuits.close(connection.id)
        return report

    async def local_servers(self) -> tuple[LocalServer, ...]:
        return await self._connector.local_servers()

    async def has_key(self, connection: Connection) -> bool:
        return await self._secrets.get(connection.key_name) is not None

    async def keeping(self) -> Keeping:
        """Where a key would be kept now."""
        return await self._secrets.keeping()

    async def aclose(self) -> None:
        for connection_id in tuple(self._connections):
            await self._close(connection_id)

    def _open(self, connection: Connection) -> None:
        connected: Connected = self._connector.connect(connection)
        self._connections[connection.id] = connection
        self._models[connection.id] = connected.model
        if connected.stores is not None:
            self._stores[connection.id] = connected.stores
        if connected.embedder is not None:
            self._embedders[connection.id] = connected.embedder

    async def _close(self, connection_id: str) -> None:
        if (model := self._models.pop(connection_id, None)) is not None:
            await model.aclose()
        if (stores := self._stores.pop(connection_id, None)) is not None:
            await stores.aclose()
        self._embedders.pop(connection_id, None)


def is_in_the_clear(connection: Connection) -> bool:
    """Whether key and mails would cross a network that anyone on it can read."""
    try:
        parts = urlsplit(connection.url)
    except ValueError:
        return False
    return parts.scheme == "http" and bool(parts.hostname) and parts.hostname not in _LOOPBACK


def _refuse_invalid(connection: Connection) -> None:
    if not connection.name.strip() or len(connection.name) > NAME_CHARACTERS:
        raise InvalidValue("name")
    # It becomes a part of the address that the key is sent to.
    if connection.region and not (connection.region.isascii() and connection.region.replace("-", "").isalnum()):
        raise InvalidValue("region")
    address = _split(connection.url, "base_url")
    if address.query or address.fragment or address.username is not None:
        raise InvalidValue("base_url")
    if connection.kind is ConnectionKind.LOCAL and address.hostname not in _LOOPBACK:
        raise InvalidValue("local_address", address.hostname or "")
    if connection.proxy:
        _split(connection.proxy, "proxy")


def _split(url: str, field: str) -> SplitResult:
    """A password in an address would be written down with it."""
    try:
        parts = urlsplit(url)
        is_usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise InvalidValue(field) from None
    has_gaps = any(sign.isspace() or not sign.isprintable() for sign in url)
    if not is_usable or has_gaps or parts.password is not None:
        raise InvalidValue(field)
    return parts
