"""A file read by a worker: what the reading job yields, and the one reason for which a file cannot be read."""

from __future__ import annotations

from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from iaposte_desktop.domain.ports.isolation import JobLimits
from iaposte_desktop.engine.reading import BY_CONTENT, EXTRACTORS, JOB
from iaposte_desktop.engine.refusals import told_of_the_file

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

    from iaposte_desktop.domain.ports.isolation import IsolatedJobs

MAX_FILE_BYTES: Final = 200 * 1024**2
_SECONDS: Final = 60
_SECONDS_PER_MB: Final = 1


class Extracting:
    """`extra_extractors`: file suffix → the job of another room that extracts such files. `job` takes the arguments of
    `read_file`, and `more` of its own."""

    def __init__(self, jobs: IsolatedJobs, extra_extractors: Mapping[str, str], job: str = JOB) -> None:
        self._jobs = jobs
        self._job = job
        self._extra_extractors = extra_extractors
        self.suffixes = frozenset(EXTRACTORS) | BY_CONTENT | frozenset(extra_extractors)

    async def items(self, path: Path, name: str, size: int, **more: str) -> AsyncGenerator[Any, None]:
        """What the job yields of the file at `path`, which the user knows by `name`; its own docstring says which
        shapes come. Raises FileRefused."""
        limits = JobLimits(seconds=_SECONDS + _SECONDS_PER_MB * size / 1024**2)
        extractor = self._extra_extractors.get(Path(name).suffix.lower(), "")
        arguments = {"path": str(path), "name": name, "extractor": extractor, **more}
        with told_of_the_file():
            # The port promises an iterator; every implementation is a generator.
            items = cast("AsyncGenerator[Any, None]", self._jobs.run(self._job, arguments, limits))
            async with aclosing(items):
                async for item in items:
                    yield item
