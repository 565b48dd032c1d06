"""`StoreArchives` as zip files: written on threads, read in a worker process."""

from __future__ import annotations

import asyncio
import errno
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar, cast

from iaposte_desktop.domain.errors import (
    ArchiveNotWritten,
    ArchiveProblem,
    ArchiveRefused,
    DiskFull,
    WorkerError,
    WorkerMemoryLimit,
    WorkerTimeLimit,
)
from iaposte_desktop.domain.finishing import finished
from iaposte_desktop.domain.ports.isolation import JobLimits, JobRefused
from iaposte_desktop.domain.ports.store_archives import ArchivedFile, ArchivedStore, ArchivedTest
from iaposte_desktop.platform.archives import manifest
from iaposte_desktop.platform.archives.unpacking import DISK_FULL, JOB
from iaposte_desktop.platform.archives.writing import ZipFileWriter

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence

    from iaposte_desktop.domain.knowledge import VectorStore, VectorStoreFile
    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.isolation import IsolatedJobs
    from iaposte_desktop.domain.ports.store_archives import Unpacked
    from iaposte_desktop.domain.search import SearchTest

P = ParamSpec("P")
T = TypeVar("T")

_SECONDS: Final = 60
_SECONDS_PER_MB: Final = 1


class ZipArchives:
    def __init__(self, jobs: IsolatedJobs, clock: Clock) -> None:
        self._jobs = jobs
        self._clock = clock

    @asynccontextmanager
    async def writer(
        self, path: Path, store: VectorStore, tests: Sequence[SearchTest]
    ) -> AsyncGenerator[ZipArchiveWriter, None]:
        head = {
            "format": manifest.FORMAT,
            "format_version": manifest.VERSION,
            "exported_at": self._clock().isoformat(),
            "store": manifest.store_fields(store),
            "search_tests": [manifest.test_fields(test) for test in tests],
        }
        written = await _on_thread(ZipFileWriter, path, head)
        try:
            yield ZipArchiveWriter(written)
            await _on_thread(written.finish)
        except BaseException:
            await _on_thread(written.discard)
            raise

    async def unpack(self, path: Path, folder: Path) -> AsyncGenerator[Unpacked, None]:
        size = await asyncio.to_thread(_size, path)
        limits = JobLimits(seconds=_SECONDS + _SECONDS_PER_MB * size / 1024**2)
        arguments = {"path": str(path), "folder": str(folder)}
        # The port promises an iterator; every implementation is a generator.
        items = cast("AsyncGenerator[Any, None]", self._jobs.run(JOB, arguments, limits))
        try:
            async with aclosing(items), aclosing(_values(items)) as values:
                async for value in values:
                    yield value
        except JobRefused as error:
            raise _refusal(error) from error
        except (WorkerTimeLimit, WorkerMemoryLimit) as error:
            raise ArchiveRefused(ArchiveProblem.TOO_LARGE, error.detail) from error
        except WorkerError as error:
            raise ArchiveRefused(ArchiveProblem.DAMAGED, error.detail) from error


class ZipArchiveWriter:
    def __init__(self, written: ZipFileWriter) -> None:
        self._written = written

    async def add(self, file: VectorStoreFile, original: Path | None, text: str) -> None:
        await _on_thread(self._written.add, file, original, text)


async def _values(items: AsyncIterator[Any]) -> AsyncGenerator[Unpacked, None]:
    """The store once all of its tests are known, then the files."""
    store: Any = None
    tests: list[ArchivedTest] = []
    is_told = False
    try:
        async for item in items:
            if "store" in item:
                store = item
            elif "tests" in item:
                tests += map(manifest.test_of, item["tests"])
            else:
                if not is_told:
                    yield ArchivedStore(manifest.details_of(store["store"]), tuple(tests), store["files"])
                    is_told = True
                yield _file(item)
        if not is_told:
            yield ArchivedStore(manifest.details_of(store["store"]), tuple(tests), store["files"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ArchiveRefused(ArchiveProblem.DAMAGED, repr(error)) from error


def _file(item: Any) -> ArchivedFile:
    path = item["path"]
    return ArchivedFile(
        name=item["file"]["name"],
        path=None if path is None else Path(path),
        sha256=item["sha256"],
        is_text=item["is_text"],
        attributes=manifest.attributes_of(item["file"]["attributes"]),
    )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise ArchiveRefused(ArchiveProblem.UNREADABLE, str(error)) from error


def _refusal(error: JobRefused) -> ArchiveRefused | DiskFull:
    if error.reason == DISK_FULL:
        return DiskFull(error.detail)
    return ArchiveRefused(ArchiveProblem(error.reason), error.detail)


async def _on_thread(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """A cancellation is raised once the thread is done: nothing writes to what is about to be discarded."""
    try:
        return await finished(asyncio.to_thread(function, *args, **kwargs))
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(str(error)) from error
        raise ArchiveNotWritten(error.strerror or str(error)) from error
