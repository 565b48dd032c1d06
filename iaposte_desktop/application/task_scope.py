"""A place for tasks to live in: it keeps them alive, names them, and hands every exception to one place."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

T = TypeVar("T")


class TaskScope:
    """Owned by one loop: every method is called on that loop's thread.

    `on_error(name, exception)` hears of every task that failed, cancellation excepted.
    """

    def __init__(self, on_error: Callable[[str, BaseException], None]) -> None:
        self._on_error = on_error
        self._tasks: set[asyncio.Task[Any]] = set()
        self._exclusive: dict[str, asyncio.Task[Any]] = {}

    def start(self, work: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T]:
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._on_done)
        return task

    def start_latest(self, work: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T]:
        """The latest wins: what runs under this name is cancelled."""
        self.cancel(name)
        task = self.start(work, name)
        self._exclusive[name] = task
        return task

    def start_only(self, work: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T] | None:
        """One at a time: None, and `work` is dropped, while another runs under this name."""
        if self.is_running(name):
            work.close()
            return None
        task = self.start(work, name)
        self._exclusive[name] = task
        return task

    def is_running(self, name: str) -> bool:
        task = self._exclusive.get(name)
        return task is not None and not task.done()

    def cancel(self, name: str) -> None:
        task = self._exclusive.pop(name, None)
        if task is not None:
            task.cancel()

    async def aclose(self) -> None:
        """Cancel what runs and wait until it has ended."""
        while self._tasks:
            tasks = list(self._tasks)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._tasks.difference_update(tasks)
        self._exclusive.clear()

    def _on_done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        name = task.get_name()
        if self._exclusive.get(name) is task:
            del self._exclusive[name]
        if not task.cancelled() and (error := task.exception()) is not None:
            self._on_error(name, error)
