"""`VectorStores` on this machine: the catalogue says what there is, the engine's folder holds text, index, originals.

Invariant: only what the catalogue calls completed is found or shown, whatever the folder still holds.
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import FileRefused, InvalidValue, NotFound
from iaposte_desktop.domain.file_attributes import is_internal
from iaposte_desktop.domain.filters import satisfies
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.knowledge import (
    ContentPart,
    FileContent,
    FileStatus,
    Passage,
    VectorStore,
    VectorStoreFile,
)
from iaposte_desktop.domain.ports.vector_stores import StoreCapabilities
from iaposte_desktop.domain.search import DEFAULT_SEARCH, Explanation
from iaposte_desktop.engine.extracting import MAX_FILE_BYTES
from iaposte_desktop.engine.indexes import Indexes
from iaposte_desktop.engine.ingestion import Incoming, Ingestion
from iaposte_desktop.engine.meaning.searching import Searching
from iaposte_desktop.engine.originals import hashed, modified_at
from iaposte_desktop.engine.rebuilding import Rebuilding
from iaposte_desktop.engine.store_details import check_attributes, check_details, is_over, with_details
from iaposte_desktop.engine.text.synonyms import SynonymTable
from iaposte_desktop.engine.uploads import Uploads

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Collection, Iterable, Mapping, Sequence

    from iaposte_desktop.domain.knowledge import Attribute, FileToAdd, Filter, UploadEvent
    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.embedder import Embedder
    from iaposte_desktop.domain.ports.isolation import IsolatedJobs
    from iaposte_desktop.domain.ports.meaning import MeaningIndex
    from iaposte_desktop.domain.ports.repositories import StoreCatalog
    from iaposte_desktop.domain.ports.vector_stores import StoreDetails
    from iaposte_desktop.domain.search import SearchSettings
    from iaposte_desktop.engine.index.search import Hit
    from iaposte_desktop.engine.layout import StoreFolder

PROVIDER = "embedded"
MOST_RESULTS = 50
_TOUCHED_EVERY = timedelta(minutes=1)


class EmbeddedVectorStores:
    """Belongs to one loop. `extra_extractors` maps a suffix to a job (`package.module:function`) that is called with
    `path` in a worker and yields blocks: objects with `text`, and `page`, `sheet`, `row`, `headings` where known.
    `synonyms` may change at any time; without them no word stands for another.
    `embedders` by connection, a live table, make the vectors of queries."""

    def __init__(
        self,
        folder: Path,
        catalog: StoreCatalog,
        jobs: IsolatedJobs,
        clock: Clock,
        extra_extractors: Mapping[str, str],
        synonyms: SynonymTable | None = None,
        embedders: Mapping[str, Embedder] | None = None,
    ) -> None:
        self._catalog = catalog
        self._clock = clock
        self._indexes = Indexes(folder, synonyms or SynonymTable())
        self._ingestion = Ingestion(self._indexes, catalog, jobs, extra_extractors)
        self._rebuilding = Rebuilding(self._indexes, catalog, jobs)
        self._uploads = Uploads(self._ingestion, catalog)
        self._searching = Searching(self._indexes, {} if embedders is None else embedders)
        self._changing = asyncio.Lock()

    @property
    def name(self) -> str:
        return PROVIDER

    @property
    def capabilities(self) -> StoreCapabilities:
        return StoreCapabilities(
            suffixes=self._ingestion.suffixes,
            max_file_bytes=MAX_FILE_BYTES,
            filters=True,
            keeps_originals=True,
            is_remote=False,
            is_tunable=True,
        )

    @property
    def meaning(self) -> MeaningIndex:
        return self._indexes.vectors

    async def reconcile(self) -> None:
        """Once, at start: remove what the folder holds and the catalogue does not know. An index that
        another tokeniser made is made anew in the background; files of one with other tables are in progress again, to
        be retried."""
        folders = await self._indexes.stores()
        stores = {store.id for store in await self._all_stores()}
        for store_id in folders - stores:
            await self._indexes.remove_store(store_id)
        for store_id in folders & stores:
            files = await self._catalog.files(store_id)
            await self._indexes.clear_staging(store_id)
            if await self._indexes.drop_unreadable(store_id):
                completed = (file for file in files if file.status is FileStatus.COMPLETED)
                await self._catalog.save_files([replace(file, status=FileStatus.IN_PROGRESS) for file in completed])
            unknown = await self._indexes.files_kept(store_id) - {file.id for file in files}
            if unknown:
                await self._indexes.remove_files(store_id, unknown)
            if await self._indexes.is_outdated(store_id):
                await self._rebuilding.begin(store_id)
            self._indexes.scrub(store_id)

    async def create(self, details: StoreDetails) -> VectorStore:
        check_details(details)
        now = self._clock()
        store = with_details(VectorStore(new_id("vs"), PROVIDER, "", created_at=now, last_active_at=now), details)
        await self._catalog.save_store(store)
        return store

    async def list(self) -> tuple[VectorStore, ...]:
        stores = await self._catalog.list_stores(PROVIDER)
        listed = (store for store in stores if not is_over(store, self._clock()))
        return tuple(sorted(listed, key=lambda store: (store.name.casefold(), store.id)))

    async def retrieve(self, store_id: str) -> VectorStore:
        store = await self._catalog.retrieve_store(store_id)
        if store.provider != PROVIDER:
            raise NotFound(store_id)
        return store

    async def update(self, store_id: str, details: StoreDetails) -> VectorStore:
        check_details(details)
        async with self._changing:
            await self._catalog.save_store(with_details(await self.retrieve(store_id), details))
        return await self.retrieve(store_id)

    async def delete(self, store_id: str) -> None:
        try:
            await self.retrieve(store_id)
        except NotFound:
            return
        await self._uploads.stop([file.id for file in await self._catalog.files(store_id)])
        async with self._changing:
            await self._catalog.delete_store(store_id)
        await self._indexes.remove_store(store_id)

    async def add_files(self, store_id: str, files: Sequence[FileToAdd]) -> AsyncGenerator[UploadEvent, None]:
        """Raises NotFound, InvalidValue before the first event; StorageError where the catalogue cannot be written."""
        for file in files:
            check_attributes(file.attributes)
        store = await self._usable(store_id)
        await self._touch(store)
        # On a thread: of each file the disk is asked, which may be a slow share.
        incoming = await asyncio.to_thread(
            lambda: [Incoming(self._new_file(store_id, file), store.keeps_copies, file.replaces) for file in files]
        )
        async with aclosing(self._uploads.run(incoming)) as events:
            async for event in events:
                yield event

    async def retry_files(self, store_id: str, file_ids: Sequence[str]) -> AsyncGenerator[UploadEvent, None]:
        """Ids of completed files, and of files being read right now, are passed over."""
        store = await self._usable(store_id)
        await self._touch(store)
        files = [await self.retrieve_file(store_id, file_id) for file_id in dict.fromkeys(file_ids)]
        incoming = [
            Incoming(replace(file, status=FileStatus.IN_PROGRESS, error=None), store.keeps_copies, file.replaces)
            for file in files
            if file.status is not FileStatus.COMPLETED and not self._uploads.has(file.id)
        ]
        async with aclosing(self._uploads.run(incoming)) as events:
            async for event in events:
                yield event

    async def unfinished(self) -> Mapping[str, tuple[str, ...]]:
        left = {}
        for store in await self.list():
            if store.counts.in_progress:
                files = await self._catalog.files(store.id)
                left[store.id] = tuple(file.id for file in files if file.status is FileStatus.IN_PROGRESS)
        return left

    async def keep_unfinished(self, store_id: str, file_ids: Collection[str]) -> None:
        files = [file for file in await self._catalog.files(store_id) if file.id in file_ids]
        left = (file for file in files if file.status is FileStatus.CANCELLED)
        await self._catalog.save_files([replace(file, status=FileStatus.IN_PROGRESS) for file in left])

    async def files(self, store_id: str) -> tuple[VectorStoreFile, ...]:
        await self.retrieve(store_id)
        files = await self._catalog.files(store_id)
        return tuple(sorted(files, key=lambda file: (file.name.casefold(), file.id)))

    async def retrieve_file(self, store_id: str, file_id: str) -> VectorStoreFile:
        file = await self._catalog.retrieve_file(file_id)
        if file.store_id != store_id:
            raise NotFound(file_id)
        return file

    async def set_attributes(self, store_id: str, attributes: Mapping[str, Mapping[str, Attribute]]) -> None:
        for of_file in attributes.values():
            check_attributes(of_file)
        files = [await self.retrieve_file(store_id, file_id) for file_id in attributes]
        await self._catalog.save_files([replace(file, attributes=dict(attributes[file.id])) for file in files])

    async def remove_files(self, store_id: str, file_ids: Sequence[str]) -> None:
        """None is found any more on return, and originals and text are gone. Out of a large index their words are taken
        afterwards, also after a restart."""
        known = [file_id for file_id in dict.fromkeys(file_ids) if await self._has(store_id, file_id)]
        if known:
            await self._uploads.stop(known)
            await self._catalog.delete_files(known)
            await self._indexes.remove_files(store_id, known)

    async def content(self, store_id: str, file_id: str) -> FileContent:
        file = await self.retrieve_file(store_id, file_id)
        parts = await self._indexes.parts(store_id, file_id) if file.status is FileStatus.COMPLETED else ()
        if not parts:
            raise NotFound(file_id)
        return FileContent(file, tuple(ContentPart(part.start, part.text, part.anchor) for part in parts))

    async def original(self, store_id: str, file_id: str) -> Path | None:
        file = await self.retrieve_file(store_id, file_id)
        return await asyncio.to_thread(_original, self._indexes.folder_of(store_id), file)

    async def search(
        self,
        store_ids: Sequence[str],
        query: str,
        *,
        filters: Filter | None = None,
        limit: int = 10,
        score_threshold: float = 0.0,
        settings: SearchSettings = DEFAULT_SEARCH,
    ) -> tuple[Passage, ...]:
        if not 1 <= limit <= MOST_RESULTS:
            raise InvalidValue("limit", str(limit))
        stores = {store_id: await self._usable(store_id) for store_id in store_ids}
        for store in stores.values():
            await self._touch(store)
        wanted = None if filters is None else {store_id: await self._matching(store_id, filters) for store_id in stores}
        hits = await self._searching.hits(tuple(stores.values()), query, wanted, settings)
        chosen = await self._choose((hit for hit in hits if hit.score >= score_threshold), limit, settings.per_file)
        chunks = await self._indexes.chunks(hit for hit, _ in chosen)
        return tuple(
            Passage(
                store_id=hit.store_id,
                file_id=file.id,
                file_name=file.name,
                text=chunk.text,
                start=chunk.start,
                end=chunk.end,
                score=min(1.0, hit.score),
                anchor=chunk.anchor,
                is_internal=is_internal(file.attributes, stores[hit.store_id].is_internal),
                attributes=file.attributes,
            )
            for (hit, file), chunk in zip(chosen, chunks, strict=True)
            if chunk is not None
        )

    async def explain(
        self, query: str, passages: Sequence[Passage], settings: SearchSettings = DEFAULT_SEARCH
    ) -> tuple[Explanation, ...]:
        store_ids = tuple(dict.fromkeys(passage.store_id for passage in passages))
        matches = await self._indexes.matches(store_ids, query, [passage.text for passage in passages], settings)
        stores = [await self._usable(store_id) for store_id in store_ids]
        evidence = await self._searching.evidence(stores, query, passages, settings)
        return tuple(
            Explanation(found, words, meaning) for found, (words, meaning) in zip(matches, evidence, strict=True)
        )

    async def aclose(self) -> None:
        """Files being read end as cancelled."""
        await self._uploads.aclose()
        await self._rebuilding.aclose()
        await self._indexes.aclose()

    async def _choose(self, hits: Iterable[Hit], limit: int, per_file: int) -> tuple[tuple[Hit, VectorStoreFile], ...]:
        """The best of completed files, few of each."""
        files: dict[str, VectorStoreFile | None] = {}
        taken: Counter[str] = Counter()
        chosen: tuple[tuple[Hit, VectorStoreFile], ...] = ()
        for hit in hits:
            if taken[hit.file_id] == per_file:
                continue
            if hit.file_id not in files:
                files[hit.file_id] = await self._completed(hit.store_id, hit.file_id)
            if (file := files[hit.file_id]) is not None:
                taken[hit.file_id] += 1
                chosen += ((hit, file),)
            if len(chosen) == limit:
                break
        return chosen

    async def _has(self, store_id: str, file_id: str) -> bool:
        try:
            await self.retrieve_file(store_id, file_id)
        except NotFound:
            return False
        return True

    async def _completed(self, store_id: str, file_id: str) -> VectorStoreFile | None:
        try:
            file = await self.retrieve_file(store_id, file_id)
        except NotFound:
            return None
        return file if file.status is FileStatus.COMPLETED else None

    async def _matching(self, store_id: str, filters: Filter) -> set[str]:
        return {file.id for file in await self._catalog.files(store_id) if satisfies(file.attributes, filters)}

    async def _usable(self, store_id: str) -> VectorStore:
        """Raises NotFound for an expired store and for one in the bin."""
        store = await self.retrieve(store_id)
        if store.deleted_at is not None or is_over(store, self._clock()):
            raise NotFound(store_id)
        return store

    async def _touch(self, store: VectorStore) -> None:
        now = self._clock()
        if now - store.last_active_at < _TOUCHED_EVERY:
            return
        async with self._changing:
            await self._catalog.save_store(replace(await self.retrieve(store.id), last_active_at=now))

    async def _all_stores(self) -> tuple[VectorStore, ...]:
        return (
            *await self._catalog.list_stores(PROVIDER),
            *await self._catalog.list_stores(PROVIDER, deleted=True),
        )

    def _new_file(self, store_id: str, file: FileToAdd) -> VectorStoreFile:
        return VectorStoreFile(
            id=new_id("file"),
            store_id=store_id,
            name=file.path.name,
            source_path=str(file.path.absolute()),
            sha256="",
            bytes=0,
            status=FileStatus.IN_PROGRESS,
            created_at=self._clock(),
            attributes=dict(file.attributes),
            replaces=file.replaces,
            source_modified_at=modified_at(file.path),
        )


def _original(folder: StoreFolder, file: VectorStoreFile) -> Path | None:
    """The copy, else the file where it was added from, if it is still the same."""
    if (kept := folder.kept_original(file.id)) is not None:
        return kept
    try:
        found = hashed(Path(file.source_path), MAX_FILE_BYTES, threading.Event())
    except FileRefused:
        return None
    return found.path if found.sha256 == file.sha256 else None
