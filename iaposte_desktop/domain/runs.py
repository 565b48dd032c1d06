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
from decimal import Decimal
from enum import StrEnum

from iaposte_desktop.domain.assistants import ModelRef
from iaposte_desktop.domain.citations import Citation, Source
from iaposte_desktop.domain.errors import ErrorInfo
from iaposte_desktop.domain.json import JsonValue, Metadata
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
    WAITING = "waiting"
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
    TOOL_CALL has `name` and `arguments`; WAITING has `code` (of the error that is waited out), `until` (ISO 8601) and
    `attempt`, from 1; CHECKING has `exact`, `approximate`, `not_found` (counts)."""

    id: str
    kind: StepKind
    status: StepStatus
    started_at: datetime
    ended_at: datetime | None = None
    detail: Mapping[str, JsonValue] = field(default_factory=dict)
    usage: Usage | None = None
    cost: Cost | None = None


@dataclass(frozen=True, slots=True)
class RunOverrides:
    """What one run does otherwise than its assistant's version says; None and empty: as it says.
    `additional_instructions` follow the assistant's own."""

    instructions: str | None = None
    additional_instructions: str = ""
    model: ModelRef | None = None
    max_output_tokens: int | None = None
    max_passages: int | None = None
    budget_usd: Decimal | None = None
    metadata: Metadata = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fallback:
    """The model that took over, and why the one before it did not do."""

    model: ModelRef
    reason: ErrorInfo


@dataclass(frozen=True, slots=True)
class AnsweredCall:
    """A tool call of the model and what it was answered, as text."""

    call_id: str
    name: str
    arguments: Mapping[str, JsonValue]
    output: str


@dataclass(frozen=True, slots=True)
class FileMark:
    """The text before `position` stands on some passage of this file, as a hosted search told."""

    file_id: str
    position: int


@dataclass(frozen=True, slots=True)
class Run:
    """What is known of a run after `sequence` events. `handle` is the provider's own name for its present round, for
    resuming; `round_start` is the length of the text when that round began, `is_round_counted` tells whether its usage
    was. `questions` were found in the mail; `open_questions` are those for which no passage was found. `file_marks`
    have no marker in the text yet."""

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
    round_start: int = 0
    is_round_counted: bool = False
    overrides: RunOverrides = field(default_factory=RunOverrides)
    fallback: Fallback | None = None
    answered: tuple[AnsweredCall, ...] = ()
    file_marks: tuple[FileMark, ...] = ()
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

    @property
    def answering_model(self) -> ModelRef:
        return self.fallback.model if self.fallback else self.model

    @property
    def waiting(self) -> RunStep | None:
        """The step that waits for the provider, where one does."""
        last = self.steps[-1] if self.steps else None
        return last if last and last.kind is StepKind.WAITING and last.status is StepStatus.IN_PROGRESS else None

    def source(self, number: int) -> Source | None:
        return next((source for source in self.sources if source.number == number), None)
