"""What the system lets a worker use. Unix has limits per process; on Windows the priority alone is lowered, by the
program, and memory is not limited."""

from __future__ import annotations

import contextlib
import math
import os
import signal
import sys
from typing import TYPE_CHECKING

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from collections.abc import Iterator

OPEN_FILES = 256
NICENESS = 10


def confine_process() -> None:
    """Once, at the start of a worker: lower priority, no core dumps, few open files, deaf to Ctrl+C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        os.nice(NICENESS)
        _set_soft(resource.RLIMIT_CORE, 0)
        _set_soft(resource.RLIMIT_NOFILE, OPEN_FILES)


if sys.platform == "win32":

    @contextlib.contextmanager
    def job_limits(memory_bytes: int, seconds: float) -> Iterator[None]:  # noqa: ARG001 - as the other systems have it
        """No limit of the system's own; the program's clock alone."""
        yield

else:

    @contextlib.contextmanager
    def job_limits(memory_bytes: int, seconds: float) -> Iterator[None]:
        """Limit address space and processor time while a job runs; lifted after it, so that its end can be told.

        The processor limit is for a worker whose program died while the job holds the interpreter: nobody else ends it.
        """
        usage = resource.getrusage(resource.RUSAGE_SELF)
        _set_soft(resource.RLIMIT_CPU, math.ceil(usage.ru_utime + usage.ru_stime + 2 * seconds) + 1)
        _set_soft(resource.RLIMIT_AS, memory_bytes)
        try:
            yield
        finally:
            _set_soft(resource.RLIMIT_AS, None)
            _set_soft(resource.RLIMIT_CPU, None)

    def _set_soft(limit: int, value: int | None) -> None:
        """None lifts the limit. The hard limit stays, so that the next job may have more."""
        hard = resource.getrlimit(limit)[1]
        if value is None or (hard != resource.RLIM_INFINITY and value > hard):
            value = hard
        # macOS knows some limits by name only.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, hard))
