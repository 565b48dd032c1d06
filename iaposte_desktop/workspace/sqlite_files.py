"""SQLite files: private from their first byte, opened the one way we open them."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

BUSY_TIMEOUT_SECONDS = 5.0

_SIDE_FILES = ("", "-wal", "-shm")


def side_files(path: Path) -> tuple[Path, ...]:
    """The database file, its log and the log's index; the latter two may not exist."""
    return tuple(path.with_name(path.name + suffix) for suffix in _SIDE_FILES)


def private_folder(folder: Path) -> None:
    """Create it as 0700. An existing folder is closed to others too, unless it is meant to be shared (sticky)."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    mode = stat.S_IMODE(folder.stat().st_mode)
    if mode & 0o077 and not mode & stat.S_ISVTX:
        with suppress(PermissionError):  # It belongs to someone else, who chose.
            folder.chmod(0o700)


def private_file(path: Path) -> None:
    """Create it empty as 0600, or close an existing one and its side files to others. Raises OSError where it cannot
    be written. SQLite gives the side files the mode of the database."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    for each in side_files(path):
        if each.exists() and stat.S_IMODE(each.stat().st_mode) != 0o600:
            each.chmod(0o600)


def connect(path: Path, *, foreign_keys: bool = True) -> sqlite3.Connection:
    """A connection that writes, without the module's own transactions: BEGIN is ours to say."""
    private_file(path)
    connection = _tolerant(sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None))
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
    except BaseException:
        connection.close()
        raise
    return connection


def connect_to_look(path: Path) -> sqlite3.Connection:
    """A connection that leaves the file as it is: closing it does not move the log into the database."""
    # Without a log nobody has the file open, and SQLite need not create one beside it.
    how = "mode=ro" if side_files(path)[1].exists() else "immutable=1"
    uri = f"{path.absolute().as_uri()}?{how}"
    return _tolerant(sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None))


def connect_to_recover(path: Path) -> sqlite3.Connection:
    """A connection that reads a file shorter than it says, and tables beside one whose definition is damaged."""
    connection = _tolerant(sqlite3.connect(path, isolation_level=None))
    connection.execute("PRAGMA writable_schema=ON")
    return connection


def _tolerant(connection: sqlite3.Connection) -> sqlite3.Connection:
    """A byte that rotted inside a text shows as U+FFFD, instead of keeping the whole list it is in from being read."""
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    return connection


def sync(path: Path) -> None:
    """Bring a file or, where the system can, a folder's entries to the disk."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
