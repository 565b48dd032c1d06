"""`VectorStores` at a server. The server is the truth about stores and the files in them; the ledger knows what was
added from here, and what never got there."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from iaposte_desktop.domain.equal_words import explained_by_words
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.knowledge import FileStatus
from iaposte_desktop.domain.ports.vector_stores import StoreCapabilities
from iaposte_desktop.domain.search import DEFAULT_SEARCH
from iaposte_desktop.domain.uploads import Upload
from iaposte_desktop.providers.vector_stores.desk import Desk
from iaposte_desktop.providers.vector_stores.files import HostedFiles
from iaposte_desktop.providers.vector_stores.limits import LIMITS, UploadLimits
from iaposte_desktop.providers.vector_stores.patience import patiently
from iaposte_desktop.providers.vector_stores.rows import UploadRows
from iaposte_desktop.providers.vector_stores.search import StoreSearch
from iaposte_desktop.providers.vector_stores.server import StoreServer
from iaposte_desktop.providers.vector_stores.source import ACCEPTED, MAX_BYTES, sizes_of
from iaposte_desktop.providers.vector_stores.texts import Texts
from iaposte_desktop.providers.vector_stores.together import together
from iaposte_desktop.providers.vector_stores.uploads import Uploads
from iaposte_desktop.providers.vector_stores.values import (
    check_attributes,
    expiry_for,
    is_expired,
    metadata_for,
    name_for,
    store_of,
)

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
    from pathlib import Path

    from openai.types import VectorStore as ServerStore

    from iaposte_desktop.domain.knowledge import (
        Attribute,
        FileContent,
        FileToAdd,
        Filter,
        Passage,
        UploadEvent,
        VectorStore,
        VectorStoreFile,
    )
    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.text_reader import TextReader
    from iaposte_desktop.domain.ports.uploads import UploadLedger
    from iaposte_desktop.domain.ports.vector_stores import StoreDetails
    from iaposte_desktop.domain.search import Explanation, SearchSettings
    from iaposte_desktop.providers.hosted import Hit
    from iaposte_desktop.providers.wire import Wire


class HostedVectorStores:
    """Belongs to one loop. Methods raise ProviderError beside what the port names. `wire` is closed with it.

    A file that was added from here bears an id of ours, which retries keep; the server's is taken for it as well."""

    def __init__(
        self,
        wire: Wire,
        ledger: UploadLedger,
        reader: TextReader,
        clock: Clock,
        limits: UploadLimits = LIMITS,
    ) -> None:
        self._wire = wire
        self._limits = limits
        self._reader = reader
        self._clock = clock
        self._server = StoreServer(wire)
        self._rows = UploadRows(ledger, wire.connection.id)
        self._texts = Texts(self._server)
        self._files = HostedFiles(self._server, self._rows, self._texts)
        self._search = StoreSearch(self._server, self._rows, self._texts, limits.placed_within)
        self._uploads = Uploads(
            Desk(wire.connection, self._server, self._rows, reader, clock, limits, self._files.remove)
        )

    @property
    def name(self) -> str:
        return self._wire.connection.id

    @property
    def capabilities(self) -> StoreCapabilities:
        return StoreCapabilities(
            suffixes=ACCEPTED | self._reader.suffixes,
            max_file_bytes=MAX_BYTES,
            keeps_originals=False,
            counts_chunks=False,
            is_remote=self._wire.connection.is_remote,
        )

    async def create(self, details: StoreDetails) -> VectorStore:
        given: dict[str, Any] = {"name": name_for(details), "metadata": metadata_for(details)}
        if (expiry := expiry_for(details)) is not None:
            given["expires_after"] = expiry
        return await self._told(await self._server.create_store(given))

    async def list(self) -> tuple[VectorStore, ...]:
        stores = [found for found in await self._server.stores() if not is_expired(found)]
        told = await together(map(self._told, stores))
        return tuple(sorted(told, key=lambda store: (store.name.casefold(), store.id)))

    async def retrieve(self, store_id: str) -> VectorStore:
        return await self._told(await self._server.store(store_id))

    async def update(self, store_id: str, details: StoreDetails) -> VectorStore:
        """All of the metadata is written, with what the server keeps there for itself: part of it breaks a store."""
        name, expiry = name_for(details), expiry_for(details)
        metadata = metadata_for(details, await self._server.store(store_id))
        given = {"name": name, "metadata": metadata, "expires_after": expiry}
        return await self._told(await self._server.update_store(store_id, given))

    async def delete(self, store_id: str) -> None:
        await self._uploads.stop((await self._rows.of(store_id)).by_id)
        await self._files.remove_all(store_id)
        await self._server.delete_store(store_id)
        await self._rows.forget(store_id)

    async def add_files(self, store_id: str, files: Sequence[FileToAdd]) -> AsyncGenerator[UploadEvent, None]:
        """Raises NotFound, InvalidValue before the first event; StorageError where the ledger cannot be written."""
        for file in files:
            check_attributes(file.attributes)
        await patiently(self._limits, lambda: self._search.usable(store_id))
        await self._rows.of(store_id)
        sizes = await sizes_of([file.path for file in files])
        rows = [self._row(store_id, file, size) for file, size in zip(files, sizes, strict=True)]
        async with aclosing(self._uploads.run(rows)) as events:
            async for event in events:
                yield event

    async def retry_files(self, store_id: str, file_ids: Sequence[str]) -> AsyncGenerator[UploadEvent, None]:
        """Ids of completed files, and of files being uploaded right now, are passed over; so are those of files that
        were not added from here. What the server has is not uploaded again."""
        await patiently(self._limits, lambda: self._search.usable(store_id))
        rows = await self._rows.of(store_id)
        found = {}
        for file_id in file_ids:
            if (row := rows.find(file_id)) is not None:
                found[row.id] = row
            else:
                await self._server.file_of(store_id, file_id)  # Raises NotFound where it is unknown there too.
        left = [
            row for row in found.values() if row.status is not FileStatus.COMPLETED and not self._uploads.has(row.id)
        ]
        again = [replace(row, status=FileStatus.IN_PROGRESS, error=None) for row in left]
        async with aclosing(self._uploads.run(again, {row.id: row.status for row in left})) as events:
            async for event in events:
                yield event

    async def unfinished(self) -> Mapping[str, tuple[str, ...]]:
        left: dict[str, tuple[str, ...]] = {}
        for row in await self._rows.unfinished():
            if not self._uploads.has(row.id):
                left[row.store_id] = (*left.get(row.store_id, ()), row.id)
        return left

    async def keep_unfinished(self, store_id: str, file_ids: Collection[str]) -> None:
        rows = await self._rows.of(store_id)
        found = (rows.by_id[file_id] for file_id in file_ids if file_id in rows.by_id)
        left = (row for row in found if row.status is FileStatus.CANCELLED)
        await self._rows.save([replace(row, status=FileStatus.IN_PROGRESS) for row in left])

    async def files(self, store_id: str) -> tuple[VectorStoreFile, ...]:
        return await self._files.list(store_id)

    async def retrieve_file(self, store_id: str, file_id: str) -> VectorStoreFile:
        return await self._files.retrieve(store_id, file_id)

    async def set_attributes(self, store_id: str, attributes: Mapping[str, Mapping[str, Attribute]]) -> None:
        for of_file in attributes.values():
            check_attributes(of_file)
        rows = await self._rows.of(store_id)
        for file_id, of_file in attributes.items():
            row = rows.find(file_id)
            server_id = row.file_id if row is not None else file_id
            if server_id is not None:
                await self._server.set_attributes(store_id, server_id, of_file)
            if row is not None:
                await self._rows.save([replace(row, attributes=dict(of_file))])

    async def remove_files(self, store_id: str, file_ids: Sequence[str]) -> None:
        for file_id in file_ids:
            row = (await self._rows.of(store_id)).find(file_id)
            if row is not None:
                await self._uploads.stop([row.id])
            await self._files.remove(store_id, file_id)

    async def content(self, store_id: str, file_id: str) -> FileContent:
        return await self._files.content(store_id, file_id)

    async def original(self, store_id: str, file_id: str) -> Path | None:
        return await self._files.original(store_id, file_id)

    async def search(
        self,
        store_ids: Sequence[str],
        query: str,
        *,
        filters: Filter | None = None,
        limit: int = 10,
        score_threshold: float = 0.0,
        settings: SearchSettings = DEFAULT_SEARCH,  # noqa: ARG002 - the server searches as it will.
    ) -> tuple[Passage, ...]:
        return await self._search.search(
            store_ids, query, filters=filters, limit=limit, score_threshold=score_threshold
        )

    async def explain(
        self,
        query: str,
        passages: Sequence[Passage],
        settings: SearchSettings = DEFAULT_SEARCH,  # noqa: ARG002 - the server searches as it will.
    ) -> tuple[Explanation, ...]:
        """By the words that they share: a server does not say why it found them."""
        return tuple(explained_by_words(query, passage) for passage in passages)

    async def placed(self, hits: Sequence[Hit], store_ids: Sequence[str]) -> tuple[Passage, ...]:
        """See `HostedPassages`."""
        return await self._search.placed(hits, store_ids)

    async def aclose(self) -> None:
        """Files being uploaded end as cancelled. Raises StorageError where that could not be written."""
        try:
            await self._uploads.aclose()
        finally:
            await self._wire.aclose()

    async def _told(self, found: ServerStore) -> VectorStore:
        self._search.learn(found)
        return store_of(found, self.name, await self._rows.of(found.id))

    def _row(self, store_id: str, file: FileToAdd, size: int) -> Upload:
        return Upload(
            id=new_id("file"),
            provider=self.name,
            store_id=store_id,
            name=file.path.name,
            source_path=str(file.path.absolute()),
            sha256="",
            bytes=size,
            status=FileStatus.IN_PROGRESS,
            created_at=self._clock(),
            attributes=dict(file.attributes),
            replaces=file.replaces,
        )
