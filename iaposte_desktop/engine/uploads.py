"""Files that are being taken in: events of several at once, each file ended one way or another."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from iaposte_desktop.domain.knowledge import FileStatus, UploadEvent, UploadStage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable, Sequence

    from iaposte_desktop.domain.knowledge import VectorStoreFile
    from iaposte_desktop.domain.ports.repositories import StoreCatalog
    from iaposte_desktop.engine.ingestion import Incoming, Ingestion


class Uploads:
    def __init__(self, ingestion: Ingestion, catalog: StoreCatalog) -> None:
        self._ingestion = ingestion
        self._catalog = catalog
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._removed: set[str] = set()

    async def run(self, incoming: Sequence[Incoming]) -> AsyncGenerator[UploadEvent, None]:
        """The files are in progress in the catalogue before the first event. Raises StorageError."""
        unfinished = {one.file.id: one.file for one in incoming}
        events: asyncio.Queue[UploadEvent | BaseException] = asyncio.Queue()
        try:
            await self._catalog.save_files(list(unfinished.values()))
            for file in tuple(unfinished.values()):
                yield UploadEvent(file, UploadStage.QUEUED)
            for one in incoming:
                self._start(one, events)
            while unfinished:
                event = await events.get()
                if isinstance(event, BaseException):
                    raise event
                if event.stage is UploadStage.DONE:
                    unfinished.pop(event.file.id)
                yield event
        finally:
            await self._cancel(unfinished, events)

    def has(self, file_id: str) -> bool:
        return file_id in self._tasks

    async def stop(self, file_ids: Sequence[str]) -> None:
        """End the work on files that are about to be removed; nothing is written of them any more."""
        tasks = {file_id: self._tasks[file_id] for file_id in file_ids if file_id in self._tasks}
        self._removed |= tasks.keys()
        await _end(tasks.values())

    async def aclose(self) -> None:
        """As if every iterator were closed."""
        await _end(self._tasks.values())

    def _start(self, one: Incoming, events: asyncio.Queue[UploadEvent | BaseException]) -> None:
        task = asyncio.create_task(self._take_in(one, events), name=f"upload {one.file.id}")
        self._tasks[one.file.id] = task
        task.add_done_callback(lambda _: self._tasks.pop(one.file.id, None))

    async def _take_in(self, one: Incoming, events: asyncio.Queue[UploadEvent | BaseException]) -> None:
        is_done = False

        def emit(event: UploadEvent) -> None:
            nonlocal is_done
            is_done = is_done or event.stage is UploadStage.DONE
            events.put_nowait(event)

        try:
            await self._ingestion.take_in(one, emit)
        except asyncio.CancelledError:
            if not is_done:
                if one.file.id not in self._removed:
                    await self._catalog.save_files([_cancelled(one.file)])
                emit(UploadEvent(_cancelled(one.file), UploadStage.DONE))
            raise
        except Exception as error:
            events.put_nowait(error)
        finally:
            self._removed.discard(one.file.id)

    async def _cancel(
        self, unfinished: dict[str, VectorStoreFile], events: asyncio.Queue[UploadEvent | BaseException]
    ) -> None:
        await _end([self._tasks[file_id] for file_id in unfinished if file_id in self._tasks])
        while not events.empty():
            event = events.get_nowait()
            if isinstance(event, UploadEvent) and event.stage is UploadStage.DONE:
                unfinished.pop(event.file.id, None)
        if unfinished:
            await self._catalog.save_files([_cancelled(file) for file in unfinished.values()])


async def _end(tasks: Iterable[asyncio.Task[None]]) -> None:
    tasks = tuple(tasks)
    await asyncio.sleep(0)  # A task that has not begun yet would end without a word.
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _cancelled(file: VectorStoreFile) -> VectorStoreFile:
    return replace(file, status=FileStatus.CANCELLED, error=None)
