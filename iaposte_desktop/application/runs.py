"""The run loop: one for every model. It searches, lets the provider generate, cites, checks and counts, and writes each
event to the journal before anyone sees it."""

from __future__ import annotations

import json
import logging
from collections import Counter
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from iaposte_desktop.application.batches import batches
from iaposte_desktop.application.citing import checked, citations_of_markers
from iaposte_desktop.application.searching import SearchAnswers, found
from iaposte_desktop.domain import events as ev
from iaposte_desktop.domain.assistants import AssistantVersion
from iaposte_desktop.domain.citations import Citation, CitationMatch
from iaposte_desktop.domain.errors import (
    Delivery,
    ErrorInfo,
    IAPosteError,
    OverBudget,
    ProviderError,
    StorageError,
    TooManyRounds,
)
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.domain.reducer import reduce
from iaposte_desktop.domain.runs import StepKind, StepStatus
from iaposte_desktop.domain.usage import FREE, UNKNOWN_COST, Usage

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Mapping, Sequence

    from iaposte_desktop.application.searching import KnowledgeSearch
    from iaposte_desktop.domain.json import JsonValue
    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.repositories import RunJournal
    from iaposte_desktop.domain.runs import Run
    from iaposte_desktop.domain.usage import Cost

log = logging.getLogger(__name__)

MAX_ROUNDS: Final = 8
"""Rounds of tool calls before a run is stopped: more is a model that goes in circles."""


@dataclass(frozen=True, slots=True)
class RunOrder:
    """What is to be run. `request.items` is the transcript; the loop adds tool calls and their results."""

    run_id: str
    thread_id: str
    assistant: AssistantVersion
    request: mp.GenerationRequest


class RunLoop:
    def __init__(self, journal: RunJournal, knowledge: KnowledgeSearch, clock: Clock) -> None:
        self._journal = journal
        self._knowledge = knowledge
        self._clock = clock

    async def run(
        self,
        order: RunOrder,
        provider: mp.ModelProvider,
        on_run: Callable[[Run], None],
        stop: asyncio.Event,
    ) -> Run:
        """The run, ended. `on_run` hears of every journaled change, at most once a frame while text streams.

        Failures end the run as `failed`, never as an exception; setting `stop` ends it as `cancelled` with its text
        so far. Only StorageError is raised (without a journal there is no run), and CancelledError, which leaves the
        journal open for `close_interrupted` at the next start, as a killed process does.
        """
        record = _Record(order.run_id, None, self._journal, self._clock, on_run)
        settings = order.assistant.settings
        await record.add(
            ev.RunQueued(
                order.thread_id,
                order.assistant.assistant_id,
                order.assistant.number,
                settings.model,
                order.request.reply.language,
            )
        )
        answers = SearchAnswers(self._knowledge, settings)
        execution = _Execution(order, provider, answers, record, stop)
        try:
            await execution.finish()
        except StorageError:
            raise
        except IAPosteError as error:
            info = _told(error, record.run, is_remote=provider.capabilities.is_remote)
            await record.add(*await self._proof(record.run), ev.RunFailed(info))
        except Exception as error:
            log.exception("%s failed", order.run_id)
            await record.add(*await self._proof(record.run), ev.RunFailed(ErrorInfo("internal", repr(error))))
        return record.run

    async def close_interrupted(self, run: Run) -> Run:
        """A run that a killed process left is ended as `interrupted`, its citations checked, its text kept."""
        record = _Record(run.id, run, self._journal, self._clock, lambda _: None)
        await record.add(*await self._proof(run), ev.RunInterrupted("program_ended"))
        return record.run

    async def _proof(self, run: Run) -> tuple[ev.RunEvent, ...]:
        return await proof(run, self._knowledge)


async def proof(run: Run, knowledge: KnowledgeSearch) -> tuple[ev.RunEvent, ...]:
    """The events of the checking step: no run ends with a citation unchecked. Empty where there is none."""
    added = citations_of_markers(run.text, run.sources, run.citations)
    citations = await checked((*run.citations, *added), run.sources, knowledge.content)
    if not citations:
        return ()
    counts = Counter(citation.match for citation in citations)
    step = new_id("step")
    return (
        ev.StepStarted(step, StepKind.CHECKING),
        ev.CitationsChecked(tuple(sorted(citations, key=lambda citation: citation.position))),
        ev.StepEnded(
            step,
            StepStatus.COMPLETED,
            {
                "exact": counts[CitationMatch.EXACT],
                "approximate": counts[CitationMatch.APPROXIMATE],
                "not_found": counts[CitationMatch.NOT_FOUND],
            },
        ),
    )


def _told(error: IAPosteError, run: Run, *, is_remote: bool) -> ErrorInfo:
    """A provider's error says itself what was sent; of our own we know that the rounds before it were."""
    if isinstance(error, ProviderError) or not is_remote or run.started_at is None:
        return error.info
    return replace(error.info, sent=Delivery.YES, billed=Delivery.YES)


class _Record:
    """The journal of one run and the run it adds up to."""

    def __init__(
        self,
        run_id: str,
        run: Run | None,
        journal: RunJournal,
        clock: Clock,
        on_run: Callable[[Run], None],
    ) -> None:
        self._run_id = run_id
        self._run = run
        self._journal = journal
        self._clock = clock
        self._on_run = on_run

    @property
    def run(self) -> Run:
        assert self._run is not None, "a run begins with run_queued"
        return self._run

    async def add(self, *events: ev.RunEvent) -> None:
        run = self._run
        entries = []
        now = self._clock()
        for event in events:
            entry = ev.JournalEntry(self._run_id, run.sequence + 1 if run else 1, now, event)
            run = reduce(run, entry)
            entries.append(entry)
        if run is None or not entries:
            return
        await self._journal.append(entries, run)
        self._run = run
        self._on_run(run)


@dataclass(slots=True)
class _Round:
    """What one generation brought: tool calls to answer, and how it ended (None: cut)."""

    calls: list[mp.ToolCall] = field(default_factory=list)
    terminal: mp.Completed | mp.Incomplete | mp.Failed | None = None


class _Execution:
    """One run under way."""

    def __init__(
        self,
        order: RunOrder,
        provider: mp.ModelProvider,
        answers: SearchAnswers,
        record: _Record,
        stop: asyncio.Event,
    ) -> None:
        self._order = order
        self._provider = provider
        self._answers = answers
        self._record = record
        self._stop = stop
        self._is_started = False
        self._step: str | None = None
        self._length = 0
        self._usage = Usage()

    async def finish(self) -> None:
        items = self._order.request.items
        for _ in range(MAX_ROUNDS):
            done = await self._generate(replace(self._order.request, items=items))
            if self._stop.is_set() and done.terminal is None:
                await self._record.add(ev.CancelRequested())
                await self._end(ev.RunCancelled())
                return
            match done.terminal:
                case None:
                    await self._end(ev.RunInterrupted("stream_cut"))
                case mp.Failed(error):
                    await self._end(ev.RunFailed(error))
                case mp.Incomplete(reason):
                    await self._end(ev.RunIncomplete(reason))
                case mp.Completed() if not done.calls:
                    await self._end(ev.RunCompleted())
            if self._record.run.status.is_terminal:
                return
            self._refuse_over_budget()
            items = (*items, *done.calls, *[await self._answer(call) for call in done.calls])
        raise TooManyRounds(f"{MAX_ROUNDS} rounds")

    async def _generate(self, request: mp.GenerationRequest) -> _Round:
        done = _Round()
        async with aclosing(batches(self._provider.generate(request), self._stop)) as gathered:
            async for batch in gathered:
                events = [event for item in batch for event in (*self._started(item), *self._events_of(item, done))]
                await self._record.add(*_merged(events))
        return done

    def _events_of(self, item: mp.ProviderEvent, done: _Round) -> Sequence[ev.RunEvent]:
        match item:
            case mp.TextDelta(text):
                self._length += len(text)
                return (*self._begun(StepKind.WRITING), ev.TextAdded(text))
            case mp.Cited(source, quote):
                return (ev.CitationAdded(Citation(source, quote, self._length - len(f"[{source}]"))),)
            case mp.FoundQuestions(questions):
                return (ev.QuestionsFound(questions),)
            case mp.FoundNothingFor(question):
                return (ev.QuestionLeftOpen(question),)
            case mp.Searching(query):
                return (*self._stepped(), *self._begun(StepKind.SEARCH, {"query": query}))
            case mp.FoundPassages(passages):
                new, numbers = self._answers.numbered(passages)
                return (ev.SourcesFound(new), *self._stepped(detail=found(passages, numbers)))
            case mp.UsageReport(usage):
                self._usage += usage
                return (*self._stepped(usage=usage), ev.UsageCounted(usage, self._cost()))
            case mp.ToolCall():
                done.calls.append(item)
            case mp.Completed() | mp.Incomplete() | mp.Failed():
                done.terminal = item
            case mp.Started() | mp.ReasoningDelta():
                pass
        return ()

    def _started(self, item: mp.ProviderEvent) -> Sequence[ev.RunEvent]:
        if self._is_started:
            return ()
        self._is_started = True
        return (ev.RunStarted(item.handle if isinstance(item, mp.Started) else None),)

    def _begun(self, kind: StepKind, detail: Mapping[str, JsonValue] | None = None) -> Sequence[ev.RunEvent]:
        if self._step is not None:
            return ()
        self._step = new_id("step")
        return (ev.StepStarted(self._step, kind, detail or {}),)

    def _stepped(
        self, detail: Mapping[str, JsonValue] | None = None, usage: Usage | None = None
    ) -> Sequence[ev.RunEvent]:
        step, self._step = self._step, None
        return (ev.StepEnded(step, StepStatus.COMPLETED, detail or {}, usage),) if step else ()

    async def _answer(self, call: mp.ToolCall) -> mp.ToolResult:
        step = new_id("step")
        if call.name != mp.SEARCH_KNOWLEDGE.name:
            await self._record.add(
                ev.StepStarted(step, StepKind.TOOL_CALL, {"name": call.name, "arguments": dict(call.arguments)}),
                ev.StepEnded(step, StepStatus.FAILED),
            )
            return mp.ToolResult(call.call_id, json.dumps({"error": "unknown_function", "name": call.name}))
        query = str(call.arguments.get("query", ""))
        await self._record.add(ev.StepStarted(step, StepKind.SEARCH, {"query": query}))
        answer = await self._answers.search(call.call_id, query)
        ended = ev.StepEnded(step, StepStatus.COMPLETED, answer.detail)
        await self._record.add(*((ev.SourcesFound(answer.new_sources),) if answer.new_sources else ()), ended)
        return answer.result

    async def _end(self, event: ev.RunEvent) -> None:
        await self._record.add(*self._stepped())
        await self._record.add(*await proof(self._record.run, self._answers.knowledge), event)

    def _cost(self) -> Cost:
        return UNKNOWN_COST if self._provider.capabilities.is_remote else FREE

    def _refuse_over_budget(self) -> None:
        budget, spent = self._order.assistant.settings.limits.budget_usd, self._cost().usd
        if budget is not None and spent is not None and spent > budget:
            raise OverBudget(f"{spent} > {budget} USD")


def _merged(events: Sequence[ev.RunEvent]) -> tuple[ev.RunEvent, ...]:
    """Neighbouring pieces of text as one event."""
    merged: list[ev.RunEvent] = []
    for event in events:
        last = merged[-1] if merged else None
        if isinstance(event, ev.TextAdded) and isinstance(last, ev.TextAdded):
            merged[-1] = ev.TextAdded(last.text + event.text)
        else:
            merged.append(event)
    return tuple(merged)
