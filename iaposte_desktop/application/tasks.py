"""The board of long work, shared by all tabs: how far each task is, and how to stop it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from iaposte_desktop.application.changes import TaskChanged
from iaposte_desktop.domain.errors import IAPosteError
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.tasks import Task, TaskKind, TaskStatus

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from iaposte_desktop.application.changes import ChangeFeed
    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.repositories import TaskRepository

_KEPT: Final = 100


class WorkStopped(Exception):
    """Somebody cancelled the task; `TaskBoard.work` ends it."""


class Work:
    """A task under way, as the code that does it sees it."""

    def __init__(self, board: TaskBoard, task_id: str, stop: asyncio.Event) -> None:
        self._board = board
        self._id = task_id
        self._stop = stop

    @property
    def task(self) -> Task:
        return self._board.retrieve(self._id)

    def progress(self, done: int, total: int | None, failed: int = 0) -> None:
        """Raises WorkStopped."""
        self._board.progress(self._id, done=done, total=total, failed=failed)
        if self._stop.is_set():
            raise WorkStopped


class TaskBoard:
    def __init__(self, tasks: TaskRepository, changes: ChangeFeed, clock: Clock) -> None:
        self._repository = tasks
        self._changes = changes
        self._clock = clock
        self._tasks: dict[str, Task] = {}
        self._stops: dict[str, Callable[[], None]] = {}

    async def load(self) -> tuple[Task, ...]:
        """At start: what a killed process left running is `interrupted`; those that it were."""
        interrupted = []
        for task in reversed(await self._repository.list(_KEPT)):
            self._tasks[task.id] = task
            if not task.is_over:
                interrupted.append(await self.end(task.id, TaskStatus.INTERRUPTED))
        return tuple(interrupted)

    def list(self) -> tuple[Task, ...]:
        """Newest first."""
        return tuple(reversed(self._tasks.values()))

    async def begin(
        self, kind: TaskKind, subject: str, target_id: str, stop: Callable[[], None], total: int | None = None
    ) -> str:
        """The new task's id. `stop` is called, on the program's loop, when somebody cancels it."""
        now = self._clock()
        task = Task(new_id("task"), kind, subject, target_id, TaskStatus.RUNNING, now, now, total=total)
        self._stops[task.id] = stop
        await self._save(task)
        return task.id

    @asynccontextmanager
    async def work(self, kind: TaskKind, subject: str, target_id: str) -> AsyncGenerator[Work, None]:
        """A task as long as the block, which ends as the block does. Cancelled on the board, the block is left at its
        next `progress`, and what follows it goes on: `Work.task` says so."""
        stop = asyncio.Event()
        task_id = await self.begin(kind, subject, target_id, stop.set)
        try:
            yield Work(self, task_id, stop)
        except WorkStopped:
            await self.end(task_id, TaskStatus.CANCELLED)
        except asyncio.CancelledError:
            await asyncio.shield(self.end(task_id, TaskStatus.INTERRUPTED))
            raise
        except Exception as error:
            reason = error.info.code if isinstance(error, IAPosteError) else IAPosteError.code
            await self.end(task_id, TaskStatus.FAILED, reason)
            raise
        else:
            await self.end(task_id, TaskStatus.COMPLETED)

    def retrieve(self, task_id: str) -> Task:
        return self._tasks[task_id]

    def progress(self, task_id: str, *, done: int, total: int | None, failed: int = 0) -> None:
        """Shown at once; written only when the task ends, since a restart begins it anew."""
        task = replace(self._tasks[task_id], done=done, total=total, failed=failed)
        if task != self._tasks[task_id]:
            self._tasks[task_id] = task = replace(task, updated_at=self._clock())
            self._changes.publish(TaskChanged(task))

    async def end(self, task_id: str, status: TaskStatus, reason: str = "") -> Task:
        self._stops.pop(task_id, None)
        task = replace(self._tasks[task_id], status=status, reason=reason, updated_at=self._clock())
        await self._save(task)
        return task

    def cancel(self, task_id: str) -> None:
        """Ask it to stop; it ends in its own time. Unknown and finished tasks are passed over."""
        stop = self._stops.get(task_id)
        if stop is not None:
            stop()

    async def clear_finished(self) -> None:
        self._tasks = {key: task for key, task in self._tasks.items() if not task.is_over}
        await self._repository.remove_finished()

    async def _save(self, task: Task) -> None:
        await self._repository.save(task)
        self._tasks[task.id] = task
        self._changes.publish(TaskChanged(task))
