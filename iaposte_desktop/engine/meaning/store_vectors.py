"""The vectors of all stores, on a thread of their own: a long scan keeps no search by words waiting."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import apsw

from iaposte_desktop.domain.errors import DiskFull, StorageError
from iaposte_desktop.engine.index.reader import IndexReader
from iaposte_desktop.engine.meaning.vectors import ChunkSpan, Vectors
from iaposte_desktop.engine.threads import SerialThread

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from iaposte_desktop.domain.assistants import ModelRef
    from iaposte_desktop.engine.layout import StoreFolder
    from iaposte_desktop.engine.meaning.vectors import Nearest

CHUNKS_LOOKED_AT = 100

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)


class StoreVectors:
    """Implements `MeaningIndex`. Raises StorageError."""

    def __init__(self, folder_of: Callable[[str], StoreFolder]) -> None:
        self._folder_of = folder_of
        self._thread = SerialThread("engine-vectors")
        self._opened: dict[str, Vectors] = {}

    async def sync(self, store_id: str, model: ModelRef) -> tuple[int, int]:
        """Bring the list of chunks up to what the index holds now, and drop what is another model's. Chunks that have a
        vector, and all."""
        return await self._run(self._sync, store_id, model)

    async def missing(self, store_id: str, model: ModelRef, limit: int) -> tuple[str, ...]:
        """Texts that have no vector yet, of the chunks that `sync` saw."""
        return await self._run(self._missing, store_id, model, limit)

    async def counts(self, store_id: str, model: ModelRef) -> tuple[int, int]:
        return await self._run(lambda: self._vectors(store_id).counts(_key(model)))

    async def put(
        self, store_id: str, model: ModelRef, texts: Sequence[str], vectors: Sequence[Sequence[float]]
    ) -> None:
        await self._run(lambda: self._vectors(store_id).put(_key(model), texts, vectors))

    async def forget(self, store_id: str) -> None:
        """The store is no longer searched by meaning."""
        await self._run(self._forget, store_id)

    async def nearest(
        self,
        stores: Mapping[str, ModelRef],
        query: Mapping[str, Sequence[float]],
        files: Mapping[str, Collection[str]] | None,
    ) -> dict[str, Nearest]:
        """`stores` and `query` go by store id: its model, the query's vector by that. Stores that have not every vector
        are left out."""
        return await self._run(self._nearest, stores, query, files)

    async def remove_files(self, store_id: str, file_ids: Iterable[str]) -> None:
        await self._run(self._remove_files, store_id, tuple(file_ids))

    async def close_store(self, store_id: str) -> None:
        await self._run(self._close, store_id)

    async def aclose(self) -> None:
        for store_id in tuple(self._opened):
            await self.close_store(store_id)
        self._thread.close()

    async def _run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await self._thread.run(work, *args, **kwargs)
        except apsw.FullError as error:
            raise DiskFull(str(error)) from error
        except (apsw.Error, OSError) as error:
            raise StorageError(str(error)) from error

    def _vectors(self, store_id: str) -> Vectors:
        """A damaged file is made anew: what it held can be asked for again."""
        if store_id not in self._opened:
            path = self._folder_of(store_id).vectors
            try:
                self._opened[store_id] = Vectors(path)
            except (apsw.CorruptError, apsw.NotADBError):
                log.warning("the vectors of %s cannot be read; they are made anew", store_id)
                for each in path.parent.glob(f"{path.name}*"):
                    each.unlink()
                self._opened[store_id] = Vectors(path)
        return self._opened[store_id]

    def _sync(self, store_id: str, model: ModelRef) -> tuple[int, int]:
        if not self._folder_of(store_id).index.exists():
            return 0, 0
        vectors = self._vectors(store_id)
        with _reading(self._folder_of(store_id)) as reader:
            now = frozenset(ChunkSpan(*span) for span in reader.spans())
            before = vectors.spans()
            if before - now:
                vectors.remove(before - now)
            vectors.add((span, _text(reader, span)) for span in now - before)
        vectors.keep_only(_key(model))
        return vectors.counts(_key(model))

    def _missing(self, store_id: str, model: ModelRef, limit: int) -> tuple[str, ...]:
        spans = self._vectors(store_id).without_vector(_key(model), limit)
        if not spans:
            return ()
        with _reading(self._folder_of(store_id)) as reader:
            return tuple(_text(reader, span) for span in spans)

    def _forget(self, store_id: str) -> None:
        if self._folder_of(store_id).vectors.exists():
            self._vectors(store_id).keep_only("")

    def _nearest(
        self,
        stores: Mapping[str, ModelRef],
        query: Mapping[str, Sequence[float]],
        files: Mapping[str, Collection[str]] | None,
    ) -> dict[str, Nearest]:
        found = {}
        for store_id, model in stores.items():
            if not self._is_complete(store_id):
                continue
            wanted = None if files is None else files.get(store_id, ())
            nearest = self._vectors(store_id).nearest(_key(model), query[store_id], wanted, CHUNKS_LOOKED_AT)
            if nearest is not None:
                found[store_id] = nearest
        return found

    def _is_complete(self, store_id: str) -> bool:
        """Whether the chunks are those of the index: files may have come since."""
        folder = self._folder_of(store_id)
        if not (folder.vectors.exists() and folder.index.exists()):
            return False
        with _reading(folder) as reader:
            return reader.size()[0] == self._vectors(store_id).size()

    def _remove_files(self, store_id: str, file_ids: tuple[str, ...]) -> None:
        if self._folder_of(store_id).vectors.exists():
            self._vectors(store_id).remove_files(file_ids)

    def _close(self, store_id: str) -> None:
        if (vectors := self._opened.pop(store_id, None)) is not None:
            vectors.close()


@contextmanager
def _reading(folder: StoreFolder) -> Iterator[IndexReader]:
    reader = IndexReader(folder.index)
    try:
        yield reader
    finally:
        reader.close()


def _text(reader: IndexReader, span: ChunkSpan) -> str:
    """What is sent for a chunk: its headings, which say what it is about, and its text."""
    chunk = reader.chunk(span.chunk)
    if chunk is None:
        return "-"
    return "\n".join((*chunk.anchor.headings, chunk.text)).strip() or "-"


def _key(model: ModelRef) -> str:
    return f"{model.provider}/{model.model}"
