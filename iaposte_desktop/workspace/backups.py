"""Copies of the database, each opened and counted before it may be called a backup."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import StorageError
from iaposte_desktop.workspace.sqlite_files import connect_to_look, private_file, private_folder, sync

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

KEPT_BACKUPS = 5


def stamp(at: datetime) -> str:
    """A UTC time as part of a file name; text order is time order."""
    return f"{at:%Y%m%dT%H%M%S%f}Z"


def back_up(path: Path, folder: Path, *, at: datetime, revision: str) -> Path:
    """Copy the database at `path` into `folder`, verify the copy, and drop all but the newest copies.

    Raises sqlite3.Error, OSError or StorageError, and then leaves no file behind.
    """
    private_folder(folder)
    target = folder / f"workspace-{stamp(at)}-v{revision}.db"
    partial = target.with_suffix(".partial")
    try:
        counts = copy(path, partial)
        if (kept := verified_counts(partial)) != counts:
            raise StorageError(f"the backup holds {kept} instead of {counts}")
        sync(partial)
        partial.replace(target)
        sync(folder)
    finally:
        partial.unlink(missing_ok=True)
    for old in backups_in(folder)[KEPT_BACKUPS:]:
        old.unlink()
    return target


def backups_in(folder: Path) -> list[Path]:
    """Newest first."""
    return sorted(folder.glob("workspace-*-v*.db"), reverse=True)


def copy(path: Path, target: Path) -> dict[str, int]:
    """Copy a database with its log into one private file; returns the rows of each table it holds."""
    private_file(target)
    with closing(connect_to_look(path)) as source, closing(sqlite3.connect(target, isolation_level=None)) as copied:
        source.execute("BEGIN")
        counts = row_counts(source)
        source.backup(copied)
        copied.execute("PRAGMA journal_mode=DELETE")
    return counts


def verified_counts(path: Path) -> dict[str, int]:
    """The rows of each table of a sound database. Raises StorageError for damage that SQLite can see."""
    with closing(connect_to_look(path)) as connection:
        problems = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
        if problems != ["ok"]:
            raise StorageError(f"{path.name}: {problems[0]}")
        return row_counts(connection)


def row_counts(connection: sqlite3.Connection) -> dict[str, int]:
    return {
        name: connection.execute(f"SELECT count(*) FROM {quoted(name)}").fetchone()[0] for name in names(connection)
    }


def names(connection: sqlite3.Connection) -> list[str]:
    """The tables of a database, SQLite's own left out."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND typeof(name) = 'text'")
    return [row[0] for row in rows if not row[0].startswith("sqlite_")]


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
