"""From what a provider says in one round to what the journal tells. A round that is replayed (its provider still had it
after a restart) adds only what the journal does not hold yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.application.searching import found
from iaposte_desktop.domain import events as ev
from iaposte_desktop.domain.citations import Citation
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.domain.runs import FileMark, StepKind, StepStatus
from iaposte_desktop.domain.usage import FREE, Cost, Usage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iaposte_desktop.application.record import Record
    from iaposte_desktop.application.run_orders import Asked
    from iaposte_desktop.application.searching import SearchAnswers
    from iaposte_desktop.domain.json import JsonValue


class RoundEvents:
    def __init__(self, record: Record, answers: SearchAnswers) -> None:
        self._record = record
        self._answers = answers
        self._step: str | None = None
        self._spent = record.run.cost if record.run.usage.total_tokens else FREE

    def begin(self, asked: Asked, *, is_replay: bool) -> None:
        run = self._record.run
        self._asked = asked
        self._is_replay = is_replay
        self._has_started = is_replay
        self._length = self._round_start = run.round_start if is_replay else len(run.text)
        # A replayed round begins at its first character again; what is journaled of it is passed over.
        self._known_length = len(run.text)
        self._known_marks = set(run.file_marks)
        self._known_queries = [step.detail.get("query") for step in run.steps if step.kind is StepKind.SEARCH]
        self._step = None

    def of(self, item: mp.ProviderEvent) -> Sequence[ev.RunEvent]:
        return (*self._started(item), *self._told(item))

    def step_ended(self, status: StepStatus = StepStatus.COMPLETED) -> Sequence[ev.RunEvent]:
        step, self._step = self._step, None
        return (ev.StepEnded(step, status),) if step else ()

    def _started(self, item: mp.ProviderEvent) -> Sequence[ev.RunEvent]:
        if self._has_started:
            return ()
        self._has_started = True
        handle = item.handle if isinstance(item, mp.Started) else None
        if self._record.run.started_at is None:
            return (ev.RunStarted(handle),)
        return (ev.RoundStarted(handle),) if handle or self._record.run.handle else ()

    def _told(self, item: mp.ProviderEvent) -> Sequence[ev.RunEvent]:
        match item:
            case mp.TextDelta(text):
                return self._text(text)
            case mp.Cited(source, quote):
                return (ev.CitationAdded(Citation(source, quote, self._length - len(f"[{source}]"))),)
            case mp.CitedFile(file_id, position):
                mark = FileMark(file_id, self._round_start + position)
                return () if mark in self._known_marks else (ev.FileMarked(mark),)
            case mp.FoundQuestions(questions):
                return (ev.QuestionsFound(questions),)
            case mp.FoundNothingFor(question):
                return (ev.QuestionLeftOpen(question),)
            case mp.Searching(query):
                if self._is_replay and query in self._known_queries:
                    return ()
                return (*self.step_ended(), *self._begun(StepKind.SEARCH, {"query": query}))
            case mp.FoundPassages(passages):
                new, numbers = self._answers.numbered(passages)
                ended = self._stepped(detail=found(passages, numbers))
                return (*((ev.SourcesFound(new),) if new else ()), *ended)
            case mp.UsageReport(usage):
                if self._is_replay and self._record.run.is_round_counted:
                    return ()
                cost = self._asked.cost_of(usage)
                self._spent = _sum(self._spent, cost)
                return (*self._stepped(usage=usage, cost=cost), ev.UsageCounted(usage, self._spent))
            case _:
                return ()

    def _text(self, text: str) -> Sequence[ev.RunEvent]:
        start, self._length = self._length, self._length + len(text)
        new = text[max(0, self._known_length - start) :]
        return (*self._begun(StepKind.WRITING), ev.TextAdded(new)) if new else ()

    def _begun(self, kind: StepKind, detail: Mapping[str, JsonValue] | None = None) -> Sequence[ev.RunEvent]:
        if self._step is not None:
            return ()
        self._step = new_id("step")
        return (ev.StepStarted(self._step, kind, detail or {}),)

    def _stepped(
        self,
        detail: Mapping[str, JsonValue] | None = None,
        usage: Usage | None = None,
        cost: Cost | None = None,
    ) -> Sequence[ev.RunEvent]:
        step, self._step = self._step, None
        return (ev.StepEnded(step, StepStatus.COMPLETED, detail or {}, usage, cost),) if step else ()


def _sum(spent: Cost, cost: Cost) -> Cost:
    """Of a known and an unknown amount nothing is known."""
    return Cost(None if spent.usd is None or cost.usd is None else spent.usd + cost.usd)
