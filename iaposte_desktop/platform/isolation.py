"""Jobs on foreign bytes in worker processes: fresh interpreters, never forked, killed when over a limit."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import WorkerCrashed
from iaposte_desktop.domain.ports.isolation import JobRefused
from iaposte_desktop.platform.worker_process import WorkerProcess

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

    from iaposte_desktop.domain.json import JsonValue
    from iaposte_desktop.domain.ports.isolation import JobLimits

JOBS_PER_WORKER = 1000
"""What libraries leak ends with the worker."""


class WorkerProcesses:
    """`IsolatedJobs` on at most `size` workers, started when needed and kept. Belongs to the loop it is first used
    on. A job's seconds count while the program waits for it, not while it waits for the program.

    `packages` are the top-level packages that jobs are taken from.
    """

    def __init__(self, size: int = 2, packages: frozenset[str] = frozenset({"iaposte_desktop"})) -> None:
        self._packages = packages
        self._slots = asyncio.Semaphore(size)
        self._idle: list[WorkerProcess] = []
        self._workers: set[WorkerProcess] = set()
        self._ending: set[asyncio.Task[int]] = set()
        self._is_closed = False

    async def run(
        self, job: str, arguments: Mapping[str, JsonValue], limits: JobLimits
    ) -> AsyncGenerator[JsonValue, None]:
        async with self._slots:
            worker = await self._free_worker()
            is_reusable = False
            try:
                await worker.begin(job, arguments, limits)
                while (item := await worker.next_item()) is not None:
                    yield item["item"]
                is_reusable = worker.jobs_begun < JOBS_PER_WORKER
            except JobRefused:
                is_reusable = worker.jobs_begun < JOBS_PER_WORKER
                raise
            finally:
                if is_reusable and not self._is_closed:
                    self._idle.append(worker)
                else:
                    self._end(worker)

    async def aclose(self) -> None:
        """Kill all workers, busy ones too, and wait until they are gone. A job under way ends with WorkerCrashed."""
        self._is_closed = True
        self._idle.clear()
        for worker in tuple(self._workers):
            self._end(worker)
        await asyncio.gather(*self._ending)

    async def _free_worker(self) -> WorkerProcess:
        while self._idle:
            worker = self._idle.pop()
            if worker.is_alive:
                return worker
            self._end(worker)
        return await self._new_worker()

    async def _new_worker(self) -> WorkerProcess:
        self._refuse_if_closed()
        worker = await WorkerProcess.start(self._packages)
        self._workers.add(worker)
        try:
            self._refuse_if_closed()
            await worker.ready()
        except BaseException:
            self._end(worker)
            raise
        return worker

    def _refuse_if_closed(self) -> None:
        if self._is_closed:
            raise WorkerCrashed("the workers were closed")

    def _end(self, worker: WorkerProcess) -> None:
        self._workers.discard(worker)
        worker.kill()
        ending = asyncio.create_task(worker.wait(), name="worker-end")
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)
