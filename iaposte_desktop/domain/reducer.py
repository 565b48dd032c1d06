"""`reduce` folds a journal into a run: pure, total over the event union, strict about transitions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from iaposte_desktop.domain import events as ev
from iaposte_desktop.domain.errors import IllegalTransition
from iaposte_desktop.domain.runs import TRANSITIONS, Fallback, Run, RunStatus, RunStep, StepStatus

if TYPE_CHECKING:
    from collections.abc import Iterable


def reduce(run: Run | None, entry: ev.JournalEntry) -> Run:
    """The run after `entry`.

    Raises IllegalTransition for a gap in the sequence, an event of another run, or a state change that TRANSITIONS
    does not draw.
    """
    event = entry.event
    if run is None:
        if not isinstance(event, ev.RunQueued) or entry.sequence != 1:
            raise IllegalTransition(f"a run begins with run_queued, not {event.kind} #{entry.sequence}")
        return Run(
            id=entry.run_id,
            thread_id=event.thread_id,
            assistant_id=event.assistant_id,
            assistant_version=event.assistant_version,
            model=event.model,
            status=RunStatus.QUEUED,
            created_at=entry.at,
            sequence=1,
            language=event.language,
            overrides=event.overrides,
        )
    if entry.run_id != run.id or entry.sequence != run.sequence + 1:
        raise IllegalTransition(f"{event.kind} #{entry.sequence} does not follow #{run.sequence} of {run.id}")
    if run.status.is_terminal:
        raise IllegalTransition(f"{event.kind} after {run.status}")
    return replace(_apply(run, event, entry), sequence=entry.sequence)


def replay(entries: Iterable[ev.JournalEntry]) -> Run:
    """The run that a whole journal tells of; raises as `reduce` does, also for an empty one."""
    run: Run | None = None
    for entry in entries:
        run = reduce(run, entry)
    if run is None:
        raise IllegalTransition("an empty journal")
    return run


def _apply(run: Run, event: ev.RunEvent, entry: ev.JournalEntry) -> Run:
    match event:
        case ev.TextAdded(text):
            return replace(run, text=run.text + text)
        case ev.RunStarted(handle):
            return replace(_moved(run, RunStatus.IN_PROGRESS), started_at=entry.at, handle=handle)
        case ev.RoundStarted(handle):
            return replace(run, handle=handle, round_start=len(run.text), is_round_counted=False)
        case ev.FellBack(model, reason):
            return replace(run, fallback=Fallback(model, reason), handle=None)
        case ev.CallAnswered(call):
            return replace(run, answered=(*run.answered, call))
        case ev.FileMarked(mark):
            return replace(run, file_marks=(*run.file_marks, mark))
        case ev.MarkersInserted(markers):
            return _marked(run, markers)
        case ev.StepStarted(step_id, kind, detail):
            step = RunStep(step_id, kind, StepStatus.IN_PROGRESS, entry.at, detail=detail)
            return replace(run, steps=(*run.steps, step))
        case ev.StepEnded():
            return replace(run, steps=tuple(_ended(step, event, entry) for step in run.steps))
        case ev.QuestionsFound(questions):
            return replace(run, questions=questions)
        case ev.QuestionLeftOpen(question):
            return replace(run, open_questions=(*run.open_questions, question))
        case ev.SourcesFound(sources):
            return replace(run, sources=(*run.sources, *sources))
        case ev.CitationAdded(citation):
            return replace(run, citations=(*run.citations, citation))
        case ev.CitationsChecked(citations):
            return replace(run, citations=citations)
        case ev.UsageCounted(usage, cost):
            return replace(run, usage=run.usage + usage, cost=cost, is_round_counted=True)
        case ev.ActionRequired():
            return _moved(run, RunStatus.REQUIRES_ACTION)
        case ev.ActionTaken():
            return _moved(run, RunStatus.IN_PROGRESS)
        case ev.CancelRequested():
            return _moved(run, RunStatus.CANCELLING)
        case ev.RunQueued():
            raise IllegalTransition("a run is queued once")
        case _:
            return _closed(run, event, entry)


def _closed(run: Run, event: ev.RunEvent, entry: ev.JournalEntry) -> Run:
    match event:
        case ev.RunCompleted():
            ended = _moved(run, RunStatus.COMPLETED)
        case ev.RunIncomplete(reason):
            ended = replace(_moved(run, RunStatus.INCOMPLETE), incomplete_reason=reason)
        case ev.RunFailed(error):
            ended = replace(_moved(run, RunStatus.FAILED), error=error)
        case ev.RunCancelled():
            ended = _moved(run, RunStatus.CANCELLED)
        case ev.RunExpired():
            ended = _moved(run, RunStatus.EXPIRED)
        case ev.RunInterrupted(reason):
            ended = replace(_moved(run, RunStatus.INTERRUPTED), incomplete_reason=reason)
        case _:
            raise IllegalTransition(f"unknown event {event!r}")
    # No step outlives its run: what was under way ends as its run did.
    left = StepStatus.CANCELLED if ended.status is RunStatus.CANCELLED else StepStatus.FAILED
    steps = tuple(
        replace(step, status=left, ended_at=entry.at) if step.status is StepStatus.IN_PROGRESS else step
        for step in ended.steps
    )
    return replace(ended, ended_at=entry.at, steps=steps)


def _marked(run: Run, markers: tuple[ev.Marker, ...]) -> Run:
    parts, end = [], 0
    for marker in markers:
        parts += [run.text[end : marker.position], marker.text]
        end = marker.position
    text = "".join((*parts, run.text[end:]))

    def moved(position: int) -> int:
        return position + sum(len(each.text) for each in markers if each.position <= position)

    citations = tuple(replace(each, position=moved(each.position)) for each in run.citations)
    return replace(run, text=text, citations=citations, file_marks=())


def _ended(step: RunStep, event: ev.StepEnded, entry: ev.JournalEntry) -> RunStep:
    if step.id != event.step_id:
        return step
    detail = {**step.detail, **event.detail}
    return replace(step, status=event.status, ended_at=entry.at, detail=detail, usage=event.usage, cost=event.cost)


def _moved(run: Run, status: RunStatus) -> Run:
    if status not in TRANSITIONS[run.status]:
        raise IllegalTransition(f"{run.status} → {status}")
    return replace(run, status=status)
