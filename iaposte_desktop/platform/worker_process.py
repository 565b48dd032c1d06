"""One worker process, seen from the program: started, given a job, read, killed."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from iaposte_desktop.domain.errors import WorkerCrashed, WorkerError, WorkerMemoryLimit, WorkerTimeLimit
from iaposte_desktop.domain.ports.isolation import JobRefused
from iaposte_desktop.platform import frames

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from iaposte_desktop.domain.json import JsonValue
    from iaposte_desktop.domain.ports.isolation import JobLimits

START_SECONDS = 60.0
STDERR_BYTES = 4096
READ_AHEAD_BYTES = 128 * 1024
"""Twice this may be decoded without the loop getting its turn."""

PASSED_ON = frozenset({"PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH"})
"""Environment variables a worker may see. No key, token or proxy password is among them."""

OUT_OF_MEMORY = (b"memory allocation of", b"bad_alloc", b"MemoryError", b"out of memory", b"Out of memory")
"""What native libraries say before they abort for want of memory."""

if sys.platform == "win32":
    CREATION_FLAGS = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
else:
    CREATION_FLAGS = 0


class WorkerProcess:
    """A worker does one job at a time; after anything but a job's own end it is only good to be killed."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        self._process = process
        self._stdin = process.stdin
        self._stdout = process.stdout
        self._reading = asyncio.Lock()
        self._stderr_tail = b""
        self._stderr_reader = asyncio.create_task(self._read_stderr(process.stderr), name="worker-stderr")
        self._seconds_left = START_SECONDS
        self._seconds = START_SECONDS
        self.jobs_begun = 0

    @classmethod
    async def start(cls, packages: Collection[str]) -> WorkerProcess:
        """A fresh interpreter, not yet `ready`. Raises WorkerCrashed."""
        pipe = subprocess.PIPE
        try:
            return cls(
                await asyncio.create_subprocess_exec(
                    *_command(packages),
                    stdin=pipe,
                    stdout=pipe,
                    stderr=pipe,
                    env=_environment(),
                    limit=READ_AHEAD_BYTES,
                    creationflags=CREATION_FLAGS,
                )
            )
        except OSError as error:
            raise WorkerCrashed(f"not started: {error}") from error

    async def ready(self) -> None:
        """Wait until it takes jobs. Raises WorkerError."""
        await self._next_frame()

    @property
    def is_alive(self) -> bool:
        return self._process.returncode is None and not self._stdout.at_eof()

    async def begin(self, job: str, arguments: Mapping[str, JsonValue], limits: JobLimits) -> None:
        """Hand over a job; its time runs from here, while the program waits for it."""
        self.jobs_begun += 1
        self._seconds = self._seconds_left = limits.seconds
        request = {
            "job": job,
            "arguments": arguments,
            "memory_bytes": limits.memory_bytes,
            "seconds": limits.seconds,
        }
        self._stdin.write(frames.encode(request))
        with contextlib.suppress(ConnectionError):  # A worker that died is told of by its output's end.
            await self._stdin.drain()

    async def next_item(self) -> dict[str, JsonValue] | None:
        """`{"item": value}`, or None after the last. Raises what `IsolatedJobs.run` raises."""
        frame = await self._next_frame()
        if "item" in frame:
            return frame
        detail = str(frame.get("detail"))
        match frame.get("end"):
            case "done":
                return None
            case "refused":
                raise JobRefused(str(frame.get("reason")), detail)
            case "memory":
                raise WorkerMemoryLimit(detail)
            case _:
                raise WorkerCrashed(detail)

    def kill(self) -> None:
        if self._process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                # Process.kill polls first; when the worker has just died, that takes its exit status from the loop.
                os.kill(self._process.pid, signal.SIGKILL)

    async def wait(self) -> int:
        """Its exit status, once it is gone and nothing of it is left. For a worker that was killed."""
        async with self._reading:
            # The transport is closed only once the pipe was read to its end.
            while await self._stdout.read(READ_AHEAD_BYTES):
                pass
        self._stdin.close()
        await self._stderr_reader
        return await self._process.wait()

    async def _next_frame(self) -> dict[str, Any]:
        clock = asyncio.get_running_loop().time
        begun = clock()
        try:
            async with asyncio.timeout(self._seconds_left), self._reading:
                size = frames.body_size(await self._stdout.readexactly(frames.HEADER.size))
                frame = frames.decode(await self._stdout.readexactly(size))
        except TimeoutError:
            raise WorkerTimeLimit(f"over {self._seconds:g} s") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise await self._death() from None
        except (ValueError, RecursionError) as error:
            raise WorkerCrashed(f"no frame: {error}") from error
        self._seconds_left -= clock() - begun
        return frame

    async def _death(self) -> WorkerError:
        self.kill()
        status = await self.wait()
        if any(sign in self._stderr_tail for sign in OUT_OF_MEMORY):
            return WorkerMemoryLimit(self._told(status))
        if sys.platform != "win32" and status == -signal.SIGXCPU:
            return WorkerTimeLimit(self._told(status))
        return WorkerCrashed(self._told(status))

    def _told(self, status: int) -> str:
        ended = f"ended by {signal.Signals(-status).name}" if status < 0 else f"ended with status {status}"
        said = self._stderr_tail.decode("utf-8", "replace").strip()
        return f"{ended}\n{said}" if said else ended

    async def _read_stderr(self, stderr: asyncio.StreamReader) -> None:
        while read := await stderr.read(STDERR_BYTES):
            self._stderr_tail = (self._stderr_tail + read)[-STDERR_BYTES:]


def _command(packages: Collection[str]) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "--worker", *packages]
    return [sys.executable, "-P", "-m", "iaposte_desktop.platform.worker", *packages]


def _environment() -> dict[str, str]:
    passed_on = {name: value for name, value in os.environ.items() if name.upper() in PASSED_ON}
    # Each malloc arena reserves 64 MB of the address space that jobs are limited by.
    return passed_on | {"PYTHONPATH": os.pathsep.join(sys.path), "MALLOC_ARENA_MAX": "1"}
