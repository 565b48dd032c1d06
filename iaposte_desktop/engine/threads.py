"""Blocking work off the loop, finished even where the one who waits for it is cancelled."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from iaposte_desktop.domain.finishing import finished

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")


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
