"""One file on its way into a store: checked, copied, read by a worker, handed over to be indexed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack, aclosing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import apsw

from iaposte_desktop.domain.errors import FileProblem, FileRefused, NotFound
from iaposte_desktop.domain.finishing import finished
from iaposte_desktop.domain.knowledge import FileError, FileStatus, UploadEvent, UploadStage, VectorStoreFile
from iaposte_desktop.engine.commits import Commits, Ready
from iaposte_desktop.engine.extracting import MAX_FILE_BYTES, Extracting
from iaposte_desktop.engine.layout import make_private_folder
from iaposte_desktop.engine.originals import hashed, keep_copy, preflight, problem_of
from iaposte_desktop.engine.received import received
from iaposte_desktop.engine.staging import FILE_JOB, place_for, throw_away

if TYPE_CHECKING:
    from iaposte_desktop.domain.ports.isolation import IsolatedJobs
    from iaposte_desktop.domain.ports.repositories import StoreCatalog
    from iaposte_desktop.engine.index.documents import Document
    from iaposte_desktop.engine.indexes import Indexes
    from iaposte_desktop.engine.originals import Copy

FILES_AT_ONCE = 4
"""Copied or read. Beyond the number of workers: a file is copied while another is read."""

Emit: TypeAlias = Callable[[UploadEvent], None]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that the catalogue has in progress. `replaces` is the id of the file it takes the place of.
    `keeps_copy` False: it is read where it lies."""

    file: VectorStoreFile
    keeps_copy: bool
    replaces: str | None = None


class Ingestion:
    def __init__(
        self, indexes: Indexes, catalog: StoreCatalog, jobs: IsolatedJobs, extra_extractors: Mapping[str, str]
    ) -> None:
        self._indexes = indexes
        self._catalog = catalog
        self._extracting = Extracting(jobs, extra_extractors, FILE_JOB)
        self.suffixes = self._extracting.suffixes
        self._commits = Commits(indexes, catalog)
        self._slots = asyncio.Semaphore(FILES_AT_ONCE)
        self._claims: dict[tuple[str, str], str] = {}
        self._hashes: dict[str, dict[str, str]] = {}

    async def take_in(self, incoming: Incoming, emit: Emit) -> None:
        """Ends with a DONE event, completed or failed. Cancelled, it leaves the file in progress in the catalogue.
        Raises StorageError where the catalogue cannot be written."""
        try:
            await self._read_and_index(incoming, emit)
        except _Problem as problem:
            error = FileError(problem.problem, problem.detail)
            failed = replace(problem.file, status=FileStatus.FAILED, error=error)
            await self._catalog.save_files([failed])
            emit(UploadEvent(failed, UploadStage.DONE))
        finally:
            self._claims = {claim: by for claim, by in self._claims.items() if by != incoming.file.id}

    async def _read_and_index(self, incoming: Incoming, emit: Emit) -> None:
        file = incoming.file
        staged = self._indexes.folder_of(file.store_id).staged(file.id)
        try:
            with ExitStack() as until_indexed:
                async with self._slots, self._commits.coming():
                    emit(UploadEvent(file, UploadStage.PREFLIGHT))
                    copy = await self._copy(file, incoming.keeps_copy)
                    file = replace(file, sha256=copy.sha256, bytes=copy.bytes)
                    await self._refuse_duplicate(file, incoming.replaces)
                    emit(UploadEvent(file, UploadStage.READING, 0.0))
                    until_indexed.enter_context(place_for(staged))
                    document = await self._read(file, copy, staged, emit)
                    if not copy.is_as_it_was():
                        raise FileRefused(FileProblem.CHANGED, str(copy.path))
                    emit(UploadEvent(file, UploadStage.INDEXING))
                ready = Ready(file, document, incoming.replaces)
                await finished(self._complete(ready, emit), lambda: self._commits.withdraw(ready))
        except FileRefused as error:
            raise _Problem(file, error.problem, error.detail) from error
        except (apsw.Error, OSError) as error:
            problem = FileProblem.DISK_FULL if _is_full(error) else FileProblem.SERVER
            raise _Problem(file, problem, f"{type(error).__name__}: {error}") from error

    async def _copy(self, file: VectorStoreFile, keeps_copy: bool) -> Copy:
        """Of what was kept before, else of the file itself."""
        folder = self._indexes.folder_of(file.store_id)
        source = Path(file.source_path)
        stop = threading.Event()

        def copy() -> Copy:
            if (kept := folder.kept_original(file.id)) is not None:
                return hashed(kept, MAX_FILE_BYTES, stop)
            preflight(source, self.suffixes, MAX_FILE_BYTES)
            if not keeps_copy:
                make_private_folder(folder.path)
                return hashed(source, MAX_FILE_BYTES, stop)
            return keep_copy(source, folder.original(file.id, file.name), MAX_FILE_BYTES, stop)

        work = asyncio.create_task(asyncio.to_thread(copy))
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            stop.set()
            await asyncio.wait([work])
            work.exception()  # Seen: it was told to stop.
            raise

    async def _refuse_duplicate(self, file: VectorStoreFile, replaces: str | None) -> None:
        """The same bytes are in a store once. Two at the same time: the first one to be read counts."""
        holder = self._claims.setdefault((file.store_id, file.sha256), file.id)
        if holder == file.id:
            known = await self._known_hashes(file.store_id)
            holder = known.get(file.sha256, file.id)
        if holder in {file.id, replaces}:
            return
        try:
            other = await self._catalog.retrieve_file(holder)
        except NotFound:
            return
        await self._indexes.remove_files(file.store_id, [file.id])
        raise _Problem(file, FileProblem.DUPLICATE, other.name)

    async def _known_hashes(self, store_id: str) -> dict[str, str]:
        """Hash → id of the completed files; read once, for a catalogue of thousands is long to read for each file.
        Files that were removed since are still in it."""
        if store_id not in self._hashes:
            files = await self._catalog.files(store_id)
            completed = {file.sha256: file.id for file in files if file.status is FileStatus.COMPLETED}
            self._hashes.setdefault(store_id, completed)
        return self._hashes[store_id]

    async def _read(self, file: VectorStoreFile, copy: Copy, staged: Path, emit: Emit) -> Document:
        async with aclosing(self._extracting.items(copy.path, file.name, copy.bytes, staged=str(staged))) as items:
            return await received(
                items, staged, lambda fraction: emit(UploadEvent(file, UploadStage.READING, fraction))
            )

    async def _complete(self, ready: Ready, emit: Emit) -> None:
        completed = await self._commits.commit(ready)
        throw_away(ready.document.staged)  # Before anybody is told.
        (await self._known_hashes(completed.store_id))[completed.sha256] = completed.id
        emit(UploadEvent(completed, UploadStage.DONE))


def _is_full(error: apsw.Error | OSError) -> bool:
    if isinstance(error, OSError):
        return problem_of(error) is FileProblem.DISK_FULL
    return isinstance(error, apsw.FullError)


class _Problem(Exception):
    def __init__(self, file: VectorStoreFile, problem: FileProblem, detail: str) -> None:
        super().__init__(problem, detail)
        self.file = file
        self.problem = problem
        self.detail = detail
