"""A file on its way in: what may be read at all, and the private copy that is kept of it, or its own path where the
store keeps none. Runs on threads."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import FileProblem, FileRefused
from iaposte_desktop.engine.layout import PARTIAL, make_private_folder

if TYPE_CHECKING:
    import threading
    from collections.abc import Container
    from typing import BinaryIO

_SLICE_BYTES = 1024 * 1024
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@dataclass(frozen=True, slots=True)
class Copy:
    """What is read, and was hashed. `modified_ns` is that of its last change then."""

    path: Path
    sha256: str
    bytes: int
    modified_ns: int

    def is_as_it_was(self) -> bool:
        """A file of the user's own may change while it is read."""
        try:
            found = self.path.stat()
        except OSError:
            return False
        return (found.st_size, found.st_mtime_ns) == (self.bytes, self.modified_ns)


class Stopped(Exception):
    """The copy was given up because it was told to."""


def preflight(path: Path, suffixes: Container[str], max_bytes: int) -> int:
    """The size of a file that may be read; a symbolic link is followed. Raises FileRefused. Nothing is opened."""
    try:
        found = path.stat()
    except OSError as error:
        raise FileRefused(problem_of(error), str(error)) from error
    if not stat.S_ISREG(found.st_mode):
        raise FileRefused(FileProblem.NOT_A_FILE, stat.filemode(found.st_mode))
    if path.suffix.lower() not in suffixes:
        raise FileRefused(FileProblem.UNSUPPORTED, path.suffix)
    if not found.st_size:
        raise FileRefused(FileProblem.EMPTY, "0 bytes")
    if found.st_size > max_bytes:
        raise FileRefused(FileProblem.TOO_LARGE, f"{found.st_size} bytes, {max_bytes} at most")
    return found.st_size


def modified_at(path: Path) -> datetime | None:
    """None where it cannot be told: reading the file says why."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, OverflowError, ValueError):
        return None


def keep_copy(source: Path, target: Path, max_bytes: int, stop: threading.Event) -> Copy:
    """Copy `source` and hash it on the way. The copy is whole or not there. Raises FileRefused, Stopped."""
    partial = target.with_name(target.name + PARTIAL)
    try:
        make_private_folder(target.parent)
        with _open_regular(source) as read, _open_private(partial) as written:
            sha256, size = _copy(read, written, max_bytes, stop)
            written.flush()
            os.fsync(written.fileno())
        partial.replace(target)
    except (OSError, FileRefused, Stopped) as error:
        shutil.rmtree(target.parent, ignore_errors=True)
        if isinstance(error, OSError):
            raise FileRefused(problem_of(error), str(error)) from error
        raise
    return Copy(target, sha256, size, target.stat().st_mtime_ns)


def hashed(path: Path, max_bytes: int, stop: threading.Event) -> Copy:
    """The file itself: a copy that is there already, or one of which none is kept. Raises FileRefused, Stopped."""
    try:
        with _open_regular(path) as read:
            modified_ns = os.fstat(read.fileno()).st_mtime_ns
            return Copy(path, *_copy(read, None, max_bytes, stop), modified_ns)
    except OSError as error:
        raise FileRefused(problem_of(error), str(error)) from error


def problem_of(error: OSError) -> FileProblem:
    if error.errno in _FULL:
        return FileProblem.DISK_FULL
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return FileProblem.VANISHED
    if isinstance(error, IsADirectoryError):
        return FileProblem.NOT_A_FILE
    return FileProblem.UNREADABLE


def _copy(read: BinaryIO, written: BinaryIO | None, max_bytes: int, stop: threading.Event) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0
    while piece := read.read(_SLICE_BYTES):
        _check(stop)
        size += len(piece)
        if size > max_bytes:
            raise FileRefused(FileProblem.TOO_LARGE, f"grew beyond {max_bytes} bytes")
        digest.update(piece)
        if written is not None:
            written.write(piece)
    if not size:
        raise FileRefused(FileProblem.EMPTY, "0 bytes")
    return digest.hexdigest(), size


def _check(stop: threading.Event) -> None:
    if stop.is_set():
        raise Stopped


def _open_regular(path: Path) -> BinaryIO:
    """A pipe that took the file's place since it was looked at does not block the thread."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise FileRefused(FileProblem.NOT_A_FILE, "changed while it was read")
    return os.fdopen(descriptor, "rb")


def _open_private(path: Path) -> BinaryIO:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o600), "wb")
