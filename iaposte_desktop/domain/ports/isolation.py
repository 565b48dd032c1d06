"""Work on foreign bytes, done in a process that may be killed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from iaposte_desktop.domain.json import JsonValue


@dataclass(frozen=True, slots=True)
class JobLimits:
    """`seconds` of wall time for the whole job; `memory_bytes` of address space the worker may use."""

    seconds: float
    memory_bytes: int = 1024 * 1024 * 1024


class JobRefused(Exception):
    """Raised by a job itself, in the worker, and again by `run` in the program: the input was read and refused.
    `reason` is a word of the job's own (a FileProblem, a MailProblem)."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class IsolatedJobs(Protocol):
    def run(self, job: str, arguments: Mapping[str, JsonValue], limits: JobLimits) -> AsyncIterator[JsonValue]:
        """What the generator function `package.module:function` yields when called with `arguments` in a worker
        process: only JSON crosses. Waits for a free worker. Closing the iterator early kills the worker.

        Raises JobRefused, WorkerTimeLimit, WorkerMemoryLimit, WorkerCrashed (the worker died, or the job raised).
        """
        ...

    async def aclose(self) -> None: ...
