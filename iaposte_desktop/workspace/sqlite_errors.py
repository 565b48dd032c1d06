"""SQLite's and the system's errors as domain errors: the one place where they are translated."""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from iaposte_desktop.domain.errors import (
    DiskFull,
    ProfileInUse,
    ProfileReadOnly,
    StorageError,
    WorkspaceDamaged,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Messages of SQLite's quote the schema; where that is damaged, the module may fail to decode them.
UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_WRITABLE = {errno.EACCES, errno.EPERM, errno.EROFS}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_IN_USE = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_PROBE_BYTES = 1024 * 1024


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Errors of the database file at `path` leave this context as StorageError or one of its kinds."""
    try:
        yield
    except DBAPIError as error:
        raise _of_original(error.orig, path) from error
    except SQLAlchemyError as error:
        raise StorageError(str(error)) from error
    except sqlite3.Error as error:
        raise _of_sqlite(error, path) from error
    except UnicodeDecodeError as error:
        raise WorkspaceDamaged(path, str(error)) from error
    except OSError as error:
        raise _of_system(error) from error


def is_damage(error: sqlite3.Error | UnicodeDecodeError) -> bool:
    return isinstance(error, UnicodeDecodeError) or _primary_code(error) in _DAMAGED


def _of_original(error: BaseException | None, path: Path) -> StorageError:
    return _of_sqlite(error, path) if isinstance(error, sqlite3.Error) else StorageError(repr(error))


def _of_sqlite(error: sqlite3.Error, path: Path) -> StorageError:
    code = _primary_code(error)
    detail = f"{getattr(error, 'sqlite_errorname', type(error).__name__)}: {error}"
    if code in _DAMAGED:
        return WorkspaceDamaged(path, detail)
    if code in _IN_USE:
        return ProfileInUse(detail)
    if code == sqlite3.SQLITE_FULL:
        return DiskFull(detail)
    if code == sqlite3.SQLITE_READONLY:
        return ProfileReadOnly(detail)
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
        return _of_refused_file(detail, path.parent)
    return StorageError(detail)


def _of_refused_file(detail: str, folder: Path) -> StorageError:
    """SQLite calls a quota, a size limit or a folder without write permission a plain I/O error: ask the system."""
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(_PROBE_BYTES))
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as refusal:
        return type(_of_system(refusal))(f"{detail} ({refusal})")
    return StorageError(detail)


def _of_system(error: OSError) -> StorageError:
    if error.errno in _NO_ROOM:
        return DiskFull(str(error))
    if error.errno in _NOT_WRITABLE:
        return ProfileReadOnly(str(error))
    return StorageError(str(error))


def _primary_code(error: sqlite3.Error) -> int | None:
    code: int | None = getattr(error, "sqlite_errorcode", None)  # Absent where the module itself raised.
    return None if code is None else code & 0xFF
