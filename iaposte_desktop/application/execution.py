"""One run under way: rounds of generation and answered tool calls, tried again, handed to the fallback, or resumed."""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from iaposte_desktop.application.batches import batches
from iaposte_desktop.application.retries import FALLS_BACK, seconds_before_retry
from iaposte_desktop.application.round_events import RoundEvents
from iaposte_desktop.application.searching import SearchAnswers
from iaposte_desktop.domain import events as ev
from iaposte_desktop.domain.errors import IAPosteError, OverBudget, ProviderError, StorageError, TooManyRounds
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.domain.runs import AnsweredCall, StepKind, StepStatus

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from iaposte_desktop.application.record import Record
    from iaposte_desktop.application.retries import Circuits
    from iaposte_desktop.application.run_orders import RunControl, RunOrder
    from iaposte_desktop.application.searching import KnowledgeSearch
    from iaposte_desktop.domain.errors import ErrorInfo
    from iaposte_desktop.domain.json import JsonValue

log = logging.getLogger(__name__)

MAX_ROUNDS: Final = 8
"""Rounds of tool calls before a run is stopped: more is a model that goes in circles."""

_CANCEL_SECONDS: Final = 5.0


@dataclass(slots=True)
class Round:
    """What one generation brought: tool calls to answer, and how it ended (None: cut, or stopped). `is_out_of_reach`:
    the provider did not say that it failed, it could not be asked."""

    calls: list[mp.ToolCall] = field(default_factory=list)
    terminal: mp.Completed | mp.Incomplete | mp.Failed | None = None
    is_out_of_reach: bool = False


class Execution:
    """A record that holds more than `run_queued` is a run to be resumed."""

    def __init__(
        self, order: RunOrder, knowledge: KnowledgeSearch, circuits: Circuits, record: Record, control: RunControl
    ) -> None:
        run = record.run
        self._fallback = None if run.fallback else order.fallback
        self._asked = order.fallback if run.fallback and order.fallback else order.asked
        self._budget = order.assistant.settings.limits.budget_usd
        self._circuits = circuits
        self._record = record
        self._control = control
        self._answers = SearchAnswers(knowledge, order.assistant.settings, run.sources)
        self._events = RoundEvents(record, self._answers)
        self._resumes = run.handle if run.started_at else None
        self._is_provider_waiting = False

    @property
    def is_remote(self) -> bool:
        return self._asked.provider.capabilities.is_remote

    async def end(self) -> ev.RunEvent:
        """The event that ends the run, not yet recorded. Raises IAPosteError."""
        try:
            return await self._rounds()
        except StorageError:
            raise  # Its journal stays open: the run may be resumed.
        except IAPosteError:
            await self._let_go()
            raise

    async def _rounds(self) -> ev.RunEvent:
        exchanged = self._exchanged_before()
        for _ in range(MAX_ROUNDS):
            request = self._asked.request
            done = await self._round(replace(request, items=(*request.items, *exchanged)))
            end = self._end_of(done)
            if isinstance(done.terminal, mp.Failed):
                await self._let_go()
            if end is None and isinstance(done.terminal, mp.Failed):
                await self._record.add(*self._events.step_ended(StepStatus.FAILED))
                await self._fall_back(done.terminal.error)
                continue
            if end is not None:
                await self._record.add(*self._events.step_ended())
                return end
            self._refuse_over_budget()
            exchanged = (*exchanged, *done.calls, *[await self._answer(call) for call in done.calls])
        raise TooManyRounds(f"{MAX_ROUNDS} rounds")

    def _exchanged_before(self) -> tuple[mp.InputItem, ...]:
        """Calls of rounds that were over when the run was left, with their results; those of the round that is resumed
        come again."""
        items: list[mp.InputItem] = []
        for answered in self._record.run.answered:
            items.append(mp.ToolCall(answered.call_id, answered.name, answered.arguments))
            items.append(mp.ToolResult(answered.call_id, answered.output))
        return tuple(items)

    def _end_of(self, done: Round) -> ev.RunEvent | None:
        """None: the run goes on, with answers to calls or with its fallback."""
        match done.terminal:
            case None if self._control.stop.is_set():
                return ev.RunCancelled()
            case None:
                return ev.RunInterrupted("stream_cut")
            case mp.Failed() if self._resumes and done.is_out_of_reach:
                return ev.RunInterrupted("program_ended")
            case mp.Failed(error):
                can_fall_back = self._fallback is not None and error.code in FALLS_BACK and not self._record.run.text
                return None if can_fall_back else ev.RunFailed(error)
            case mp.Incomplete(reason):
                return ev.RunIncomplete(reason)
            case mp.Completed() if not done.calls:
                return ev.RunCompleted()
        return None

    async def _round(self, request: mp.GenerationRequest) -> Round:
        """One generation, tried again where the policy allows it."""
        attempts = 0
        while True:
            if (refused := self._circuits.refusal(self._asked.model)) and not self._resumes:
                return Round(terminal=mp.Failed(refused))
            length = len(self._record.run.text)
            done = await self._generate(request)
            attempts += 1
            if not isinstance(done.terminal, mp.Failed):
                return done
            error = done.terminal.error
            self._circuits.note(self._asked.model, error)
            has_begun = len(self._record.run.text) > length
            seconds = None if has_begun else seconds_before_retry(error, attempts)
            if seconds is None:
                return done
            await self._wait(seconds, error, attempts)
            if self._control.stop.is_set():
                await self._cancel()
                return Round()

    async def _generate(self, request: mp.GenerationRequest) -> Round:
        done = Round()
        provider, handle = self._asked.provider, self._resumes
        self._events.begin(self._asked, is_replay=handle is not None)
        try:
            events: AsyncIterator[mp.ProviderEvent] = provider.resume(handle) if handle else provider.generate(request)
            async with aclosing(batches(events, self._control.stop)) as gathered:
                async for batch in gathered:
                    await self._record.add(*(event for item in batch for event in self._events.of(item)))
                    for item in batch:
                        if isinstance(item, mp.Started):
                            self._is_provider_waiting = False
                        elif isinstance(item, mp.ToolCall):
                            done.calls.append(item)
                        elif isinstance(item, (mp.Completed, mp.Incomplete, mp.Failed)):
                            done.terminal = item
        except ProviderError as error:
            done.terminal = mp.Failed(error.info)
            done.is_out_of_reach = True
        if self._control.stop.is_set() and done.terminal is None:
            await self._cancel()
        elif not isinstance(done.terminal, mp.Failed):
            self._resumes = None
            self._is_provider_waiting = bool(done.calls)
        return done

    async def _cancel(self) -> None:
        await self._record.add(ev.CancelRequested())
        await self._cancel_at_provider()

    async def _let_go(self) -> None:
        """A provider that waits for answers to its calls must know that none will come."""
        if self._is_provider_waiting:
            self._is_provider_waiting = False
            await self._cancel_at_provider()

    async def _cancel_at_provider(self) -> None:
        handle = self._record.run.handle
        if handle is not None:
            try:
                async with asyncio.timeout(_CANCEL_SECONDS):
                    await self._asked.provider.cancel(handle)
            except (ProviderError, TimeoutError) as error:
                log.info("%s could not be cancelled: %s", handle, type(error).__name__)

    async def _fall_back(self, reason: ErrorInfo) -> None:
        assert self._fallback is not None
        self._asked, self._fallback = self._fallback, None
        self._resumes = None
        await self._record.add(ev.FellBack(self._asked.model, reason))

    async def _wait(self, seconds: float, error: ErrorInfo, attempt: int) -> None:
        """Until the time is over, or the agent skips the rest or stops the run."""
        step = new_id("step")
        until = self._record.clock() + timedelta(seconds=seconds)
        detail: dict[str, JsonValue] = {"code": error.code, "until": until.isoformat(), "attempt": attempt}
        self._control.skip.clear()
        await self._record.add(ev.StepStarted(step, StepKind.WAITING, detail))
        loop = asyncio.get_running_loop()
        waits = [loop.create_task(event.wait()) for event in (self._control.stop, self._control.skip)]
        try:
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            await asyncio.gather(*waits, return_exceptions=True)
        ended = StepStatus.CANCELLED if self._control.stop.is_set() else StepStatus.COMPLETED
        await self._record.add(ev.StepEnded(step, ended))

    async def _answer(self, call: mp.ToolCall) -> mp.ToolResult:
        before = next((known for known in self._record.run.answered if known.call_id == call.call_id), None)
        if before is not None:
            return mp.ToolResult(call.call_id, before.output)
        result = await (self._search(call) if call.name == mp.SEARCH_KNOWLEDGE.name else self._unknown(call))
        if self._record.run.handle is not None:
            answered = AnsweredCall(call.call_id, call.name, call.arguments, result.output)
            await self._record.add(ev.CallAnswered(answered))
        return result

    async def _unknown(self, call: mp.ToolCall) -> mp.ToolResult:
        step = new_id("step")
        await self._record.add(
            ev.StepStarted(step, StepKind.TOOL_CALL, {"name": call.name, "arguments": dict(call.arguments)}),
            ev.StepEnded(step, StepStatus.FAILED),
        )
        return mp.ToolResult(call.call_id, json.dumps({"error": "unknown_function", "name": call.name}))

    async def _search(self, call: mp.ToolCall) -> mp.ToolResult:
        step = new_id("step")
        query = str(call.arguments.get("query", ""))
        await self._record.add(ev.StepStarted(step, StepKind.SEARCH, {"query": query}))
        answer = await self._answers.search(call.call_id, query)
        ended = ev.StepEnded(step, StepStatus.COMPLETED, answer.detail)
        await self._record.add(*((ev.SourcesFound(answer.new_sources),) if answer.new_sources else ()), ended)
        return answer.result

    def _refuse_over_budget(self) -> None:
        spent = self._record.run.cost.usd
        if self._budget is not None and spent is not None and spent > self._budget:
            raise OverBudget(f"{spent} > {self._budget} USD")
