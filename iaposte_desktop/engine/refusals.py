"""Why a worker did not read a file, in the words of files."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.errors import FileProblem, FileRefused, WorkerError, WorkerMemoryLimit, WorkerTimeLimit
from iaposte_desktop.domain.ports.isolation import JobRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PROBLEMS: Final[Mapping[type[WorkerError], FileProblem]] = {
    WorkerTimeLimit: FileProblem.TIME_LIMIT,
    WorkerMemoryLimit: FileProblem.MEMORY_LIMIT,
}


@contextmanager
def told_of_the_file() -> Iterator[None]:
    """Raises FileRefused for what a job refused, and for a worker that came to its end."""
    try:
        yield
    except JobRefused as error:
        raise FileRefused(_named(error.reason), error.detail) from error
    except WorkerError as error:
        raise FileRefused(_PROBLEMS.get(type(error), FileProblem.CRASHED), error.detail) from error


def _named(reason: str) -> FileProblem:
    """A job of another room may refuse for reasons of its own."""
    try:
        return FileProblem(reason)
    except ValueError:
        return FileProblem.UNREADABLE
