"""The worker process: takes jobs on its standard input, one at a time, and sends what they yield to its standard
output. It ends when the program does, also in the middle of a job.

    program → worker   {"job": "package.module:function", "arguments": {…}, "memory_bytes": …, "seconds": …}
    worker → program   {"ready": true} once, then for each job any number of {"item": …} and one of
                       {"end": "done"} · {"end": "refused", "reason", "detail"} · {"end": "memory", "detail"} ·
                       {"end": "crashed", "detail"}
"""

from __future__ import annotations

import importlib
import os
import queue
import sys
import threading
from typing import TYPE_CHECKING, Any, BinaryIO

from iaposte_desktop.domain.ports.isolation import JobRefused
from iaposte_desktop.platform import frames
from iaposte_desktop.platform.limits import confine_process, job_limits

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

DETAIL_CHARACTERS = 500


def main(packages: Collection[str]) -> None:
    """Serve until the program closes the pipe. Jobs are taken from modules of `packages` alone."""
    requests, results = _take_pipes()
    confine_process()
    waiting: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_read_requests, args=(requests, waiting), daemon=True).start()
    _send(results, {"ready": True})
    while True:
        _send(results, _perform(waiting.get(), packages, results))


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes under new descriptors: what a library prints goes to standard error, and it finds no input."""
    requests, results = os.dup(0), os.dup(1)
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(requests, os.O_BINARY)
        msvcrt.setmode(results, os.O_BINARY)
    return os.fdopen(requests, "rb"), os.fdopen(results, "wb")


def _read_requests(requests: BinaryIO, waiting: queue.SimpleQueue[dict[str, Any]]) -> None:
    """On a thread of its own, so that the end of the program is seen while a job runs."""
    while len(header := requests.read(frames.HEADER.size)) == frames.HEADER.size:
        waiting.put(frames.decode(requests.read(frames.body_size(header))))
    os._exit(0)


def _send(results: BinaryIO, value: dict[str, Any]) -> None:
    results.write(frames.encode(value))
    results.flush()


def _perform(request: dict[str, Any], packages: Collection[str], results: BinaryIO) -> dict[str, Any]:
    try:
        job = _find_job(request["job"], packages)
        with job_limits(request["memory_bytes"], request["seconds"]):
            for item in job(**request["arguments"]):
                _send(results, {"item": item})
    except JobRefused as refused:
        return {"end": "refused", "reason": refused.reason, "detail": refused.detail[:DETAIL_CHARACTERS]}
    except BaseException as error:  # A job that calls sys.exit is told like any other failure.
        return {"end": "memory" if _is_out_of_memory(error) else "crashed", "detail": _told(error)}
    return {"end": "done"}


def _find_job(name: str, packages: Collection[str]) -> Callable[..., Iterable[Any]]:
    module, _, function = name.partition(":")
    if module.partition(".")[0] not in packages:
        raise ValueError(f"{name} is in no package that jobs are taken from")
    job: Callable[..., Iterable[Any]] = getattr(importlib.import_module(module), function)
    return job


def _is_out_of_memory(error: BaseException | None) -> bool:
    """Libraries wrap a MemoryError in errors of their own."""
    while error is not None:
        if isinstance(error, MemoryError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:DETAIL_CHARACTERS]


if __name__ == "__main__":
    main(frozenset(sys.argv[1:]))
