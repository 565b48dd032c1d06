from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from iaposte_desktop.domain.ports.clock import Clock


@dataclass(frozen=True, slots=True)
class Place:
    """Where a workspace lies, and what it is brought to: `path` the database file, `backups` a folder of our own,
    `migrations` the folder whose `versions` are the revisions we know."""

    path: Path
    backups: Path
    migrations: Path
    clock: Clock
