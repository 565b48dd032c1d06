"""The one connection and the one thread that uses it.

Work is a function of a connection. It runs on the database's own thread inside one transaction: what it returns is
durable once the caller has it, what it raises has changed nothing. Work that was handed over is done even where the
coroutine that waits for it is cancelled.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from iaposte_desktop.domain.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

T = TypeVar("T")

Translation: TypeAlias = "Callable[[], AbstractContextManager[None]]"


class DatabaseThread:
    """Runs functions one after another, for callers on any thread."""

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="workspace")

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Raises StorageError once stopped."""
        promise: Future[T] = Future()
        promise.set_running_or_notify_cancel()  # From here on it cannot be cancelled any more.

        def fulfil() -> None:
            try:
                result = work()
            except BaseException as error:
                promise.set_exception(error)
            else:
                promise.set_result(result)

        try:
            self._executor.submit(fulfil)
        except RuntimeError as error:
            raise StorageError("the workspace is closed") from error
        return promise

    async def run(self, work: Callable[[], T]) -> T:
        return await asyncio.wrap_future(self.submit(work))

    async def stop(self, last: Callable[[], None]) -> None:
        """Finish what was handed over, then `last`, then the thread. Stopping again does nothing."""
        with suppress(StorageError):
            ending = self.submit(last)
            self._executor.shutdown(wait=False)
            await asyncio.wrap_future(ending)
            self._executor.shutdown()  # Nothing is left to wait for but the thread's own end.


class Database:
    """`translation` makes a context in which the dialect's errors become domain errors."""

    def __init__(self, thread: DatabaseThread, engine: Engine, translation: Translation) -> None:
        self._thread = thread
        self._reading = engine
        self._writing = engine.execution_options(writes=True)
        self._translation = translation

    async def read(self, work: Callable[[Connection], T]) -> T:
        return await self._thread.run(lambda: self._transact(self._reading, work))

    async def write(self, work: Callable[[Connection], T]) -> T:
        return await self._thread.run(lambda: self._transact(self._writing, work))

    async def aclose(self) -> None:
        """Finish what is queued, then close. Closing again does nothing; work that comes later raises StorageError."""
        await self._thread.stop(self._reading.dispose)

    def _transact(self, engine: Engine, work: Callable[[Connection], T]) -> T:
        with self._translation(), engine.begin() as connection:
            return work(connection)
