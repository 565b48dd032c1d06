"""SQLAlchemy over one SQLite connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import StaticPool

from iaposte_desktop.workspace.sqlite_files import connect

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine


def sqlite_engine(path: Path, *, foreign_keys: bool = True) -> Engine:
    """One connection, opened at first use by the thread that alone may use it. The execution option `writes` takes
    the write lock at the start of a transaction."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: connect(path, foreign_keys=foreign_keys),
        poolclass=StaticPool,
        hide_parameters=True,  # Errors end in logs and bug reports, customers' texts do not.
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
