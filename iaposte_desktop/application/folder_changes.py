"""What a folder on the disk has that the store that follows it has not, and the other way round. Runs on threads.

A folder that cannot be read never means that its files were removed: neither where it is gone, nor where it is empty,
as a share that is not mounted looks, nor for a part of it that may not be entered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from iaposte_desktop.application.walking import files_below
from iaposte_desktop.domain.knowledge import FileStatus, VectorStoreFile

if TYPE_CHECKING:
    from collections.abc import Container, MutableMapping

_SAME_MOMENT: Final = timedelta(milliseconds=1)


class ChangeKind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FolderChange:
    """`path` is where the file is now; for REMOVED, where it was. `file` is what the store has of it."""

    kind: ChangeKind
    path: Path
    file: VectorStoreFile | None = None


@dataclass(frozen=True, slots=True)
class OnDisk:
    bytes: int
    modified_at: datetime


@dataclass(frozen=True, slots=True)
class FolderScan:
    """`unread` are folders in it that could not be entered."""

    files: Mapping[Path, OnDisk]
    unread: Sequence[Path] = ()


Hashes = dict[tuple[Path, OnDisk], str]
"""Of what was read before, so that a file that was merely touched is read once."""


def scan(root: Path, suffixes: Container[str]) -> FolderScan | None:
    """The files of known types, hidden ones and links that lead out of the folder left out. None where the folder
    cannot be read."""
    unread: list[Path] = []
    files: dict[Path, OnDisk] = {}
    try:
        if not root.is_dir():
            return None
        real = root.resolve()
        for path in files_below(root, suffixes, lambda error: unread.append(Path(error.filename))):
            if path.is_symlink() and not path.resolve().is_relative_to(real):
                continue
            try:
                found = path.stat()
            except OSError:
                unread.append(path)
                continue
            files[path] = OnDisk(found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))
    except OSError:
        return None
    return None if root in unread else FolderScan(files, tuple(unread))


def changes_in(
    root: Path, found: FolderScan, held: Sequence[VectorStoreFile], hashes: MutableMapping[tuple[Path, OnDisk], str]
) -> tuple[FolderChange, ...] | None:
    """None where the folder is empty and the store has files of it."""
    known = _by_path(root, held)
    if known and not found.files:
        return None
    changes = []
    for path, file in known.items():
        on_disk = found.files.get(path)
        if on_disk is None:
            if not any(path.is_relative_to(part) for part in found.unread):
                changes.append(FolderChange(ChangeKind.REMOVED, path, file))
        elif file.status is not FileStatus.IN_PROGRESS and _differs(path, on_disk, file, hashes):
            changes.append(FolderChange(ChangeKind.CHANGED, path, file))
    new = [path for path in found.files if path not in known]
    return tuple(sorted(_with_moves(changes, new, found, hashes), key=lambda change: change.path))


def _by_path(root: Path, held: Sequence[VectorStoreFile]) -> dict[Path, VectorStoreFile]:
    """Of several files from one place the one that is ready counts."""
    known: dict[Path, VectorStoreFile] = {}
    for file in sorted(held, key=lambda file: file.status is FileStatus.COMPLETED):
        path = Path(file.source_path)
        if file.source_path and path.is_relative_to(root):
            known[path] = file
    return known


def _with_moves(
    changes: list[FolderChange],
    new: Sequence[Path],
    found: FolderScan,
    hashes: MutableMapping[tuple[Path, OnDisk], str],
) -> list[FolderChange]:
    """A file that is gone and is elsewhere with the same content was moved."""
    gone = {
        (change.file.sha256, change.file.bytes): change
        for change in changes
        if change.kind is ChangeKind.REMOVED and change.file is not None and change.file.sha256
    }
    sizes = {size for _, size in gone}
    for path in new:
        on_disk = found.files[path]
        sha256 = _hash(path, on_disk, hashes) if on_disk.bytes in sizes else ""
        was = gone.pop((sha256, on_disk.bytes), None)
        if was is not None:
            changes.remove(was)
        changes.append(FolderChange(ChangeKind.MOVED if was else ChangeKind.ADDED, path, was.file if was else None))
    return changes


def _differs(
    path: Path, on_disk: OnDisk, file: VectorStoreFile, hashes: MutableMapping[tuple[Path, OnDisk], str]
) -> bool:
    was = file.source_modified_at
    if (
        was is not None
        and abs(was - on_disk.modified_at) < _SAME_MOMENT
        and on_disk.bytes == (file.bytes or on_disk.bytes)
    ):
        return False
    return not file.sha256 or _hash(path, on_disk, hashes) not in ("", file.sha256)


def _hash(path: Path, on_disk: OnDisk, hashes: MutableMapping[tuple[Path, OnDisk], str]) -> str:
    """Empty where the file cannot be read now: it is looked at again the next time."""
    if (path, on_disk) not in hashes:
        try:
            with path.open("rb") as file:
                hashes[path, on_disk] = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return ""
    return hashes[path, on_disk]
