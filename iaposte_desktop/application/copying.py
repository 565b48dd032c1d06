"""A store's files into another store, wherever either is kept: this machine, a server, another server.

Each copy bears the key of what it is a copy of, as an attribute: a copy that was ended goes on where it stopped, and
one that is begun again doubles nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from iaposte_desktop.application.archiving import free_name
from iaposte_desktop.application.pricing import storage_cost
from iaposte_desktop.domain.errors import NotFound
from iaposte_desktop.domain.file_attributes import COPIED_FROM
from iaposte_desktop.domain.file_names import text_name
from iaposte_desktop.domain.json import METADATA_PAIRS
from iaposte_desktop.domain.knowledge import FileStatus, FileToAdd, VectorStore
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.domain.tasks import Task, TaskKind, TaskStatus

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from iaposte_desktop.application.connections import Connections
    from iaposte_desktop.application.knowledge import Knowledge
    from iaposte_desktop.application.staging import Staging
    from iaposte_desktop.domain.knowledge import Attribute, UploadEvent, VectorStoreFile

_TEXTS_AT_ONCE: Final = 16


@dataclass(frozen=True, slots=True)
class Destination:
    """A store that is there (`store`), or a new one at `place`, the name of a provider. `is_continued`: the store is
    an earlier copy of the same one."""

    place: str
    store: VectorStore | None = None
    is_continued: bool = False


@dataclass(frozen=True, slots=True)
class CopyPlan:
    """What a copy would do: `files` that are not there yet, of `bytes` as they lie here. `texts` of them can only go as
    text. `usd_per_day`: what storing them adds, None where it is not known; 0 on this machine."""

    files: int
    texts: int
    bytes: int
    usd_per_day: Decimal | None


@dataclass(frozen=True, slots=True)
class Copied:
    """`left_out` names the files of which nothing could be had."""

    store: VectorStore
    task: Task
    left_out: tuple[str, ...]


class Copying:
    def __init__(self, knowledge: Knowledge, connections: Connections, staging: Staging) -> None:
        self._knowledge = knowledge
        self._connections = connections
        self._staging = staging

    async def destinations(self, store_id: str) -> tuple[Destination, ...]:
        """For each place the earlier copy there, or a new store; then every other store. Nothing is sent."""
        stores = [store for store in await self._knowledge.stores() if store.id != store_id]
        earlier = {store.provider: store for store in stores if store.metadata.get(COPIED_FROM) == store_id}
        places = [Destination(place, earlier.get(place), place in earlier) for place in self._knowledge.places()]
        others = [Destination(store.provider, store) for store in stores if store not in earlier.values()]
        return (*places, *others)

    async def plan(self, store_id: str, destination: Destination) -> CopyPlan:
        """Raises NotFound, ProviderError."""
        files, _ = await self._left(store_id, destination.store)
        texts = [file for file in files if await self._original(store_id, file, destination.place) is None]
        size = sum(file.bytes for file in files)
        storage = await storage_cost(self._knowledge, self._connections, destination.place, size)
        return CopyPlan(len(files), len(texts), size, storage.usd)

    async def copy(
        self, store_id: str, destination: Destination, *, on_event: Callable[[UploadEvent], None] | None = None
    ) -> Copied:
        """What is there already stays as it is; what failed there or was stopped is sent anew. The task can be
        cancelled: what is there by then stays. Raises NotFound, ProviderError, StorageError."""
        source = await self._knowledge.retrieve(store_id)
        target = destination.store or await self._new_store(source, destination.place)
        files, failed = await self._left(store_id, destination.store)
        await self._knowledge.remove_files(target.id, failed)
        folder = await self._staging.new_folder()
        is_needed = True
        left_out: list[str] = []
        try:
            batches = self._batches(files, folder, destination.place, left_out)
            task = await self._knowledge.take_in(target.id, batches, len(files), TaskKind.COPY, on_event=on_event)
            is_needed = task.status is TaskStatus.CANCELLED or task.failed > 0
        finally:
            if not is_needed:
                await self._staging.remove(folder)
        return Copied(await self._knowledge.retrieve(target.id), task, tuple(left_out))

    async def _new_store(self, source: VectorStore, place: str) -> VectorStore:
        taken = {store.name for store in await self._knowledge.stores() if store.provider == place}
        metadata = dict(source.metadata)
        if len(metadata) < METADATA_PAIRS:
            metadata[COPIED_FROM] = source.id
        details = StoreDetails(
            free_name(source.name, taken), source.is_internal, source.expires_after, metadata, source.keeps_copies
        )
        return await self._knowledge.create(details, place)

    async def _left(self, store_id: str, target: VectorStore | None) -> tuple[Sequence[VectorStoreFile], Sequence[str]]:
        """The files still to be copied, and the ids of their failed copies."""
        files = [file for file in await self._knowledge.files(store_id) if file.status is FileStatus.COMPLETED]
        if target is None:
            return files, ()
        done: set[str] = set()
        failed: dict[str, list[str]] = {}
        for file in await self._knowledge.files(target.id):
            for key in _keys(file):
                if file.status in (FileStatus.COMPLETED, FileStatus.IN_PROGRESS):
                    done.add(key)
                else:
                    failed.setdefault(key, []).append(file.id)
        left = [file for file in files if _key(file) not in done]
        return left, tuple(dict.fromkeys(file_id for file in left for file_id in failed.get(_key(file), ())))

    async def _batches(
        self, files: Sequence[VectorStoreFile], folder: Path, place: str, left_out: list[str]
    ) -> AsyncGenerator[Sequence[FileToAdd], None]:
        """Those with an original in one go: a restart goes on with all of them. Texts are fetched as needed."""
        originals = {file.id: await self._original(file.store_id, file, place) for file in files}
        whole = [FileToAdd(path, _attributes(file)) for file in files if (path := originals[file.id]) is not None]
        if whole:
            yield whole
        texts: list[FileToAdd] = []
        for number, file in enumerate(files):
            if originals[file.id] is None:
                texts += await self._text(file, number, folder, left_out)
            if len(texts) == _TEXTS_AT_ONCE:
                yield texts
                texts = []
        if texts:
            yield texts

    async def _original(self, store_id: str, file: VectorStoreFile, place: str) -> Path | None:
        """None, too, where the other place does not read files of its type."""
        if not file.source_path:
            return None
        original = await self._knowledge.original(store_id, file.id)
        if original is None or original.suffix.lower() not in self._knowledge.accepted_suffixes(place):
            return None
        return original

    async def _text(self, file: VectorStoreFile, number: int, folder: Path, left_out: list[str]) -> Sequence[FileToAdd]:
        try:
            content = await self._knowledge.content(file.store_id, file.id)
        except NotFound:
            left_out.append(file.name)
            return ()
        path = await self._staging.write(folder, number, text_name(file.name), content.text)
        return (FileToAdd(path, _attributes(file)),)


def _key(file: VectorStoreFile) -> str:
    return str(file.attributes.get(COPIED_FROM) or file.sha256 or file.id)


def _keys(file: VectorStoreFile) -> Collection[str]:
    """A file that came here by itself is what a copy of it would be."""
    return {str(file.attributes.get(COPIED_FROM, "")), file.sha256} - {""}


def _attributes(file: VectorStoreFile) -> Mapping[str, Attribute]:
    if len(file.attributes) == METADATA_PAIRS and COPIED_FROM not in file.attributes:
        return file.attributes
    return {**file.attributes, COPIED_FROM: _key(file)}
