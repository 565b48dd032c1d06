"""What happens in a run. Each event is written to the journal before anyone sees it; `domain.reducer` folds them.

`kind` is the name under which the journal keeps an event; it never changes after a release.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, TypeAlias

from iaposte_desktop.domain.assistants import ModelRef
from iaposte_desktop.domain.citations import Citation, Source
from iaposte_desktop.domain.errors import ErrorInfo
from iaposte_desktop.domain.json import JsonValue
from iaposte_desktop.domain.runs import AnsweredCall, FileMark, RunOverrides, StepKind, StepStatus
from iaposte_desktop.domain.usage import Cost, Usage


@dataclass(frozen=True, slots=True)
class RunQueued:
    kind: ClassVar = "run_queued"
    thread_id: str
    assistant_id: str
    assistant_version: int
    model: ModelRef
    language: str | None
    overrides: RunOverrides = field(default_factory=RunOverrides)


@dataclass(frozen=True, slots=True)
class RunStarted:
    kind: ClassVar = "run_started"
    handle: str | None = None


@dataclass(frozen=True, slots=True)
class RoundStarted:
    """A further generation of the run, under a handle of its own."""

    kind: ClassVar = "round_started"
    handle: str | None


@dataclass(frozen=True, slots=True)
class FellBack:
    kind: ClassVar = "fell_back"
    model: ModelRef
    reason: ErrorInfo


@dataclass(frozen=True, slots=True)
class CallAnswered:
    """Journaled where the run can be resumed: what a killed process had answered is not asked again."""

    kind: ClassVar = "call_answered"
    call: AnsweredCall


@dataclass(frozen=True, slots=True)
class FileMarked:
    kind: ClassVar = "file_marked"
    mark: FileMark


@dataclass(frozen=True, slots=True)
class Marker:
    """`text`, which ends with `[n]`, goes into the run's text before its character `position`."""

    position: int
    text: str


@dataclass(frozen=True, slots=True)
class MarkersInserted:
    """For every file mark; in ascending order of position, counted in the text before the first insertion."""

    kind: ClassVar = "markers_inserted"
    markers: tuple[Marker, ...]


@dataclass(frozen=True, slots=True)
class StepStarted:
    kind: ClassVar = "step_started"
    step_id: str
    step_kind: StepKind
    detail: Mapping[str, JsonValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepEnded:
    """`detail` is added to what the step began with."""

    kind: ClassVar = "step_ended"
    step_id: str
    status: StepStatus
    detail: Mapping[str, JsonValue] = field(default_factory=dict)
    usage: Usage | None = None
    cost: Cost | None = None


@dataclass(frozen=True, slots=True)
class QuestionsFound:
    kind: ClassVar = "questions_found"
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionLeftOpen:
    kind: ClassVar = "question_left_open"
    question: str


@dataclass(frozen=True, slots=True)
class SourcesFound:
    """Passages under new numbers; those already numbered keep theirs and are not repeated."""

    kind: ClassVar = "sources_found"
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class TextAdded:
    kind: ClassVar = "text_added"
    text: str


@dataclass(frozen=True, slots=True)
class CitationAdded:
    kind: ClassVar = "citation_added"
    citation: Citation


@dataclass(frozen=True, slots=True)
class CitationsChecked:
    """All citations of the run with their match; replaces those added while it wrote."""

    kind: ClassVar = "citations_checked"
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class UsageCounted:
    """Added to what was counted before; `cost` is of the whole run so far."""

    kind: ClassVar = "usage_counted"
    usage: Usage
    cost: Cost


@dataclass(frozen=True, slots=True)
class ActionRequired:
    kind: ClassVar = "action_required"
    step_id: str


@dataclass(frozen=True, slots=True)
class ActionTaken:
    kind: ClassVar = "action_taken"
    step_id: str
    approved: bool


@dataclass(frozen=True, slots=True)
class CancelRequested:
    kind: ClassVar = "cancel_requested"


@dataclass(frozen=True, slots=True)
class RunCancelled:
    kind: ClassVar = "run_cancelled"


@dataclass(frozen=True, slots=True)
class RunCompleted:
    kind: ClassVar = "run_completed"


@dataclass(frozen=True, slots=True)
class RunIncomplete:
    kind: ClassVar = "run_incomplete"
    reason: str


@dataclass(frozen=True, slots=True)
class RunFailed:
    kind: ClassVar = "run_failed"
    error: ErrorInfo


@dataclass(frozen=True, slots=True)
class RunExpired:
    kind: ClassVar = "run_expired"


@dataclass(frozen=True, slots=True)
class RunInterrupted:
    """Why: `program_ended` or `stream_cut`."""

    kind: ClassVar = "run_interrupted"
    reason: str


RunEvent: TypeAlias = (
    RunQueued
    | RunStarted
    | RoundStarted
    | FellBack
    | CallAnswered
    | FileMarked
    | MarkersInserted
    | StepStarted
    | StepEnded
    | QuestionsFound
    | QuestionLeftOpen
    | SourcesFound
    | TextAdded
    | CitationAdded
    | CitationsChecked
    | UsageCounted
    | ActionRequired
    | ActionTaken
    | CancelRequested
    | RunCancelled
    | RunCompleted
    | RunIncomplete
    | RunFailed
    | RunExpired
    | RunInterrupted
)


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """`sequence` counts from 1 within its run, without gaps."""

    run_id: str
    sequence: int
    at: datetime
    event: RunEvent
