"""The draft: what the agent writes to the customer, kept apart from the conversation and from suggestions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class RevisionReason(StrEnum):
    """Why a text was kept: what was about to happen to it, or what it had become."""

    ACCEPTED = "accepted"
    REPLACED = "replaced"
    EMPTIED = "emptied"
    RESTORED = "restored"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Draft:
    """`text` is the agent's own. `run_id` is the run its markers refer to, `suggestion_run_id` a run whose text waits
    to be accepted or dismissed. `sequence` grows with each save: an older save never replaces a newer one."""

    thread_id: str
    text: str
    updated_at: datetime
    sequence: int = 0
    run_id: str | None = None
    suggestion_run_id: str | None = None


@dataclass(frozen=True, slots=True)
class DraftRevision:
    id: str
    thread_id: str
    text: str
    reason: RevisionReason
    created_at: datetime
    run_id: str | None = None
