"""SQLite connections of the index. A writing one belongs to the engine's writer thread, a reading one to its reader
thread; files are readable by their owner alone."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import apsw

from iaposte_desktop.engine.index import schema
from iaposte_desktop.engine.layout import make_private_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUSY_MILLISECONDS = 10_000
_CACHE_KIB = 32 * 1024


def open_writing(path: Path) -> apsw.Connection:
    """Creates the file and its tables when they are not there."""
    make_private_folder(path.parent)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    connection = apsw.Connection(os.fspath(path))
    connection.set_busy_timeout(BUSY_MILLISECONDS)
    connection.pragma("journal_mode", "wal")
    # The catalogue says `completed` once this has committed, so it must survive a power cut.
    connection.pragma("synchronous", "full")
    connection.pragma("secure_delete", "on")
    connection.pragma("cache_size", -_CACHE_KIB)
    schema.create(connection)
    return connection


@contextmanager
def transaction(connection: apsw.Connection) -> Iterator[None]:
    """Done whole or not at all. apsw's own, `with connection`, keeps every other thread waiting while it commits."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def open_reading(path: Path) -> apsw.Connection:
    connection = apsw.Connection(os.fspath(path), flags=apsw.SQLITE_OPEN_READWRITE)
    connection.set_busy_timeout(BUSY_MILLISECONDS)
    connection.pragma("query_only", "on")
    return connection
