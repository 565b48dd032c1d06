"""Make a new database, or bring an older one to the newest revision: all of it or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import insert
from sqlalchemy.exc import SQLAlchemyError

from iaposte_desktop.domain.errors import StorageError
from iaposte_desktop.workspace.engine import sqlite_engine
from iaposte_desktop.workspace.tables import REVISION, alembic_version, metadata

if TYPE_CHECKING:
    from sqlalchemy import Connection

MIGRATIONS = Path(__file__).parent / "migrations"


def revisions(folder: Path) -> list[str]:
    """Oldest first: the numbers that the files of `folder/versions` begin with."""
    return sorted(file.name.partition("_")[0] for file in (folder / "versions").glob("[0-9]*_*.py"))


def create(path: Path) -> None:
    """The tables of `REVISION`, in a file that holds none yet."""
    engine = sqlite_engine(path)
    try:
        with engine.execution_options(writes=True).begin() as connection:
            metadata.create_all(connection)
            connection.execute(insert(alembic_version).values(version_num=REVISION))
    finally:
        engine.dispose()


def migrate(path: Path, folder: Path) -> None:
    """Raises what the migration raises, and StorageError where it leaves references that lead nowhere; the database
    is then as it was."""
    # Rebuilding a table with foreign keys on would delete what refers to it.
    engine = sqlite_engine(path, foreign_keys=False)
    try:
        with engine.execution_options(writes=True).begin() as connection:
            before = _dangling(connection)
            _upgrade(connection, folder)
            if len(after := _dangling(connection)) > len(before):
                raise StorageError(f"the migration left references that lead nowhere: {sorted(after)}")
    finally:
        engine.dispose()


def _upgrade(connection: Connection, folder: Path) -> None:
    from alembic import command  # Takes 100 ms that only a migration is worth.
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    try:
        command.upgrade(config, "head")
    except (SQLAlchemyError, OSError):
        raise  # Translated where every other of its kind is.
    except Exception as error:
        raise StorageError(f"the migration failed: {error!r}") from error


def _dangling(connection: Connection) -> set[tuple[str, int | None]]:
    """The rows, by table and rowid, that refer to rows that are not there."""
    return {(row[0], row[1]) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}
