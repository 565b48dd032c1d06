"""Indexes that another version of the tokeniser made are made anew beside the old ones, which are searched meanwhile.

The old tokeniser is gone: until the new index takes its place, queries are taken apart as they are today, so that words
which both versions treat alike are found. A new index that the program's end left half made is gone on with.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, Final, cast

import apsw

from iaposte_desktop.domain.errors import IAPosteError, WorkerError
from iaposte_desktop.domain.ports.isolation import JobLimits, JobRefused
from iaposte_desktop.engine.received import received
from iaposte_desktop.engine.staging import KEPT_JOB, place_for

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from iaposte_desktop.domain.ports.isolation import IsolatedJobs
    from iaposte_desktop.domain.ports.repositories import StoreCatalog
    from iaposte_desktop.engine.index.documents import Document
    from iaposte_desktop.engine.indexes import Indexes

_LIMITS: Final = JobLimits(seconds=600)

log = logging.getLogger(__name__)


class Rebuilding:
    def __init__(self, indexes: Indexes, catalog: StoreCatalog, jobs: IsolatedJobs) -> None:
        self._indexes = indexes
        self._catalog = catalog
        self._jobs = jobs
        self._tasks: set[asyncio.Task[None]] = set()

    async def begin(self, store_id: str) -> None:
        """Before anything else is written to the store; goes on in the background."""
        await self._indexes.begin_rebuild(store_id)
        task = asyncio.create_task(self._rebuild(store_id), name=f"rebuild {store_id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def aclose(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()
            await asyncio.wait([task])

    async def _rebuild(self, store_id: str) -> None:
        try:
            while missing := await self._indexes.missing_in_rebuild(store_id):
                names = {file.id: file.name for file in await self._catalog.files(store_id)}
                for file_id in missing:
                    await self._rebuild_file(store_id, file_id, names.get(file_id, ""))
        except (IAPosteError, JobRefused, apsw.Error, OSError) as error:
            log.warning("the index of %s stays as it is until the next start: %s", store_id, error)

    async def _rebuild_file(self, store_id: str, file_id: str, name: str) -> None:
        staged = self._indexes.folder_of(store_id).staged_again(file_id)
        with place_for(staged):
            try:
                document = await self._document(store_id, file_id, name, staged)
            except WorkerError:
                if staged.exists():
                    raise
                return  # The file was removed meanwhile, and this with it.
            await self._indexes.put_rebuilt(store_id, file_id, document)

    async def _document(self, store_id: str, file_id: str, name: str, staged: Path) -> Document:
        index = self._indexes.folder_of(store_id).index
        arguments = {"index": str(index), "file_id": file_id, "name": name, "staged": str(staged)}
        # The port promises an iterator; every implementation is a generator.
        items = cast("AsyncGenerator[Any, None]", self._jobs.run(KEPT_JOB, arguments, _LIMITS))
        async with aclosing(items):
            return await received(items, staged)
