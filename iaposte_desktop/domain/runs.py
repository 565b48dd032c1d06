"""Runs and their steps, and the states a run may go through.

    queued ──► in_progress ──► completed
      │         │  ▲   │ ├───► incomplete      (a limit was reached; the text so far is kept)
      │         ▼  │   │ ├───► failed
      │   requires_action├───► expired
      │         │      │ └───► interrupted     (the program or the stream ended without a terminal event)
      │         ▼      ▼
      └──────► cancelling ──► cancelled        (may still end as completed, incomplete, failed or interrupted)

A queued run may also fail, expire or be interrupted before it starts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from iaposte_desktop.domain.assistants import ModelRef
from iaposte_desktop.domain.citations import Citation, Source
from iaposte_desktop.domain.errors import ErrorInfo
from iaposte_desktop.domain.json import JsonValue
from iaposte_desktop.domain.usage import UNKNOWN_COST, Cost, Usage


class RunStatus(StrEnum):
    QUEUED = "queued"
    IN_PROGRESS = "in_progress"
    REQUIRES_ACTION = "requires_action"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    COMPLETED = "completed"
    FAILED = "failed"
    INCOMPLETE = "incomplete"
    EXPIRED = "expired"
    INTERRUPTED = "interrupted"

    @property
    def is_terminal(self) -> bool:
        return not TRANSITIONS[self]


_ENDS = frozenset({RunStatus.FAILED, RunStatus.EXPIRED, RunStatus.INTERRUPTED})

TRANSITIONS: Mapping[RunStatus, frozenset[RunStatus]] = {
    RunStatus.QUEUED: _ENDS | {RunStatus.IN_PROGRESS, RunStatus.CANCELLING, RunStatus.CANCELLED},
    RunStatus.IN_PROGRESS: _ENDS
    | {RunStatus.REQUIRES_ACTION, RunStatus.CANCELLING, RunStatus.COMPLETED, RunStatus.INCOMPLETE},
    RunStatus.REQUIRES_ACTION: _ENDS | {RunStatus.IN_PROGRESS, RunStatus.CANCELLING},
    RunStatus.CANCELLING: frozenset(
        {
            RunStatus.CANCELLED,
            RunStatus.COMPLETED,
            RunStatus.INCOMPLETE,
            RunStatus.FAILED,
            RunStatus.INTERRUPTED,
        }
    ),
    RunStatus.CANCELLED: frozenset(),
    RunStatus.COMPLETED: frozenset(),
    RunStatus.FAILED: frozenset(),
    RunStatus.INCOMPLETE: frozenset(),
    RunStatus.EXPIRED: frozenset(),
    RunStatus.INTERRUPTED: frozenset(),
}


class StepKind(StrEnum):
    SEARCH = "search"
    TOOL_CALL = "tool_call"
    WRITING = "writing"
    CHECKING = "checking"


class StepStatus(StrEnum):
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class RunStep:
    """`detail` depends on the kind: SEARCH has `query`, and once completed `passages` (a count) and `best_score`;
    TOOL_CALL has `name` and `arguments`; CHECKING has `exact`, `approximate`, `not_found` (counts)."""

    id: str
    kind: StepKind
    status: StepStatus
    started_at: datetime
    ended_at: datetime | None = None
    detail: Mapping[str, JsonValue] = field(default_factory=dict)
    usage: Usage | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """What is known of a run after `sequence` events. `handle` is the provider's own name for it, for resuming.
    `questions` were found in the mail; `open_questions` are those for which no passage was found."""

    id: str
    thread_id: str
    assistant_id: str
    assistant_version: int
    model: ModelRef
    status: RunStatus
    created_at: datetime
    sequence: int = 0
    started_at: datetime | None = None
    ended_at: datetime | None = None
    handle: str | None = None
    language: str | None = None
    text: str = ""
    steps: tuple[RunStep, ...] = ()
    sources: tuple[Source, ...] = ()
    citations: tuple[Citation, ...] = ()
    questions: tuple[str, ...] = ()
    open_questions: tuple[str, ...] = ()
    usage: Usage = field(default_factory=Usage)
    cost: Cost = UNKNOWN_COST
    error: ErrorInfo | None = None
    incomplete_reason: str | None = None

    def source(self, number: int) -> Source | None:
        return next((source for source in self.sources if source.number == number), None)
