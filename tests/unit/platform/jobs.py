"""Jobs that tests run in real workers."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from iaposte_desktop.domain.ports.isolation import JobRefused

if TYPE_CHECKING:
    from collections.abc import Iterator


def echo(value: object) -> Iterator[object]:
    yield value


def count(items: int, size: int = 0) -> Iterator[dict[str, object]]:
    for number in range(items):
        yield {"number": number, "text": "é" * size}


def process_id() -> Iterator[int]:
    yield os.getpid()


def refuse(reason: str, detail: str) -> Iterator[object]:
    yield "before"
    raise JobRefused(reason, detail)


def fail() -> Iterator[object]:
    yield 1
    raise LookupError("no such thing")


def leave_by_exception() -> Iterator[object]:
    yield sys.exit(3)


def leave(status: int) -> Iterator[object]:
    yield os.getpid()
    os._exit(status)


def kill_self(signal_number: int) -> Iterator[object]:
    sys.stderr.write("last words\n")
    sys.stderr.flush()
    os.kill(os.getpid(), signal_number)
    time.sleep(60)
    yield None


def sleep(seconds: float, mark: str = "") -> Iterator[int]:
    if mark:
        Path(mark).write_text(str(os.getpid()))
    yield os.getpid()
    time.sleep(seconds)


def hold_the_interpreter(mark: str) -> Iterator[object]:
    """One regular expression that never gives the interpreter back."""
    Path(mark).write_text(str(os.getpid()))
    re.match(r"(a|a)*$", "a" * 60 + "b")
    yield None


def allocate(megabytes: int) -> Iterator[int]:
    yield len(bytearray(megabytes * 1024 * 1024))


def allocate_wrapped(megabytes: int) -> Iterator[int]:
    try:
        yield len(bytearray(megabytes * 1024 * 1024))
    except MemoryError as error:
        raise RuntimeError("a library's own error") from error


def print_much() -> Iterator[str]:
    print("noise " * 100_000)  # noqa: T201 - what a chatty library does
    os.write(1, b"\x00\x00\x00\x05noise")
    yield "clean"
    yield sys.stdin.read()


def surroundings() -> Iterator[dict[str, object]]:
    yield {"environment": dict(os.environ), "niceness": os.nice(0), "path": sys.path}


def not_json() -> Iterator[object]:
    yield {1, 2}


def oversized() -> Iterator[object]:
    yield "x" * (5 * 1024 * 1024)


def lie() -> Iterator[object]:
    """Writes a frame longer than is allowed past the worker's own writer, as hostile code in it could."""
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, b"\xff\xff\xff\xff")
        except OSError:
            continue
    yield None


def ignore_interrupt() -> Iterator[str]:
    os.kill(os.getpid(), signal.SIGINT)
    yield "still here"
