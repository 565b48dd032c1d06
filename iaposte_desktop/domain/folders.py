"""Folders on the disk that a store follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SyncedFolder:
    """The files below `path` are those of a store. `is_watched`: changes are looked for while the program runs;
    nothing is changed in the store before a person has seen the list."""

    id: str
    store_id: str
    path: str
    is_watched: bool = True
    synced_at: datetime | None = None
