"""The indexes of all stores: what is written goes through one thread, what is read through another."""

from __future__ import annotations

import asyncio
import logging
import shutil
from typing import TYPE_CHECKING

import apsw

from iaposte_desktop.engine.index.explaining import matches_in
from iaposte_desktop.engine.index.reader import IndexReader
from iaposte_desktop.engine.index.search import query_for, search_indexes
from iaposte_desktop.engine.index.writer import IndexWriter
from iaposte_desktop.engine.layout import STORE_PREFIX, StoreFolder, checked_id
from iaposte_desktop.engine.meaning.store_vectors import StoreVectors
from iaposte_desktop.engine.staging import throw_away
from iaposte_desktop.engine.threads import SerialThread

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from iaposte_desktop.domain.search import Match, SearchSettings
    from iaposte_desktop.engine.index.documents import Document, Part
    from iaposte_desktop.engine.index.reader import FoundChunk
    from iaposte_desktop.engine.index.search import Hit
    from iaposte_desktop.engine.text.synonyms import SynonymTable

log = logging.getLogger(__name__)


class Indexes:
    """Raises apsw.Error and OSError."""

    def __init__(self, folder: Path, synonyms: SynonymTable) -> None:
        self._folder = folder
        self._synonyms = synonyms
        self._writing = SerialThread("index-writer")
        self._reading = SerialThread("index-reader")
        self._writers: dict[str, IndexWriter] = {}
        self._readers: dict[str, IndexReader] = {}
        self._rebuilt: dict[str, IndexWriter] = {}
        self._scrubbing: dict[str, asyncio.Task[None]] = {}
        self.vectors = StoreVectors(self.folder_of)

    def folder_of(self, store_id: str) -> StoreFolder:
        return StoreFolder(self._folder / checked_id(store_id))

    async def put(self, store_id: str, documents: Mapping[str, Document]) -> None:
        """Durable on return."""
        await self._writing.run(self._put, store_id, documents)

    async def remove_files(self, store_id: str, file_ids: Iterable[str]) -> None:
        """From the index, and their originals."""
        removed = tuple(file_ids)
        if await self._writing.run(self._remove_files, store_id, removed):
            self.scrub(store_id)
        await self.vectors.remove_files(store_id, removed)

    def scrub(self, store_id: str) -> None:
        """Go on taking the words of removed files out of the index, where any are left; other writing comes between."""
        if store_id not in self._scrubbing:
            task = asyncio.create_task(self._scrub(store_id), name=f"scrub {store_id}")
            self._scrubbing[store_id] = task
            task.add_done_callback(lambda _: self._scrubbing.pop(store_id, None))

    async def remove_store(self, store_id: str) -> None:
        await _end(self._scrubbing.get(store_id))
        await self._close_reader(store_id)
        await self.vectors.close_store(store_id)
        await self._writing.run(self._remove_store, store_id)

    async def stores(self) -> frozenset[str]:
        """That have a folder, known or not."""
        return await self._writing.run(self._stores)

    async def files_kept(self, store_id: str) -> frozenset[str]:
        """That have text or an original here, known or not."""
        return await self._writing.run(self._files_kept, store_id)

    async def clear_staging(self, store_id: str) -> None:
        """Of what a former run of the program left there."""
        await self._writing.run(shutil.rmtree, self.folder_of(store_id).staging, ignore_errors=True)

    async def drop_unreadable(self, store_id: str) -> bool:
        """Remove an index of other tables than today's; True if it was one."""
        await self._close_reader(store_id)
        return await self._writing.run(self._drop_unreadable, store_id)

    async def is_outdated(self, store_id: str) -> bool:
        """Whether another version of the tokeniser made the index."""
        return await self._writing.run(self._is_outdated, store_id)

    async def begin_rebuild(self, store_id: str) -> None:
        """From now on what is written goes to a new index, too."""
        await self._writing.run(self._begin_rebuild, store_id)

    async def missing_in_rebuild(self, store_id: str) -> frozenset[str]:
        """Files that the new index lacks. With none, it has taken the place of the old one on return."""
        return await self._writing.run(self._missing_in_rebuild, store_id)

    async def put_rebuilt(self, store_id: str, file_id: str, document: Document) -> None:
        """Passed over where the file was removed or written meanwhile."""
        await self._writing.run(self._put_rebuilt, store_id, file_id, document)

    async def parts(self, store_id: str, file_id: str) -> tuple[Part, ...]:
        return await self._reading.run(self._parts, store_id, file_id)

    async def search(
        self,
        store_ids: Sequence[str],
        query: str,
        files: Mapping[str, Collection[str]] | None,
        settings: SearchSettings,
    ) -> list[Hit]:
        return await self._reading.run(self._search, store_ids, query, files, settings)

    async def matches(
        self, store_ids: Sequence[str], query: str, texts: Sequence[str], settings: SearchSettings
    ) -> list[tuple[Match, ...]]:
        """Of each text with the query, as these stores would be asked it."""
        return await self._reading.run(self._matches, store_ids, query, texts, settings)

    async def chunks(self, hits: Iterable[Hit]) -> list[FoundChunk | None]:
        """None for one that was removed since it was found."""
        return await self._reading.run(self._chunks, tuple(hits))

    async def aclose(self) -> None:
        for task in tuple(self._scrubbing.values()):
            await _end(task)
        await self._reading.run(_close_all, self._readers)
        await self._writing.run(_close_all, self._writers)
        await self._writing.run(_close_all, self._rebuilt)
        await self.vectors.aclose()
        self._reading.close()
        self._writing.close()

    async def _close_reader(self, store_id: str) -> None:
        def close() -> None:
            if (reader := self._readers.pop(store_id, None)) is not None:
                reader.close()

        await self._reading.run(close)

    def _writer(self, store_id: str) -> IndexWriter:
        if store_id not in self._writers:
            self._writers[store_id] = IndexWriter(self.folder_of(store_id).index)
        return self._writers[store_id]

    def _reader(self, store_id: str) -> IndexReader | None:
        """None for a store that nothing was added to yet."""
        if store_id not in self._readers:
            path = self.folder_of(store_id).index
            if not path.exists():
                return None
            self._readers[store_id] = IndexReader(path)
        return self._readers[store_id]

    def _remove_files(self, store_id: str, file_ids: tuple[str, ...]) -> bool:
        """True: words of theirs are left to be scrubbed."""
        folder = self.folder_of(store_id)
        is_left = folder.index.exists() and self._writer(store_id).remove(file_ids)
        if (rebuilt := self._rebuilt.get(store_id)) is not None:
            is_left = rebuilt.remove(file_ids) or is_left
        for file_id in file_ids:
            shutil.rmtree(folder.original_folder(file_id), ignore_errors=True)
            throw_away(folder.staged_again(file_id))
        return is_left

    async def _scrub(self, store_id: str) -> None:
        try:
            while await self._writing.run(self._scrub_step, store_id):
                pass
        except (apsw.Error, OSError) as error:
            log.warning("words of removed files stay in %s until the next start: %s", store_id, error)

    def _scrub_step(self, store_id: str) -> bool:
        if not self.folder_of(store_id).index.exists():
            return False
        is_left = self._writer(store_id).scrub()
        if (rebuilt := self._rebuilt.get(store_id)) is not None:
            is_left = rebuilt.scrub() or is_left
        return is_left

    def _remove_store(self, store_id: str) -> None:
        for writers in (self._writers, self._rebuilt):
            if (writer := writers.pop(store_id, None)) is not None:
                writer.close()
        path = self.folder_of(store_id).path
        if path.exists():
            shutil.rmtree(path)

    def _stores(self) -> frozenset[str]:
        if not self._folder.is_dir():
            return frozenset()
        return frozenset(
            path.name for path in self._folder.iterdir() if path.name.startswith(STORE_PREFIX) and path.is_dir()
        )

    def _files_kept(self, store_id: str) -> frozenset[str]:
        folder = self.folder_of(store_id)
        indexed = self._writer(store_id).file_ids() if folder.index.exists() else frozenset()
        originals = (path.name for path in folder.originals.iterdir()) if folder.originals.is_dir() else ()
        return indexed.union(originals)

    def _put(self, store_id: str, documents: Mapping[str, Document]) -> None:
        self._writer(store_id).put(documents)
        if (rebuilt := self._rebuilt.get(store_id)) is not None:
            rebuilt.put(documents)

    def _drop_unreadable(self, store_id: str) -> bool:
        path = self.folder_of(store_id).index
        if not path.exists() or self._writer(store_id).is_readable:
            return False
        self._writers.pop(store_id).close()
        _unlink(path)
        return True

    def _is_outdated(self, store_id: str) -> bool:
        return self.folder_of(store_id).index.exists() and not self._writer(store_id).is_current

    def _begin_rebuild(self, store_id: str) -> None:
        path = self.folder_of(store_id).index_being_made
        rebuilt = IndexWriter(path)
        if not (rebuilt.is_readable and rebuilt.is_current):
            rebuilt.close()
            _unlink(path)
            rebuilt = IndexWriter(path)
        self._rebuilt[store_id] = rebuilt

    def _missing_in_rebuild(self, store_id: str) -> frozenset[str]:
        if (rebuilt := self._rebuilt.get(store_id)) is None:
            return frozenset()
        wanted, there = self._writer(store_id).file_ids(), rebuilt.file_ids()
        if there - wanted:
            rebuilt.remove(there - wanted)
        if not wanted - there:
            while rebuilt.scrub():
                pass
            self._rebuilt.pop(store_id).close()
            self._writers.pop(store_id).close()
            self._reading.run_blocking(lambda: self._swap(store_id))
        return wanted - there

    def _swap(self, store_id: str) -> None:
        """On the reader thread: with its connection closed, none is left, and the last one took its log along. A log
        that stayed would be taken for the new index's."""
        if (reader := self._readers.pop(store_id, None)) is not None:
            reader.close()
        folder = self.folder_of(store_id)
        if folder.index.with_name(f"{folder.index.name}-wal").exists():
            raise OSError(f"{folder.index} is open elsewhere")
        folder.index_being_made.replace(folder.index)

    def _put_rebuilt(self, store_id: str, file_id: str, document: Document) -> None:
        rebuilt = self._rebuilt.get(store_id)
        if rebuilt is not None and self._writer(store_id).has(file_id) and not rebuilt.has(file_id):
            rebuilt.put({file_id: document})

    def _parts(self, store_id: str, file_id: str) -> tuple[Part, ...]:
        reader = self._reader(store_id)
        return () if reader is None else reader.parts(file_id)

    def _search(
        self,
        store_ids: Sequence[str],
        query: str,
        files: Mapping[str, Collection[str]] | None,
        settings: SearchSettings,
    ) -> list[Hit]:
        return search_indexes(self._readers_of(store_ids), query, files, settings, self._synonyms.of)

    def _matches(
        self, store_ids: Sequence[str], query: str, texts: Sequence[str], settings: SearchSettings
    ) -> list[tuple[Match, ...]]:
        asked = query_for(tuple(self._readers_of(store_ids).values()), query, settings, self._synonyms.of)
        return [matches_in(text, asked) for text in texts]

    def _readers_of(self, store_ids: Sequence[str]) -> dict[str, IndexReader]:
        """Without stores that nothing was added to yet."""
        readers = ((store_id, self._reader(store_id)) for store_id in store_ids)
        return {store_id: reader for store_id, reader in readers if reader is not None}

    def _chunks(self, hits: tuple[Hit, ...]) -> list[FoundChunk | None]:
        readers = [self._reader(hit.store_id) for hit in hits]
        return [None if reader is None else reader.chunk(hit.chunk) for reader, hit in zip(readers, hits, strict=True)]


def _unlink(index: Path) -> None:
    """With its log."""
    for suffix in ("", "-wal", "-shm"):
        index.with_name(index.name + suffix).unlink(missing_ok=True)


async def _end(task: asyncio.Task[None] | None) -> None:
    if task is not None:
        task.cancel()
        await asyncio.wait([task])


def _close_all(opened: dict[str, IndexReader] | dict[str, IndexWriter]) -> None:
    for each in opened.values():
        each.close()
    opened.clear()
