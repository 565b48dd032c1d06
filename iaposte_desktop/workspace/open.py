"""The way into the workspace: a database that is sound, ours, and of the newest revision when it is handed out."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from iaposte_desktop.workspace.database import Database, DatabaseThread
from iaposte_desktop.workspace.engine import sqlite_engine
from iaposte_desktop.workspace.migrate import MIGRATIONS
from iaposte_desktop.workspace.place import Place
from iaposte_desktop.workspace.sqlite_errors import translated
from iaposte_desktop.workspace.startup import prepare
from iaposte_desktop.workspace.workspace import SqlWorkspace

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

    from sqlalchemy import Engine

    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.workspace.repair import RepairReport


async def open_workspace(path: Path, *, backups: Path, clock: Clock, migrations: Path = MIGRATIONS) -> SqlWorkspace:
    """Create, migrate or repair the database at `path` as needed, and open it.

    Raises WorkspaceNewer for a revision that `migrations` does not hold, ProfileReadOnly, ProfileInUse, DiskFull, or
    StorageError where a migration or the backup before it fails; the database is then as it was.
    """
    thread = DatabaseThread()
    place = Place(path, backups, migrations, clock)
    opening = thread.submit(lambda: _open(place))
    try:
        engine, repair = await asyncio.wrap_future(opening)
    except BaseException:
        await thread.stop(lambda: _close(opening))
        raise
    return SqlWorkspace(Database(thread, engine, lambda: translated(path)), repair)


def _open(place: Place) -> tuple[Engine, RepairReport | None]:
    with translated(place.path):
        repair = prepare(place)
        engine = sqlite_engine(place.path)
        engine.connect().close()
        return engine, repair


def _close(opening: Future[tuple[Engine, RepairReport | None]]) -> None:
    """What was opened for a caller who no longer waits."""
    if opening.exception() is None:
        opening.result()[0].dispose()
