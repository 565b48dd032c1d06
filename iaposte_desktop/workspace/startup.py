"""What happens to the database file before it is used: look, and then create, repair or migrate it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import WorkspaceDamaged, WorkspaceNewer
from iaposte_desktop.workspace.backups import back_up, backups_in, names
from iaposte_desktop.workspace.migrate import create, migrate, revisions
from iaposte_desktop.workspace.repair import finish_repair, repair
from iaposte_desktop.workspace.sqlite_errors import UNREADABLE, is_damage
from iaposte_desktop.workspace.sqlite_files import connect_to_look, private_folder, side_files
from iaposte_desktop.workspace.tables import REVISION, alembic_version

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from iaposte_desktop.workspace.place import Place
    from iaposte_desktop.workspace.repair import RepairReport


@dataclass(frozen=True, slots=True)
class Sound:
    """A database that SQLite finds no fault with; `revision` None means: it is empty."""

    revision: str | None


@dataclass(frozen=True, slots=True)
class Damaged:
    detail: str


def prepare(place: Place) -> RepairReport | None:
    """Leave a sound database of the newest revision at the place."""
    private_folder(place.path.parent)
    finish_repair(place.path)
    known = revisions(place.migrations)
    report = None
    found = look(place.path, place.backups, known)
    if isinstance(found, Damaged):
        report = repair(place, found.detail)
        found = look(place.path, place.backups, known)
        if isinstance(found, Damaged):
            raise WorkspaceDamaged(report.kept_at, found.detail)
    revision = found.revision
    if revision is None:
        create(place.path)
        revision = REVISION
    elif revision != known[-1]:
        back_up(place.path, place.backups, at=place.clock(), revision=revision)
    if revision != known[-1]:
        migrate(place.path, place.migrations)
    return report


def look(path: Path, backups: Path, known: list[str]) -> Sound | Damaged:
    """Without touching the file. Raises WorkspaceNewer for a revision that is not among `known`."""
    if not path.exists():
        return Sound(None)
    if path.stat().st_size == 0:
        log = side_files(path)[1]
        once_held_something = backups_in(backups) or (log.exists() and log.stat().st_size > 0)
        return Damaged("the file is empty") if once_held_something else Sound(None)
    try:
        with closing(connect_to_look(path)) as connection:
            return _look_inside(connection, known)
    except UNREADABLE as error:
        if is_damage(error):
            return Damaged(str(error))
        raise


def _look_inside(connection: sqlite3.Connection, known: list[str]) -> Sound | Damaged:
    tables = names(connection)
    row = None
    if alembic_version.name in tables:
        row = connection.execute(f"SELECT version_num FROM {alembic_version.name}").fetchone()
    if row is not None and row[0] not in known:
        raise WorkspaceNewer(f"revision {row[0]}, and the newest known is {known[-1]}")
    problem = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if problem != "ok":
        return Damaged(" ".join(problem.split()))
    if row is None and tables:
        return Damaged("the revision is missing")
    return Sound(row and row[0])
