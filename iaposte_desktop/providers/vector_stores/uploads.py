"""Files that are on their way: the events of several at once, each ended one way or another."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from iaposte_desktop.domain.knowledge import FileStatus, UploadEvent, UploadStage
from iaposte_desktop.providers.vector_stores.earlier import Earlier
from iaposte_desktop.providers.vector_stores.looking import Looking, grouped
from iaposte_desktop.providers.vector_stores.pipeline import Intake
from iaposte_desktop.providers.vector_stores.source import ACCEPTED
from iaposte_desktop.providers.vector_stores.together import to_its_end
from iaposte_desktop.providers.vector_stores.values import file_of_row

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Collection, Iterable, Mapping, Sequence

    from iaposte_desktop.domain.uploads import Upload
    from iaposte_desktop.providers.vector_stores.desk import Desk

Events: TypeAlias = "asyncio.Queue[UploadEvent | Exception]"


class Uploads:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._intakes: dict[str, Intake] = {}

    async def run(
        self, rows: Sequence[Upload], before: Mapping[str, FileStatus] | None = None
    ) -> AsyncGenerator[UploadEvent, None]:
        """The rows are in progress in the ledger before the first event. `before`: their statuses before a retry.

        Raises StorageError, and ProviderError where no file can be uploaded."""
        events: Events = asyncio.Queue()
        earlier = None if before is None else Earlier(self._desk, before)
        intakes: dict[str, Intake] = {}
        for group in grouped(rows):
            looking = Looking([Path(row.source_path) for row in group], ACCEPTED | self._desk.reader.suffixes)
            intakes |= {row.id: Intake(self._desk, row, looking, earlier, events.put_nowait) for row in group}
        left = set(intakes)
        try:
            await self._desk.rows.save(rows)
            for row in rows:
                yield UploadEvent(file_of_row(row), UploadStage.QUEUED)
            for intake in intakes.values():
                self._start(intake, events)
            while left:
                event = await events.get()
                if isinstance(event, Exception):
                    raise event
                if event.stage is UploadStage.DONE:
                    left.discard(event.file.id)
                yield event
        finally:
            await self._end([intakes[row_id] for row_id in left])

    def has(self, row_id: str) -> bool:
        return row_id in self._intakes and not self._intakes[row_id].is_done

    async def stop(self, row_ids: Collection[str]) -> None:
        """These end as cancelled; nothing is done about them any more."""
        await _end(self._tasks[row_id] for row_id in row_ids if row_id in self._tasks)

    async def aclose(self) -> None:
        """As if every iterator were closed."""
        await _end(self._tasks.values())
        await self._desk.rows.flush()

    def _start(self, intake: Intake, events: Events) -> None:
        row_id = intake.row.id
        task = asyncio.create_task(_work(intake, events), name=f"upload {row_id}")
        self._tasks[row_id], self._intakes[row_id] = task, intake

        def forget(_: asyncio.Task[None]) -> None:
            if self._tasks.get(row_id) is task:
                del self._tasks[row_id], self._intakes[row_id]

        task.add_done_callback(forget)

    async def _end(self, intakes: Sequence[Intake]) -> None:
        await self.stop([intake.row.id for intake in intakes])
        unstarted = [intake.row for intake in intakes if not intake.is_done]
        await self._desk.rows.save([replace(row, status=FileStatus.CANCELLED) for row in unstarted])


async def _work(intake: Intake, events: Events) -> None:
    try:
        await intake.run()
    except asyncio.CancelledError:
        if not intake.is_done:
            await to_its_end(intake.undo())
        raise
    except Exception as error:
        events.put_nowait(error)
        await to_its_end(intake.undo())  # What ends the others would end this, too.


async def _end(tasks: Iterable[asyncio.Task[None]]) -> None:
    tasks = tuple(tasks)
    await asyncio.sleep(0)  # A task that has not begun yet would end without a word.
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
