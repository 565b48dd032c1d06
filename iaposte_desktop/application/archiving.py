"""A store as one file: written out whole, and made anew from it, on this machine or another one.

An import is unpacked first and made then: ended while it unpacks, it leaves nothing; ended later, its files are in
progress like those of any upload, and go on at the next start.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from iaposte_desktop.application.batches import close
from iaposte_desktop.application.changes import Changed, Topic
from iaposte_desktop.domain.errors import NotFound
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.knowledge import FileToAdd, VectorStore
from iaposte_desktop.domain.ports.store_archives import ArchivedStore
from iaposte_desktop.domain.search import SearchTest
from iaposte_desktop.domain.tasks import Task, TaskKind, TaskStatus

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Collection, Sequence
    from pathlib import Path

    from iaposte_desktop.application.changes import ChangeFeed
    from iaposte_desktop.application.connections import Connections
    from iaposte_desktop.application.knowledge import Knowledge
    from iaposte_desktop.application.staging import Staging
    from iaposte_desktop.application.tasks import TaskBoard, Work
    from iaposte_desktop.domain.knowledge import UploadEvent
    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.repositories import SearchTestRepository
    from iaposte_desktop.domain.ports.store_archives import ArchivedFile, StoreArchives

LONGEST_NAME: Final = 256


@dataclass(frozen=True, slots=True)
class Imported:
    """`store` is None where the import was cancelled before it was made. `damaged` names the files of which the archive
    held nothing whole. `task` is the last one: the adding of the files."""

    store: VectorStore | None
    damaged: tuple[str, ...]
    task: Task


class Archiving:
    def __init__(
        self,
        knowledge: Knowledge,
        archives: StoreArchives,
        tests: SearchTestRepository,
        connections: Connections,
        staging: Staging,
        board: TaskBoard,
        changes: ChangeFeed,
        clock: Clock,
    ) -> None:
        self._knowledge = knowledge
        self._archives = archives
        self._tests = tests
        self._connections = connections
        self._staging = staging
        self._board = board
        self._changes = changes
        self._clock = clock

    async def export(self, store_id: str, path: Path) -> Task:
        """Every file with its original, its text, or both; `failed` counts those of which neither can be had. Raises
        DiskFull, ArchiveNotWritten, NotFound, ProviderError: what was at `path` is still there then, as it is where the
        task is cancelled."""
        store = await self._knowledge.retrieve(store_id)
        files = await self._knowledge.files(store_id)
        tests = await self._tests.of_store(store_id)
        missed = 0
        async with (
            self._board.work(TaskKind.EXPORT, store.name, store_id) as work,
            self._archives.writer(path, store, tests) as writer,
        ):
            for done, file in enumerate(files):
                work.progress(done, len(files), missed)
                original = await self._knowledge.original(store_id, file.id)
                text = await self._text(store_id, file.id)
                await writer.add(file, original, text)
                missed += original is None and not text
            work.progress(len(files), len(files), missed)
        return work.task

    async def import_store(self, path: Path, *, on_event: Callable[[UploadEvent], None] | None = None) -> Imported:
        """A new store on this machine. Raises ArchiveRefused, DiskFull, StorageError; nothing is made then."""
        folder = await self._staging.new_folder()
        is_needed = False
        try:
            archived: ArchivedStore | None = None
            files: list[ArchivedFile] = []
            async with self._board.work(TaskKind.IMPORT, path.name, "") as work:
                archived = await self._unpacked(path, folder, files, work)
            damaged = tuple(file.name for file in files if file.path is None)
            if archived is None or work.task.status is TaskStatus.CANCELLED:
                return Imported(None, damaged, work.task)
            store = await self._made(archived, files)
            is_needed = True
            task = await self._added(store, files, on_event)
            is_needed = task.status is TaskStatus.CANCELLED
            return Imported(await self._knowledge.retrieve(store.id), damaged, task)
        finally:
            if not is_needed:
                await self._staging.remove(folder)

    async def _text(self, store_id: str, file_id: str) -> str:
        try:
            return (await self._knowledge.content(store_id, file_id)).text
        except NotFound:
            return ""

    async def _unpacked(self, path: Path, folder: Path, files: list[ArchivedFile], work: Work) -> ArchivedStore | None:
        archived: ArchivedStore | None = None
        damaged = 0
        items = self._archives.unpack(path, folder)
        try:
            async for item in items:
                if isinstance(item, ArchivedStore):
                    archived = item
                else:
                    files.append(item)
                    damaged += item.path is None
                work.progress(len(files), archived.files if archived else None, damaged)
        finally:
            await close(items)
        return archived

    async def _made(self, archived: ArchivedStore, files: Sequence[ArchivedFile]) -> VectorStore:
        """It keeps copies, whatever the archived one did: its files have no other place."""
        taken = {store.name for store in await self._knowledge.stores()}
        details = replace(archived.details, name=free_name(archived.details.name, taken), keeps_copies=True)
        if not self._knows_model(archived):
            details = replace(details, embedding_model=None)
        store = await self._knowledge.create(details)
        names = {file.name: file.path.name for file in files if file.path is not None}
        now = self._clock()
        await self._tests.save(
            [
                SearchTest(new_id("test"), store.id, test.query, names.get(test.file_name, test.file_name), now)
                for test in archived.tests
            ]
        )
        self._changes.publish(Changed(Topic.STORES, store.id))
        return store

    def _knows_model(self, archived: ArchivedStore) -> bool:
        model = archived.details.embedding_model
        try:
            return model is None or bool(self._connections.retrieve(model.provider))
        except NotFound:
            return False

    async def _added(
        self, store: VectorStore, files: Sequence[ArchivedFile], on_event: Callable[[UploadEvent], None] | None
    ) -> Task:
        """Each content once, all in one go: they are known to the catalogue before the first is read."""
        by_content = {file.sha256: file for file in reversed(files) if file.path is not None}
        to_add = [
            FileToAdd(file.path, file.attributes) for file in reversed(by_content.values()) if file.path is not None
        ]

        async def batch() -> AsyncGenerator[Sequence[FileToAdd], None]:
            yield to_add

        return await self._knowledge.take_in(store.id, batch(), len(to_add), on_event=on_event)


def free_name(name: str, taken: Collection[str]) -> str:
    """The name, with a number behind it where it is taken."""
    folded = {each.casefold() for each in taken}
    number, free = 1, name
    while free.casefold() in folded:
        number += 1
        suffix = f" ({number})"
        free = name[: LONGEST_NAME - len(suffix)] + suffix
    return free
