"""Blocking work off the loop, finished even where the one who waits for it is cancelled."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

P = ParamSpec("P")
T = TypeVar("T")


async def finished(work: Awaitable[T], hurry: Callable[[], None] = lambda: None) -> T:
    """What `work` brings. A cancellation calls `hurry`, and is raised once the work has ended, not before."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        hurry()
        await asyncio.wait([task])
        if not task.cancelled():
            task.exception()  # Seen: the cancellation is what counts.
        raise


class SerialThread:
    """One thread; calls run in the order they came."""

    def __init__(self, name: str) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        loop = asyncio.get_running_loop()
        return await finished(loop.run_in_executor(self._executor, lambda: function(*args, **kwargs)))

    def run_blocking(self, function: Callable[[], T]) -> T:
        """For callers on another thread that nothing on this one waits for."""
        return self._executor.submit(function).result()

    def close(self) -> None:
        """Waits for what runs."""
        self._executor.shutdown(wait=True)
