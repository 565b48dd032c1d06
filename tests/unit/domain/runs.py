"""Journals made by hand, for tests of what they add up to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from iaposte_desktop.domain import events as ev
from iaposte_desktop.domain.assistants import ModelRef
from iaposte_desktop.domain.errors import ErrorInfo
from iaposte_desktop.domain.reducer import replay
from iaposte_desktop.domain.runs import RunStatus

if TYPE_CHECKING:
    from iaposte_desktop.domain.runs import Run

BEGUN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
QUEUED = ev.RunQueued("thread_1", "asst_1", 3, ModelRef("embedded", "iaposte-extract-1"), "fr")
ERROR = ErrorInfo("stream_cut", "reset")

MOVES: dict[RunStatus, ev.RunEvent] = {
    RunStatus.QUEUED: QUEUED,
    RunStatus.IN_PROGRESS: ev.RunStarted(),
    RunStatus.REQUIRES_ACTION: ev.ActionRequired("step_1"),
    RunStatus.CANCELLING: ev.CancelRequested(),
    RunStatus.CANCELLED: ev.RunCancelled(),
    RunStatus.COMPLETED: ev.RunCompleted(),
    RunStatus.FAILED: ev.RunFailed(ERROR),
    RunStatus.INCOMPLETE: ev.RunIncomplete("max_output_tokens"),
    RunStatus.EXPIRED: ev.RunExpired(),
    RunStatus.INTERRUPTED: ev.RunInterrupted("stream_cut"),
}
"""The event that brings a run into each state."""

REACHED_BY: dict[RunStatus, tuple[RunStatus, ...]] = {
    status: (RunStatus.QUEUED, RunStatus.IN_PROGRESS, status) for status in RunStatus
} | {
    RunStatus.QUEUED: (RunStatus.QUEUED,),
    RunStatus.IN_PROGRESS: (RunStatus.QUEUED, RunStatus.IN_PROGRESS),
    RunStatus.CANCELLED: (RunStatus.QUEUED, RunStatus.CANCELLED),
}
"""A way to each state."""


def journal(*events: ev.RunEvent, run_id: str = "run_1") -> tuple[ev.JournalEntry, ...]:
    """One entry a second."""
    return tuple(
        ev.JournalEntry(run_id, number, BEGUN + timedelta(seconds=number), event)
        for number, event in enumerate(events, 1)
    )


def run_of(*events: ev.RunEvent) -> Run:
    return replay(journal(*events))


def after(run: Run, event: ev.RunEvent) -> ev.JournalEntry:
    """The entry that follows what is known of `run`."""
    number = run.sequence + 1
    return ev.JournalEntry(run.id, number, BEGUN + timedelta(seconds=number), event)


def run_in(status: RunStatus) -> Run:
    return run_of(*(MOVES[passed] for passed in REACHED_BY[status]))
