"""A file on its way out: what may be sent at all, its hash, and a reader that tells how far it is."""

from __future__ import annotations

import asyncio
import hashlib
import io
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.errors import FileProblem, FileRefused

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Container, Sequence
    from pathlib import Path
    from typing import BinaryIO

ACCEPTED: Final = frozenset(
    f".{name}"
    for name in "c cpp cs css doc docx go html java js json md pdf php pptx py rb sh tex ts txt".split(" ")  # noqa: SIM905
)
"""What file search takes, by OpenAI's list; other types are sent as text."""
MAX_BYTES: Final = 512 * 1024 * 1024
_SLICE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    bytes: int
    sha256: str


async def sizes_of(paths: Sequence[Path]) -> list[int]:
    """0 where there is no such file."""
    return await asyncio.to_thread(lambda: list(map(_size, paths)))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def look_at(path: Path, suffixes: Container[str], stop: threading.Event) -> Source:
    """Of a regular file that may be sent. Blocks; once `stop` is set, what comes is of no use. Raises FileRefused."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise FileRefused(FileProblem.NOT_A_FILE, stat.filemode(found.st_mode))
        if path.suffix.lower() not in suffixes:
            raise FileRefused(FileProblem.UNSUPPORTED, path.suffix)
        if found.st_size > MAX_BYTES:
            raise FileRefused(FileProblem.TOO_LARGE, f"{found.st_size} bytes, {MAX_BYTES} at most")
        with path.open("rb") as file:
            source = _hashed(file, stop)
    except OSError as error:
        raise _refusal(error) from error
    if not source.bytes:
        raise FileRefused(FileProblem.EMPTY, "0 bytes")
    return source


def _hashed(file: BinaryIO, stop: threading.Event) -> Source:
    digest = hashlib.sha256()
    size = 0
    while not stop.is_set() and (piece := file.read(_SLICE)):
        digest.update(piece)
        size += len(piece)
    return Source(size, digest.hexdigest())


def _refusal(error: OSError) -> FileRefused:
    is_gone = isinstance(error, FileNotFoundError | NotADirectoryError)
    return FileRefused(FileProblem.VANISHED if is_gone else FileProblem.UNREADABLE, str(error))


class CountedFile(io.BufferedReader):
    """Tells `on_read` how many bytes have been read since its start."""

    def __init__(self, path: Path, on_read: Callable[[int], None]) -> None:
        """Raises FileRefused."""
        try:
            super().__init__(io.FileIO(path))
        except OSError as error:
            raise _refusal(error) from error
        self._on_read = on_read

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        self._on_read(self.tell())
        return piece
