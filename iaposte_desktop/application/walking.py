"""Which files are meant by files and folders that somebody points at. Runs on threads."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator


def files_in(paths: Iterable[Path], suffixes: Container[str]) -> list[Path]:
    """Files as given, whatever their type (their row says why they fail); of folders, what `files_below` finds."""
    found: dict[Path, None] = {}
    for path in paths:
        found.update(dict.fromkeys(files_below(path, suffixes) if path.is_dir() else (path,)))
    return list(found)


def files_below(
    folder: Path, suffixes: Container[str], on_error: Callable[[OSError], None] | None = None
) -> Iterator[Path]:
    """By name, what has a known suffix and is not hidden. Links to folders are not followed. `on_error` hears of the
    folders that cannot be listed."""
    for parent, folders, names in os.walk(folder, onerror=on_error):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in suffixes:
                yield Path(parent, name)
