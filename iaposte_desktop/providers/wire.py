"""The way to a connection's server: one SDK client, made at its first use, with the key that is kept for its host."""

from __future__ import annotations

import asyncio
from copy import copy
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from iaposte_desktop.domain.connections import ConnectionKind
from iaposte_desktop.domain.errors import ConnectionProblem, KeyMissing, KeyRefused, ProviderUnavailable

if TYPE_CHECKING:
    from openai import AsyncOpenAI

    from iaposte_desktop.domain.connections import Connection
    from iaposte_desktop.domain.secrets import Secret


class KeySource(Protocol):
    """As much of a SecretStore as is asked here."""

    async def get(self, name: str, /) -> Secret | None: ...


class Wire:
    """One end of it; belongs to the loop that uses it first. Uploads need `sdk.UPLOAD_TIMEOUT`."""

    def __init__(self, connection: Connection, secrets: KeySource) -> None:
        self._line = _Line(connection, secrets)
        self._line.ends.add(self)

    @property
    def connection(self) -> Connection:
        return self._line.connection

    def twin(self) -> Wire:
        """Another end of the same: what both share is closed when both are."""
        twin = copy(self)
        self._line.ends.add(twin)
        return twin

    async def client(self) -> AsyncOpenAI:
        """The same one each time, without retries. The first call loads the SDK, on a worker thread.

        Raises KeyMissing where the kind of connection needs a key and none is kept, KeyRefused for one that no header
        can carry, ProviderUnavailable for an address, a CA file or a proxy that cannot be used."""
        if self not in self._line.ends:
            raise ProviderUnavailable("closed")
        return await self._line.client()

    async def aclose(self) -> None:
        self._line.ends.discard(self)
        if not self._line.ends:
            await self._line.aclose()


class _Line:
    def __init__(self, connection: Connection, secrets: KeySource) -> None:
        self.connection = connection
        self.ends: set[Wire] = set()
        self._secrets = secrets
        self._client: AsyncOpenAI | None = None
        self._making = asyncio.Lock()

    async def client(self) -> AsyncOpenAI:
        async with self._making:
            if self._client is None:
                _check_address(self.connection.url)
                self._client = await asyncio.to_thread(_build, self.connection, await self._key())
            return self._client

    async def aclose(self) -> None:
        async with self._making:
            client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _key(self) -> str:
        secret = await self._secrets.get(self.connection.key_name)
        key = secret.reveal().strip() if secret is not None else ""
        if not key and self.connection.kind in {ConnectionKind.OPENAI, ConnectionKind.AZURE}:
            raise KeyMissing
        # The error of a header that cannot be sent quotes it.
        if not (key.isascii() and key.isprintable()):
            raise KeyRefused
        return key


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        is_usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_usable = False
    if not is_usable:
        raise ProviderUnavailable(url.rpartition("@")[2], problem=ConnectionProblem.NOT_AN_API)


def _build(connection: Connection, key: str) -> AsyncOpenAI:
    from iaposte_desktop.providers.sdk import build_client

    return build_client(connection, key)
