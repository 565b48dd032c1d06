"""How much is done at once, how often, and how long it may take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """Times in seconds. A file that is attached must be ready within `ready_within`. At most `attaches` files are
    attached to a store in any `attaches_within`. A refused request is made `tries` times in all, with pauses that begin
    at `first_pause` and double where the server names none. Taking back what was cancelled may last `undo_within`,
    finding the places of what a search brought `placed_within`."""

    files_at_once: int = 8
    ready_within: float = 600
    attaches: int = 300
    attaches_within: float = 60
    tries: int = 5
    first_pause: float = 0.5
    undo_within: float = 5
    placed_within: float = 3


LIMITS: Final = UploadLimits()
