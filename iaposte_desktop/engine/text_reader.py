"""The text of a file, read in a worker as it would be for the index."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, cast

from iaposte_desktop.domain.errors import (
    FileProblem,
    FileRefused,
    WorkerError,
    WorkerMemoryLimit,
    WorkerTimeLimit,
)
from iaposte_desktop.domain.ports.isolation import JobLimits, JobRefused
from iaposte_desktop.engine.ingestion import MAX_FILE_BYTES
from iaposte_desktop.engine.originals import preflight
from iaposte_desktop.engine.reading import EXTRACTORS, JOB

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping
    from pathlib import Path

    from iaposte_desktop.domain.ports.isolation import IsolatedJobs

_SECONDS = 60
_SECONDS_PER_MB = 1


class EngineTextReader:
    """See `TextReader`. `extra_extractors` as for `EmbeddedVectorStores`."""

    def __init__(self, jobs: IsolatedJobs, extra_extractors: Mapping[str, str]) -> None:
        self._jobs = jobs
        self._extra_extractors = extra_extractors
        self._suffixes = frozenset(EXTRACTORS) | frozenset(extra_extractors)

    @property
    def suffixes(self) -> frozenset[str]:
        return self._suffixes

    async def read(self, path: Path) -> str:
        size = await asyncio.to_thread(preflight, path, self._suffixes, MAX_FILE_BYTES)
        try:
            return await self._text(path, JobLimits(_SECONDS + _SECONDS_PER_MB * size / 1024**2))
        except JobRefused as error:
            raise FileRefused(_problem(error), error.detail) from error
        except WorkerTimeLimit as error:
            raise FileRefused(FileProblem.TIME_LIMIT, error.detail) from error
        except WorkerMemoryLimit as error:
            raise FileRefused(FileProblem.MEMORY_LIMIT, error.detail) from error
        except WorkerError as error:
            raise FileRefused(FileProblem.CRASHED, error.detail) from error

    async def _text(self, path: Path, limits: JobLimits) -> str:
        arguments = {
            "path": str(path),
            "name": path.name,
            "extractor": self._extra_extractors.get(path.suffix.lower(), ""),
        }
        parts: list[str] = []
        items = cast("AsyncGenerator[Any, None]", self._jobs.run(JOB, arguments, limits))
        async with aclosing(items):
            async for item in items:
                parts += (part[1] for part in item.get("parts", ()))
        return "".join(parts)


def _problem(refused: JobRefused) -> FileProblem:
    """A job of another room may refuse for reasons of its own."""
    try:
        return FileProblem(refused.reason)
    except ValueError:
        return FileProblem.UNREADABLE
