"""The board of long work, shared by all tabs: how far each task is, and how to stop it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from iaposte_desktop.application.changes import TaskChanged
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.tasks import Task, TaskKind, TaskStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from iaposte_desktop.application.changes import ChangeFeed
    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.repositories import TaskRepository

_KEPT: Final = 100


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
