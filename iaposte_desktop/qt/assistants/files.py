"""Assistants' files, read and written off the window's thread."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from iaposte_desktop.application.assistant_files import MAX_CHARACTERS
from iaposte_desktop.domain.errors import FileProblem, FileRefused, ImportRefused

if TYPE_CHECKING:
    from pathlib import Path

_MAX_BYTES: Final = 4 * MAX_CHARACTERS


async def read_text(path: Path) -> str:
    """Raises FileRefused where it cannot be opened, ImportRefused where it is no text of a likely size."""
    return await asyncio.to_thread(_read, path)


async def write_text(path: Path, text: str) -> None:
    """The old file or the new one, never a part. Raises OSError."""
    await asyncio.to_thread(_write, path, text)


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise FileRefused(FileProblem.UNREADABLE, str(error)) from error
    if len(content) > _MAX_BYTES:
        raise ImportRefused("too large")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRefused(str(error)) from error


def _write(path: Path, text: str) -> None:
    fresh = path.with_name(f".{path.name}.part")
    try:
        fresh.write_text(text, encoding="utf-8", newline="\n")
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
