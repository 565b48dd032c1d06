"""The run loop where providers fail: waiting and trying again, falling back, and going on after a restart."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.application.execution import MAX_ROUNDS
from iaposte_desktop.application.run_orders import RunControl
from iaposte_desktop.domain import events as ev
from iaposte_desktop.domain.assistants import ModelRef
from iaposte_desktop.domain.citations import CitationMatch
from iaposte_desktop.domain.errors import (
    AnswerUnusable,
    ConnectionProblem,
    Delivery,
    KeyRefused,
    ModelGone,
    ProviderUnavailable,
    RateLimited,
    StreamCut,
)
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.domain.reducer import replay
from iaposte_desktop.domain.runs import RunStatus, StepKind, StepStatus
from iaposte_desktop.domain.usage import UNKNOWN_COST, Cost, Usage
from iaposte_desktop.engine.model.provider import ExtractiveModel
from tests.fakes.scripted_model import REMOTE, Call, Hang, Raise, ScriptedModel, Until, search_call
from tests.unit.application.office import asked_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from iaposte_desktop.application.run_orders import RunOrder
    from iaposte_desktop.domain.errors import ProviderError
    from iaposte_desktop.domain.runs import Run
    from tests.fakes.scripted_model import Beat
    from tests.unit.application.office import Office

DONE = mp.Completed()
REFUND = "A refund takes ten days.\n\nGift cards are never refunded."
SOON = RateLimited("slow down", sent=Delivery.YES, retry_after=0.0)
LATER = RateLimited("slow down", sent=Delivery.YES, retry_after=121.0)
BACKGROUND = replace(REMOTE, background_resume=True)


def said(*pieces: str) -> tuple[mp.TextDelta, ...]:
    return tuple(map(mp.TextDelta, pieces))


@dataclass(slots=True)
class Watch:
    """What the agent sees; `when` acts on the first run that `seen` is true of."""

    runs: list[Run] = field(default_factory=list)
    acts: list[tuple[Callable[[Run], bool], Callable[[], object]]] = field(default_factory=list)

    def __call__(self, run: Run) -> None:
        self.runs.append(run)
        for act in tuple(self.acts):
            if act[0](run):
                self.acts.remove(act)
                act[1]()

    def when(self, seen: Callable[[Run], bool], act: Callable[[], object]) -> Watch:
        self.acts.append((seen, act))
        return self


def is_waiting(run: Run) -> bool:
    return run.waiting is not None


async def played(office: Office, order: RunOrder, watch: Watch, control: RunControl | None = None) -> Run:
    return await office.runs.run(order, watch, control or RunControl())


async def ordered(office: Office, model: ScriptedModel, fallback: ScriptedModel | None = None) -> RunOrder:
    order = await office.order(await office.store(refund=REFUND))
    request = order.asked.request
    return replace(order, asked=asked_of(model, request), fallback=asked_of(fallback, request) if fallback else None)


def limited(order: RunOrder) -> RunOrder:
    """To less than one round costs."""
    settings = order.assistant.settings
    settings = replace(settings, limits=replace(settings.limits, budget_usd=Decimal("0.5")))
    asked = replace(order.asked, cost_of=lambda _: Cost(Decimal(1)))
    return replace(order, assistant=replace(order.assistant, settings=settings), asked=asked)


class TestTryingAgain:
    async def test_what_was_turned_away_is_sent_again(self, office: Office) -> None:
        model = ScriptedModel([Raise(SOON)], [mp.Failed(SOON.info)], [*said("ok"), DONE])
        watch = Watch()
        run = await played(office, await ordered(office, model), watch)
        assert (run.status, run.text, len(model.requests)) == (RunStatus.COMPLETED, "ok", 3)
        waits = [step for step in run.steps if step.kind is StepKind.WAITING]
        assert [(step.status, step.detail["code"], step.detail["attempt"]) for step in waits] == [
            (StepStatus.COMPLETED, "rate_limited", 1),
            (StepStatus.COMPLETED, "rate_limited", 2),
        ]
        assert any(is_waiting(seen) for seen in watch.runs)

    async def test_a_long_wait_can_be_skipped(self, office: Office) -> None:
        control = RunControl()
        model = ScriptedModel([Raise(LATER)], [*said("ok"), DONE])
        run = await played(office, await ordered(office, model), Watch().when(is_waiting, control.skip.set), control)
        assert (run.status, run.text) == (RunStatus.COMPLETED, "ok")
        started, until = run.steps[0].started_at, run.steps[0].detail["until"]
        assert isinstance(until, str)
        assert (type(started).fromisoformat(until) - started).total_seconds() == 121

    async def test_a_skip_of_before_does_not_skip_the_next_wait(self, office: Office) -> None:
        control = RunControl()
        control.skip.set()
        model = ScriptedModel([Raise(LATER)])
        watch = Watch().when(is_waiting, control.stop.set)
        run = await played(office, await ordered(office, model), watch, control)
        assert (run.status, len(model.requests)) == (RunStatus.CANCELLED, 1)

    async def test_a_long_wait_can_be_stopped(self, office: Office) -> None:
        control = RunControl()
        model = ScriptedModel([Raise(LATER)])
        watch = Watch().when(is_waiting, control.stop.set)
        run = await played(office, await ordered(office, model), watch, control)
        assert (run.status, run.steps[0].status) == (RunStatus.CANCELLED, StepStatus.CANCELLED)
        assert len(model.requests) == 1

    async def test_not_once_text_has_come(self, office: Office) -> None:
        model = ScriptedModel([*said("Ten "), Raise(SOON)])
        run = await played(office, await ordered(office, model), Watch())
        assert (run.status, run.text, len(model.requests)) == (RunStatus.FAILED, "Ten ", 1)

    @pytest.mark.parametrize(
        "error",
        [
            ProviderUnavailable(sent=Delivery.MAYBE, billed=Delivery.MAYBE),
            ProviderUnavailable(problem=ConnectionProblem.FAILED, sent=Delivery.YES, billed=Delivery.MAYBE),
            StreamCut(sent=Delivery.YES, billed=Delivery.MAYBE),
        ],
        ids=lambda error: error.info.code,
    )
    async def test_not_what_may_have_been_billed(self, office: Office, error: ProviderError) -> None:
        model = ScriptedModel([Raise(error)])
        run = await played(office, await ordered(office, model), Watch())
        assert (run.status, len(model.requests)) == (RunStatus.FAILED, 1)
        assert run.error == error.info

    async def test_a_later_round_as_well(self, office: Office) -> None:
        model = ScriptedModel(search_call("refund"), [Raise(SOON)], [*said("ok"), DONE])
        run = await played(office, await ordered(office, model), Watch())
        assert run.status is RunStatus.COMPLETED
        assert model.requests[1].items == model.requests[2].items


class TestTheCircuit:
    async def test_a_refused_key_is_not_tried_again_at_once(self, office: Office) -> None:
        model = ScriptedModel([Raise(KeyRefused(sent=Delivery.YES))])
        first = await played(office, await ordered(office, model), Watch())
        again = await played(office, await ordered(office, model), Watch())
        assert [run.error and (run.error.code, run.error.sent) for run in (first, again)] == [
            ("key_refused", Delivery.YES),
            ("key_refused", Delivery.NO),
        ]
        assert len(model.requests) == 1


class TestTheFallback:
    async def test_it_answers_where_the_model_fails_and_the_run_says_why(self, office: Office) -> None:
        model = ScriptedModel([Raise(ModelGone("gone", sent=Delivery.YES))])
        other = ScriptedModel([*said("ok"), DONE], name="other")
        run = await played(office, await ordered(office, model, other), Watch())
        assert (run.status, run.text) == (RunStatus.COMPLETED, "ok")
        assert run.fallback is not None
        assert (run.fallback.model.provider, run.fallback.reason.code) == ("other", "model_gone")
        assert run.answering_model == run.fallback.model != run.model
        assert replay(await office.workspace.journal.entries(run.id)) == run

    async def test_it_gets_what_was_found_before(self, office: Office) -> None:
        model = ScriptedModel(search_call("refund"), [Raise(AnswerUnusable("html", sent=Delivery.YES))])
        other = ScriptedModel([*said("Ten days [1]."), DONE], name="other")
        run = await played(office, await ordered(office, model, other), Watch())
        assert run.status is RunStatus.COMPLETED
        assert [type(item) for item in other.requests[0].items[-2:]] == [mp.ToolCall, mp.ToolResult]
        assert [citation.match for citation in run.citations] == [CitationMatch.EXACT]

    async def test_not_where_text_has_come(self, office: Office) -> None:
        model = ScriptedModel([*said("Ten "), Raise(ModelGone("gone"))])
        other = ScriptedModel(name="other")
        run = await played(office, await ordered(office, model, other), Watch())
        assert (run.status, run.text, other.requests) == (RunStatus.FAILED, "Ten ", [])

    async def test_it_has_no_fallback_of_its_own(self, office: Office) -> None:
        model, other = (ScriptedModel([Raise(ModelGone(name))], name=name) for name in ("scripted", "other"))
        run = await played(office, await ordered(office, model, other), Watch())
        assert (run.status, run.error and run.error.detail) == (RunStatus.FAILED, "other")


class TestHostedSearch:
    async def test_its_citations_get_markers_of_the_passages_they_stand_on(self, office: Office) -> None:
        store_id = await office.store(refund=REFUND)
        passages = await office.stores.search([store_id], "refund ten days gift cards")
        by_text = {passage.text: passage for passage in passages}
        beats: list[Beat] = [
            mp.Searching("refund"),
            mp.FoundPassages(passages),
            *said("Ten days, then. "),
            *said("Gift cards are never refunded."),
            mp.CitedFile(passages[0].file_id, len("Ten days, then.")),
            mp.CitedFile(passages[0].file_id, len("Ten days, then. Gift cards are never refunded.")),
            mp.UsageReport(Usage(input_tokens=10, output_tokens=5, search_calls=1)),
            DONE,
        ]
        run = await played(office, await ordered(office, ScriptedModel(beats, capabilities=REMOTE)), Watch())
        assert by_text.keys() == {"A refund takes ten days.", "Gift cards are never refunded."}
        numbers = {source.passage.text: source.number for source in run.sources}
        ten, never = numbers["A refund takes ten days."], numbers["Gift cards are never refunded."]
        assert run.text == f"Ten days, then. [{ten}] Gift cards are never refunded. [{never}]"
        assert [(citation.source, citation.match) for citation in run.citations] == [
            (ten, CitationMatch.EXACT),
            (never, CitationMatch.EXACT),
        ]
        assert run.steps[0].detail["query"] == "refund"
        assert run.usage.search_calls == 1

    async def test_a_mark_of_a_file_that_was_never_found_gives_none(self, office: Office) -> None:
        beats: list[Beat] = [*said("Ten days."), mp.CitedFile("file_unknown", 9), DONE]
        run = await played(office, await ordered(office, ScriptedModel(beats)), Watch())
        assert (run.status, run.text, run.citations) == (RunStatus.COMPLETED, "Ten days.", ())


class TestLettingGo:
    """Of a provider that waits for answers to its calls, under a handle."""

    @staticmethod
    def waits(number: int = 1) -> tuple[Beat, ...]:
        return mp.Started(f"run_{number}"), *search_call("refund takes", f"call_{number}")

    async def test_over_its_budget(self, office: Office) -> None:
        call, done = search_call("refund")
        model = ScriptedModel([mp.Started("run_1"), call, mp.UsageReport(Usage(1_000)), done], capabilities=BACKGROUND)
        run = await played(office, limited(await ordered(office, model)), Watch())
        assert (run.error and run.error.code, model.cancelled) == ("over_budget", ["run_1"])

    async def test_after_too_many_rounds(self, office: Office) -> None:
        model = ScriptedModel(*(self.waits(number) for number in range(1, MAX_ROUNDS + 1)), capabilities=BACKGROUND)
        run = await played(office, await ordered(office, model), Watch())
        assert (run.error and run.error.code, model.cancelled) == ("too_many_rounds", [f"run_{MAX_ROUNDS}"])

    async def test_before_its_fallback_is_asked(self, office: Office) -> None:
        model = ScriptedModel(self.waits(), [Raise(ModelGone("gone"))], capabilities=BACKGROUND)
        cancelled: list[str] = []
        other = ScriptedModel([Call(lambda: cancelled.extend(model.cancelled)), *said("ok"), DONE], name="other")
        run = await played(office, await ordered(office, model, other), Watch())
        assert (run.text, cancelled, model.cancelled, other.cancelled) == ("ok", ["run_1"], ["run_1"], [])

    async def test_where_the_answers_cannot_be_told(self, office: Office) -> None:
        model = ScriptedModel(self.waits(), [Raise(KeyRefused(sent=Delivery.YES))], capabilities=BACKGROUND)
        run = await played(office, await ordered(office, model), Watch())
        assert (run.status, model.cancelled) == (RunStatus.FAILED, ["run_1"])

    async def test_where_there_are_no_answers(self, office: Office) -> None:
        model = ScriptedModel(self.waits(), capabilities=BACKGROUND)
        order = await ordered(office, model)
        office.stores.faults["search"] = ProviderUnavailable("down")
        run = await played(office, order, Watch())
        assert (run.error and run.error.code, model.cancelled) == ("provider_unavailable", ["run_1"])

    async def test_not_where_it_has_its_answers(self, office: Office) -> None:
        model = ScriptedModel(self.waits(1), [mp.Started("run_2"), *said("ok"), DONE], capabilities=BACKGROUND)
        run = await played(office, await ordered(office, model), Watch())
        assert (run.status, model.cancelled) == (RunStatus.COMPLETED, [])

    async def test_nor_where_it_failed_by_itself(self, office: Office) -> None:
        failing: list[Beat] = [mp.Started("run_2"), mp.Failed(ModelGone("gone").info)]
        model = ScriptedModel(self.waits(1), failing, capabilities=BACKGROUND)
        run = await played(office, await ordered(office, model), Watch())
        assert (run.status, model.cancelled) == (RunStatus.FAILED, [])

    async def test_a_turned_away_answer_is_told_again(self, office: Office) -> None:
        again: list[Beat] = [mp.Started("run_2"), *said("ok"), DONE]
        model = ScriptedModel(self.waits(1), [Raise(SOON)], again, capabilities=BACKGROUND)
        run = await played(office, await ordered(office, model), Watch())
        assert (run.status, model.cancelled) == (RunStatus.COMPLETED, [])

    async def test_one_that_cannot_be_cancelled_changes_nothing(self, office: Office) -> None:
        class Deaf(ScriptedModel):
            async def cancel(self, handle: str) -> None:
                await super().cancel(handle)
                raise ProviderUnavailable

        model = Deaf(self.waits(), [Raise(KeyRefused())], capabilities=BACKGROUND)
        run = await played(office, await ordered(office, model), Watch())
        assert (run.error and run.error.code, model.cancelled) == ("key_refused", ["run_1"])


class TestGoingOn:
    async def left(self, office: Office, *beats: Beat, handle: str = "resp_1") -> tuple[RunOrder, Run]:
        """A run whose process was killed after these events."""
        started = asyncio.Event()
        model = ScriptedModel([mp.Started(handle), *beats, Call(started.set), Hang()], capabilities=BACKGROUND)
        order = await ordered(office, model)
        task = asyncio.create_task(played(office, order, Watch()))
        await started.wait()
        await asyncio.sleep(0.1)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        (run,) = await office.workspace.journal.unfinished()
        return order, run

    async def resumed(self, office: Office, order: RunOrder, left: Run, model: ScriptedModel) -> Run:
        order = replace(order, asked=asked_of(model, order.asked.request))
        return await office.runs.resume(order, left, Watch(), RunControl())

    async def test_to_the_same_text_without_a_second_request(self, office: Office) -> None:
        whole: tuple[Beat, ...] = (
            mp.Started("resp_1"), *said("Ten ", "days, ", "then."), mp.UsageReport(Usage(10, 5)), DONE,
        )  # fmt: skip
        order, left = await self.left(office, *said("Ten ", "da"))
        assert (left.handle, left.text) == ("resp_1", "Ten da")
        model = ScriptedModel(capabilities=BACKGROUND, resumed=whole)
        run = await self.resumed(office, order, left, model)
        assert (run.status, run.text) == (RunStatus.COMPLETED, "Ten days, then.")
        assert (model.resumes, model.requests) == (["resp_1"], [])
        assert run.usage == Usage(10, 5)
        assert replay(await office.workspace.journal.entries(run.id)) == run

    async def test_nothing_is_told_twice(self, office: Office) -> None:
        passages = await office.stores.search([await office.store(refund=REFUND)], "refund ten days gift cards")
        begun: tuple[mp.ProviderEvent, ...] = (
            mp.Searching("refund"), mp.FoundPassages(passages), *said("Ten days."),
            mp.CitedFile(passages[0].file_id, 9), mp.UsageReport(Usage(10, 5)),
        )  # fmt: skip
        order, left = await self.left(office, *begun)
        model = ScriptedModel(capabilities=BACKGROUND, resumed=(mp.Started("resp_1"), *begun, DONE))
        run = await self.resumed(office, order, left, model)
        assert run.status is RunStatus.COMPLETED
        assert [step.kind for step in run.steps] == [StepKind.SEARCH, StepKind.WRITING, StepKind.CHECKING]
        assert len(run.sources) == len(passages)
        assert run.text == "Ten days. [1]"
        assert run.usage == Usage(10, 5)

    async def test_calls_of_the_round_are_answered_and_the_run_goes_on(self, office: Office) -> None:
        order, left = await self.left(office)
        model = ScriptedModel(
            [mp.Started("resp_2"), *said("Ten days [1]."), DONE],
            capabilities=BACKGROUND,
            resumed=(mp.Started("resp_1"), *search_call("refund takes")),
        )
        run = await self.resumed(office, order, left, model)
        assert (run.status, run.text, run.handle) == (RunStatus.COMPLETED, "Ten days [1].", "resp_2")
        assert [type(item) for item in model.requests[0].items[-2:]] == [mp.ToolCall, mp.ToolResult]

    async def test_answers_of_before_are_not_searched_again(self, office: Office) -> None:
        hang = asyncio.Event()
        first = ScriptedModel(
            [mp.Started("resp_1"), *search_call("refund takes")],
            [mp.Started("resp_2"), *said("Ten "), Call(hang.set), Hang()],
            capabilities=BACKGROUND,
        )
        order = await ordered(office, first)
        task = asyncio.create_task(played(office, order, Watch()))
        await hang.wait()
        await asyncio.sleep(0.1)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        (left,) = await office.workspace.journal.unfinished()
        model = ScriptedModel(capabilities=BACKGROUND, resumed=(mp.Started("resp_2"), *said("Ten days [1]."), DONE))
        run = await self.resumed(office, order, left, model)
        assert (run.text, model.resumes) == ("Ten days [1].", ["resp_2"])
        assert [step.kind for step in run.steps].count(StepKind.SEARCH) == 1
        assert [citation.match for citation in run.citations] == [CitationMatch.EXACT]

    async def test_a_provider_that_keeps_nothing_interrupts_it_too(self, office: Office) -> None:
        order, left = await self.left(office, *said("Ten "))
        embedded = replace(order, asked=replace(order.asked, provider=ExtractiveModel()))
        run = await office.runs.resume(embedded, left, Watch(), RunControl())
        assert (run.status, run.text) == (RunStatus.INTERRUPTED, "Ten ")

    async def test_what_the_provider_no_longer_has_is_interrupted(self, office: Office) -> None:
        order, left = await self.left(office, *said("Ten "))
        run = await self.resumed(office, order, left, ScriptedModel(capabilities=BACKGROUND))
        assert (run.status, run.text) == (RunStatus.INTERRUPTED, "Ten ")

    async def test_stopping_it_cancels_it_at_the_provider(self, office: Office) -> None:
        control, asked = RunControl(), asyncio.Event()
        model = ScriptedModel([mp.Started("resp_1"), *said("Ten "), Until(asked)], capabilities=BACKGROUND)
        watch = Watch().when(lambda run: bool(run.text), control.stop.set)
        run = await played(office, await ordered(office, model), watch, control)
        assert (run.status, run.text, model.cancelled) == (RunStatus.CANCELLED, "Ten ", ["resp_1"])

    async def test_drafting_finds_it_and_goes_on(self, office: Office) -> None:
        await office.assistant()
        thread_id = await office.thread("How long does a refund take?")
        begun = asyncio.Event()
        first = ScriptedModel([mp.Started("resp_1"), *said("Ten "), Call(begun.set), Hang()], capabilities=BACKGROUND)
        task = asyncio.create_task(office.drafting(first).draft_reply(thread_id))
        await begun.wait()
        await asyncio.sleep(0.1)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        whole: tuple[Beat, ...] = (mp.Started("resp_1"), *said("Ten ", "days."), DONE)
        drafting = office.drafting(ScriptedModel(capabilities=BACKGROUND, resumed=whole))
        recovery = await drafting.recover()
        assert (recovery.ended, [run.text for run in recovery.resumable]) == ((), ["Ten "])
        run = await drafting.resume(recovery.resumable[0])
        assert run.text == "Ten days."
        assert (await office.drafts.load(thread_id)).suggestion == run


class TestCost:
    async def test_rounds_add_up_and_each_step_has_its_own(self, office: Office) -> None:
        usage = mp.UsageReport(Usage(input_tokens=1_000, output_tokens=100))
        call, done = search_call("refund")
        model = ScriptedModel([call, usage, done], [*said("ok"), usage, DONE], capabilities=REMOTE)
        order = await ordered(office, model)
        order = replace(order, asked=replace(order.asked, cost_of=lambda used: Cost(Decimal(used.input_tokens))))
        run = await played(office, order, Watch())
        assert run.cost == Cost(Decimal(2_000))
        assert [step.cost for step in run.steps if step.kind is StepKind.WRITING] == [Cost(Decimal(1_000))]

    async def test_a_part_that_is_unknown_makes_the_whole_unknown(self, office: Office) -> None:
        usage = mp.UsageReport(Usage(input_tokens=1_000))
        model = ScriptedModel([*said("ok"), usage, DONE], capabilities=REMOTE)
        run = await played(office, await ordered(office, model), Watch())
        assert run.cost == UNKNOWN_COST

    async def test_a_run_over_its_budget_ends(self, office: Office) -> None:
        usage = mp.UsageReport(Usage(input_tokens=1_000))
        call, done = search_call("refund")
        model = ScriptedModel([call, usage, done], capabilities=REMOTE)
        run = await played(office, limited(await ordered(office, model)), Watch())
        assert (run.status, run.error and run.error.code) == (RunStatus.FAILED, "over_budget")
        assert run.error is not None
        assert run.error.billed is Delivery.YES
        assert isinstance((await office.workspace.journal.entries(run.id))[-1].event, ev.RunFailed)
        assert run.model == ModelRef("scripted", "scripted-1")
