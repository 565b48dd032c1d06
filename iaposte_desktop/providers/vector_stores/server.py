"""The requests to a server's files and vector stores. What goes wrong with them becomes a domain error here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from iaposte_desktop.domain.errors import NotFound, ProviderError
from iaposte_desktop.providers.errors import provider_error

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from typing import IO

    from openai import AsyncOpenAI
    from openai._base_client import AsyncPaginator
    from openai.pagination import AsyncCursorPage
    from openai.types import FileObject, VectorStoreSearchResponse
    from openai.types import VectorStore as ServerStore
    from openai.types.vector_stores import VectorStoreFile as ServerFile

    from iaposte_desktop.domain.knowledge import Attribute
    from iaposte_desktop.providers.wire import Wire

T = TypeVar("T")


class _Named(Protocol):
    id: str


N = TypeVar("N", bound=_Named)

_MISSING: Final = frozenset({400, 404})
"""Some servers answer 400 for an id they do not know."""

_CONFLICT: Final = 409
_PURPOSE: Final = "assistants"
_PAGE: Final = 100
_NEWEST: Final = 1000


class StoreServer:
    """Every method raises ProviderError, and NotFound, which names the id, where that is said."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def ask(self, request: Callable[[AsyncOpenAI], Awaitable[T]], missing: str | None = None) -> T:
        """Raises NotFound for `missing` where the server does not know it."""
        client = await self._wire.client()
        try:
            return await request(client)
        except Exception as error:
            raise _translated(error, missing) from error

    async def stores(self) -> list[ServerStore]:
        return await self._all(lambda client: client.vector_stores.list(limit=_PAGE))

    async def store(self, store_id: str) -> ServerStore:
        """Raises NotFound."""
        return await self.ask(lambda client: client.vector_stores.retrieve(store_id), store_id)

    async def create_store(self, given: Mapping[str, Any]) -> ServerStore:
        return await self.ask(lambda client: client.vector_stores.create(**given))

    async def update_store(self, store_id: str, given: Mapping[str, Any]) -> ServerStore:
        """Raises NotFound."""
        return await self.ask(lambda client: client.vector_stores.update(store_id, **given), store_id)

    async def search(self, store_id: str, query: str, options: Mapping[str, Any]) -> list[VectorStoreSearchResponse]:
        page = await self.ask(
            lambda client: client.vector_stores.search(store_id, query=query, rewrite_query=False, **options)
        )
        return page.data or []

    async def delete_store(self, store_id: str) -> None:
        await self._gone(lambda client: client.vector_stores.delete(store_id), store_id)

    async def files_of(self, store_id: str) -> list[ServerFile]:
        """Raises NotFound."""
        return await self._all(lambda client: client.vector_stores.files.list(store_id, limit=_PAGE), store_id)

    async def file_of(self, store_id: str, file_id: str) -> ServerFile:
        """Raises NotFound for either."""
        return await self.ask(
            lambda client: client.vector_stores.files.retrieve(file_id, vector_store_id=store_id), file_id
        )

    async def attach(
        self, store_id: str, file_id: str, attributes: Mapping[str, Attribute], seconds: float
    ) -> ServerFile:
        """`seconds`: some servers answer only once they have read the file."""
        given: dict[str, Any] = {"attributes": dict(attributes)} if attributes else {}

        async def request(client: AsyncOpenAI) -> ServerFile:
            import httpx2

            from iaposte_desktop.providers.sdk import TIMEOUT

            timeout = httpx2.Timeout(connect=TIMEOUT.connect, write=TIMEOUT.write, pool=TIMEOUT.pool, read=seconds)
            return await client.vector_stores.files.create(store_id, file_id=file_id, timeout=timeout, **given)

        return await self.ask(request)

    async def set_attributes(self, store_id: str, file_id: str, attributes: Mapping[str, Attribute]) -> None:
        """All of them from now on. Raises NotFound."""
        given = dict(attributes)
        await self.ask(
            lambda client: client.vector_stores.files.update(file_id, vector_store_id=store_id, attributes=given),
            file_id,
        )

    async def detach(self, store_id: str, file_id: str) -> bool:
        """False where it was not attached."""
        return await self._gone(
            lambda client: client.vector_stores.files.delete(file_id, vector_store_id=store_id), file_id
        )

    async def texts(self, store_id: str, file_id: str) -> list[str]:
        """The parsed text, in the server's own pieces. Raises NotFound."""
        page = await self.ask(
            lambda client: client.vector_stores.files.content(file_id, vector_store_id=store_id), file_id
        )
        return [piece.text or "" for piece in page.data or ()]

    async def upload(self, name: str, content: IO[bytes] | bytes) -> FileObject:
        async def request(client: AsyncOpenAI) -> FileObject:
            from iaposte_desktop.providers.sdk import UPLOAD_TIMEOUT

            return await client.files.create(file=(name, content), purpose=_PURPOSE, timeout=UPLOAD_TIMEOUT)

        return await self.ask(request)

    async def newest_uploads(self) -> list[FileObject]:
        page = await self.ask(lambda client: client.files.list(purpose=_PURPOSE, order="desc", limit=_NEWEST))
        return page.data or []

    async def uploads(self) -> list[FileObject]:
        return await self._all(lambda client: client.files.list())

    async def upload_by_id(self, file_id: str) -> FileObject:
        """Raises NotFound."""
        return await self.ask(lambda client: client.files.retrieve(file_id), file_id)

    async def delete_upload(self, file_id: str) -> None:
        await self._gone(lambda client: client.files.delete(file_id), file_id)

    async def _gone(self, request: Callable[[AsyncOpenAI], Awaitable[object]], what: str) -> bool:
        """What is missing, or already being removed, is no error."""
        try:
            await self.ask(request, what)
        except NotFound:
            return False
        except ProviderError as error:
            if status_of(error) != _CONFLICT:
                raise
        return True

    async def _all(
        self, pages: Callable[[AsyncOpenAI], AsyncPaginator[N, AsyncCursorPage[N]]], missing: str | None = None
    ) -> list[N]:
        """Of all pages; a server that sends a page again ends them."""
        found: dict[str, N] = {}

        async def request(client: AsyncOpenAI) -> None:
            async for item in pages(client):
                if item.id in found:
                    break
                found[item.id] = item

        await self.ask(request, missing)
        return list(found.values())


def status_of(error: BaseException) -> int | None:
    """Of the answer that was translated into this error."""
    status: int | None = getattr(error.__cause__, "status_code", None)
    return status


def _translated(error: Exception, missing: str | None) -> NotFound | ProviderError:
    if missing is not None and getattr(error, "status_code", None) in _MISSING:
        return NotFound(missing)
    return provider_error(error, billable=False)
