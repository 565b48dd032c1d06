"""What becomes of a damaged database: it is kept as it is, and the best there is takes its place.

The new database is complete under its own name before the damaged one is moved aside, so that a start that is killed
in between finds one of the two again.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import DiskFull, ProfileReadOnly, StorageError
from iaposte_desktop.workspace.backups import backups_in, copy, row_counts, stamp, verified_counts
from iaposte_desktop.workspace.mending import mend
from iaposte_desktop.workspace.migrate import migrate, revisions
from iaposte_desktop.workspace.recovery import recover
from iaposte_desktop.workspace.sqlite_errors import UNREADABLE, translated
from iaposte_desktop.workspace.sqlite_files import connect_to_look, side_files, sync
from iaposte_desktop.workspace.tables import alembic_version

if TYPE_CHECKING:
    from iaposte_desktop.workspace.place import Place

logger = logging.getLogger(__name__)

_WORK_FOLDER = ".repair-"


class RepairSource(StrEnum):
    RECOVERED = "recovered"
    BACKUP = "backup"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class RepairReport:
    """`kept_at` is where the damaged file lies, untouched. `rows` counts what the workspace holds now, by table;
    `backup` is the file that was restored."""

    kept_at: Path
    source: RepairSource
    detail: str
    rows: Mapping[str, int] = field(default_factory=dict)
    backup: Path | None = None


def repair(place: Place, detail: str) -> RepairReport:
    """Move the damaged database aside and put in its place the rows that could be read, else the newest sound
    backup, else nothing. Raises what the lack of room to do so raises; then nothing is moved."""
    folder = _work_folder(place.path)
    try:
        source, made, backup = _make(place, folder)
        rows = _rows(made) if made else {}
        if made:
            sync(made)
            made.replace(_ready(place.path))
            sync(place.path.parent)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    kept_at = _free_name(place)
    place.path.rename(kept_at)
    finish_repair(place.path)
    logger.warning("the workspace was damaged (%s): kept as %s, now %s", detail, kept_at.name, source)
    return RepairReport(kept_at, source, detail, rows, backup)


def finish_repair(path: Path) -> None:
    """Once the damaged database is out of the way: move its log after it, and put what was made in its place."""
    if path.exists():
        return
    if kept := sorted(path.parent.glob(f"{path.stem}.damaged-*{path.suffix}")):
        for old, new in zip(side_files(path)[1:], side_files(kept[-1])[1:], strict=True):
            if old.exists():
                old.replace(new)
    if _ready(path).exists():
        _ready(path).rename(path)
    sync(path.parent)


def _work_folder(path: Path) -> Path:
    """Beside the database, so that what is made there can be moved; what a killed repair left is removed."""
    for left in path.parent.glob(f"{_WORK_FOLDER}*"):
        shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=_WORK_FOLDER, dir=path.parent))


def _ready(path: Path) -> Path:
    return path.with_name(f"{path.stem}.repaired{path.suffix}")


def _free_name(place: Place) -> Path:
    path, at = place.path, place.clock()
    while (name := path.with_name(f"{path.stem}.damaged-{stamp(at)}{path.suffix}")).exists():
        at += timedelta(microseconds=1)
    return name


def _make(place: Place, folder: Path) -> tuple[RepairSource, Path | None, Path | None]:
    """What the new workspace is made from, its file, and the backup it is a copy of."""
    known = revisions(place.migrations)
    recovered = folder / "recovered.db"
    if _is_recovered(place, recovered, known):
        return RepairSource.RECOVERED, recovered, None
    for backup in backups_in(place.backups):
        if _is_sound(backup, known):
            restored = folder / "restored.db"
            copy(backup, restored)
            return RepairSource.BACKUP, restored, backup
    return RepairSource.NEW, None, None


def _is_recovered(place: Place, made: Path, known: list[str]) -> bool:
    """Whether at least one row could be read, and makes a sound database of the newest revision."""
    try:
        with translated(made):
            recover(place.path, made)
            if not _is_sound(made, known):
                return False
            if _revision(made) != known[-1]:
                migrate(made, place.migrations)
            mend(made, place.clock())
            verified_counts(made)
            return any(_rows(made).values())
    except (DiskFull, ProfileReadOnly):
        raise
    except StorageError as error:
        logger.info("no rows could be recovered: %s", error)
        return False


def _is_sound(path: Path, known: list[str]) -> bool:
    try:
        verified_counts(path)
        return _revision(path) in known
    except (*UNREADABLE, StorageError) as error:
        logger.info("%s is of no use: %s", path.name, error)
        return False


def _rows(path: Path) -> dict[str, int]:
    with closing(connect_to_look(path)) as connection:
        return {name: count for name, count in row_counts(connection).items() if name != alembic_version.name}


def _revision(path: Path) -> str | None:
    with closing(connect_to_look(path)) as connection:
        row = connection.execute(f"SELECT version_num FROM {alembic_version.name}").fetchone()
        return row and str(row[0])
