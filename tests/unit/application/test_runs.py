from __future__ import annotations

import asyncio
import sqlite3
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.application.execution import MAX_ROUNDS
from iaposte_desktop.application.explain import explain
from iaposte_desktop.domain import events as ev
from iaposte_desktop.domain.errors import AnswerUnusable, Delivery, ErrorInfo, StorageError
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.domain.reducer import replay
from iaposte_desktop.domain.runs import RunStatus, StepKind, StepStatus
from iaposte_desktop.domain.usage import FREE, UNKNOWN_COST, Usage
from tests.fakes.scripted_model import REMOTE, Call, Hang, Pause, Raise, ScriptedModel, Until, quoting, search_call

if TYPE_CHECKING:
    from iaposte_desktop.domain.runs import Run
    from iaposte_desktop.platform.paths import Profile
    from tests.fakes.scripted_model import Beat
    from tests.unit.application.office import Office

DONE = mp.Completed()
REFUND = "A refund takes ten days.\n\nGift cards are never refunded."


def said(*pieces: str) -> tuple[mp.TextDelta, ...]:
    return tuple(map(mp.TextDelta, pieces))


class TestJournal:
    async def test_nothing_is_shown_that_is_not_durable(self, office: Office, profile: Profile) -> None:
        shown: list[Run] = []

        def on_run(run: Run) -> None:
            with sqlite3.connect(profile.workspace_db) as other:
                (written,) = other.execute("select max(sequence) from events where run_id = ?", [run.id]).fetchone()
                (status,) = other.execute("select status from runs where id = ?", [run.id]).fetchone()
            other.close()
            shown.append(run)
            assert written == run.sequence
            assert status == run.status

        store_id = await office.store(refund=REFUND)
        run = await office.run(quoting, quoting, store_ids=(store_id,), on_run=on_run)
        assert shown[-1] == run
        assert [one.sequence for one in shown] == sorted({one.sequence for one in shown})

    async def test_the_journal_tells_the_whole_run(self, office: Office) -> None:
        store_id = await office.store(refund=REFUND)
        run = await office.run(quoting, quoting, store_ids=(store_id,))
        assert run.status is RunStatus.COMPLETED
        assert replay(await office.workspace.journal.entries(run.id)) == run
        assert await office.workspace.journal.retrieve(run.id) == run

    async def test_the_first_event_says_what_is_run(self, office: Office) -> None:
        run = await office.run([DONE])
        first = (await office.workspace.journal.entries(run.id))[0].event
        assert isinstance(first, ev.RunQueued)
        assert (run.language, run.assistant_version, run.model.provider) == ("en", 1, "scripted")

    async def test_text_that_comes_fast_is_written_in_few_pieces(self, office: Office) -> None:
        shown: list[Run] = []
        run = await office.run([*said(*"abcdefgh" * 100), DONE], on_run=shown.append)
        entries = await office.workspace.journal.entries(run.id)
        assert run.text == "abcdefgh" * 100
        assert sum(isinstance(entry.event, ev.TextAdded) for entry in entries) < 20
        assert len(shown) < 20

    async def test_text_that_comes_slowly_is_shown_as_it_comes(self, office: Office) -> None:
        shown: list[str] = []
        rest = Pause(0.08)
        beats: list[Beat] = [*said("a"), rest, *said("b"), rest, *said("c"), rest]
        await office.run([*beats, DONE], on_run=lambda run: shown.append(run.text))
        assert {"a", "ab", "abc"} <= set(shown)


class TestTools:
    async def test_a_search_is_answered_with_numbered_sources(self, office: Office) -> None:
        store_id = await office.store(refund=REFUND)
        model = ScriptedModel(search_call("refund ten days"), [*said("ok"), DONE])
        run = await office.play(model, await office.order(store_id))
        call, result = model.requests[1].items[-2:]
        assert call == mp.ToolCall("call_1", "search_knowledge", {"query": "refund ten days"})
        assert isinstance(result, mp.ToolResult)
        assert result.sources == run.sources
        assert [source.number for source in run.sources] == [1]
        assert "[1] refund.txt\nA refund takes ten days." in result.output
        step = run.steps[0]
        assert (step.kind, step.status) == (StepKind.SEARCH, StepStatus.COMPLETED)
        assert step.detail == {"query": "refund ten days", "passages": 1, "best_score": 1.0, "sources": [1]}

    async def test_a_passage_keeps_its_number(self, office: Office) -> None:
        store_id = await office.store(refund=REFUND, gift="Gift wrap costs five euros.")
        run = await office.run(
            search_call("refund takes", "a"), search_call("gift cards wrap", "b"), search_call("refund takes", "c"),
            [DONE], store_ids=(store_id,),
        )  # fmt: skip
        assert [source.number for source in run.sources] == [1, 2, 3]
        assert len({(source.passage.file_id, source.passage.start) for source in run.sources}) == 3
        assert [step.detail["sources"] for step in run.steps] == [[1], [2, 3], [1]] or [
            step.detail["sources"] for step in run.steps
        ] == [[1], [3, 2], [1]]

    async def test_several_calls_of_one_round(self, office: Office) -> None:
        store_id = await office.store(refund=REFUND)
        calls = [mp.ToolCall(str(number), "search_knowledge", {"query": "refund"}) for number in range(3)]
        model = ScriptedModel([*calls, DONE], [DONE])
        await office.play(model, await office.order(store_id))
        results = [item for item in model.requests[1].items if isinstance(item, mp.ToolResult)]
        assert [result.call_id for result in results] == ["0", "1", "2"]

    async def test_a_function_that_is_not_there(self, office: Office) -> None:
        model = ScriptedModel([mp.ToolCall("1", "send_mail", {"to": "all"}), DONE], [*said("sorry"), DONE])
        run = await office.play(model, await office.order())
        result = model.requests[1].items[-1]
        assert isinstance(result, mp.ToolResult)
        assert result.output == '{"error": "unknown_function", "name": "send_mail"}'
        assert (run.status, run.text) == (RunStatus.COMPLETED, "sorry")
        step = run.steps[0]
        assert (step.kind, step.status) == (StepKind.TOOL_CALL, StepStatus.FAILED)
        assert step.detail == {"name": "send_mail", "arguments": {"to": "all"}}

    async def test_arguments_of_any_shape(self, office: Office) -> None:
        store_id = await office.store(refund=REFUND)
        calls = [mp.ToolCall("1", "search_knowledge", {}), mp.ToolCall("2", "search_knowledge", {"query": [1, None]})]
        run = await office.run([*calls, DONE], [DONE], store_ids=(store_id,))
        assert run.status is RunStatus.COMPLETED

    async def test_a_model_that_goes_in_circles_is_stopped(self, office: Office) -> None:
        model = ScriptedModel(search_call("refund"), repeat=True)
        run = await office.play(model, await office.order())
        assert (run.status, len(model.requests)) == (RunStatus.FAILED, MAX_ROUNDS)
        assert run.error is not None
        assert (run.error.code, run.error.sent) == ("too_many_rounds", Delivery.NO)

    async def test_what_went_to_a_remote_model_was_sent(self, office: Office) -> None:
        model = ScriptedModel(search_call("refund"), repeat=True, capabilities=REMOTE)
        run = await office.play(model, await office.order())
        assert run.error is not None
        assert run.error.sent is Delivery.YES
        assert explain(run.error, "en").delivery == "It was sent and billed."

    async def test_a_search_that_fails_fails_the_run(self, office: Office) -> None:
        store_id = await office.store(refund=REFUND)
        office.stores.faults["search"] = AnswerUnusable("bad")
        run = await office.run(search_call("refund"), store_ids=(store_id,))
        assert run.status is RunStatus.FAILED
        assert run.error == AnswerUnusable("bad").info
        assert [step.status for step in run.steps] == [StepStatus.FAILED]

    async def test_a_store_that_is_gone_is_passed_over(self, office: Office) -> None:
        store_id = await office.store(refund=REFUND)
        run = await office.run(search_call("refund"), [DONE], store_ids=("vs_gone", store_id))
        assert len(run.sources) == 1


class TestHostedSearch:
    async def test_its_passages_are_numbered_as_ours(self, office: Office) -> None:
        passages = await office.knowledge.search([await office.store(refund=REFUND)], "refund")
        beats: list[Beat] = [mp.Searching("refund"), mp.FoundPassages(passages), *said("Ten days [1]."), DONE]
        run = await office.run(beats)
        assert [source.passage for source in run.sources] == list(passages)
        assert [step.kind for step in run.steps][:2] == [StepKind.SEARCH, StepKind.WRITING]
        assert run.steps[0].detail["query"] == "refund"
        assert run.steps[0].detail["passages"] == len(passages)


class TestEnds:
    async def test_stopped_while_it_writes(self, office: Office) -> None:
        stop = asyncio.Event()

        def on_run(run: Run) -> None:
            if run.text:
                stop.set()

        run = await office.run([*said("Half an "), Hang()], on_run=on_run, stop=stop)
        assert (run.status, run.text, run.error) == (RunStatus.CANCELLED, "Half an ", None)
        assert all(step.status is not StepStatus.IN_PROGRESS for step in run.steps)

    async def test_stopped_before_it_says_a_word(self, office: Office) -> None:
        stop = asyncio.Event()
        run = await office.run([mp.Started(), Call(stop.set), Hang()], stop=stop)
        assert (run.status, run.text) == (RunStatus.CANCELLED, "")

    async def test_stopped_before_it_begins(self, office: Office) -> None:
        stop = asyncio.Event()
        stop.set()
        run = await office.run([Hang()], stop=stop)
        assert run.status is RunStatus.CANCELLED

    async def test_what_had_come_before_the_stop_is_kept(self, office: Office) -> None:
        stop = asyncio.Event()
        run = await office.run([*said("a"), Pause(0.005), *said("b", "c"), Call(stop.set), Hang()], stop=stop)
        assert (run.status, run.text) == (RunStatus.CANCELLED, "abc")

    async def test_stopped_between_two_rounds(self, office: Office) -> None:
        stop = asyncio.Event()
        run = await office.run([*search_call("refund")[:1], Call(stop.set), DONE], [Hang()], stop=stop)
        assert run.status is RunStatus.CANCELLED

    async def test_cut(self, office: Office) -> None:
        run = await office.run([*said("Half an ")])
        assert (run.status, run.incomplete_reason, run.text) == (RunStatus.INTERRUPTED, "stream_cut", "Half an ")

    async def test_cut_before_a_word(self, office: Office) -> None:
        assert (await office.run([])).status is RunStatus.INTERRUPTED

    async def test_incomplete(self, office: Office) -> None:
        run = await office.run([*said("Half"), mp.Incomplete("max_output_tokens")])
        assert (run.status, run.incomplete_reason, run.text) == (RunStatus.INCOMPLETE, "max_output_tokens", "Half")

    async def test_failed(self, office: Office) -> None:
        error = ErrorInfo("model_gone", "gpt-4o", Delivery.YES)
        run = await office.run([*said("Half"), mp.Failed(error)])
        assert (run.status, run.error, run.text) == (RunStatus.FAILED, error, "Half")

    async def test_a_provider_that_raises(self, office: Office) -> None:
        error = AnswerUnusable("a captive portal", sent=Delivery.YES, billed=Delivery.NO)
        run = await office.run([*said("Half"), Pause(0), Raise(error)])
        assert (run.status, run.error, run.text) == (RunStatus.FAILED, error.info, "Half")
        assert str(explain(error, "fr")) == (
            "La réponse n’a pas pu être lue. C’est parti\u00a0; rien n’a été facturé. Réessayez."
        )

    @pytest.mark.expected_log("run_")
    async def test_a_defect_fails_the_run_and_is_logged(self, office: Office) -> None:
        run = await office.run([*said("Half"), Pause(0), Raise(ZeroDivisionError("division by zero"))])
        assert (run.status, run.text) == (RunStatus.FAILED, "Half")
        assert run.error is not None
        assert run.error.code == "internal"
        assert "ZeroDivisionError" in run.error.detail

    async def test_without_a_journal_there_is_no_run(self, office: Office) -> None:
        written, closed = asyncio.Event(), asyncio.Event()
        model = ScriptedModel([*said("a"), Until(closed), *said("b"), Hang()])
        order = await office.order()
        task = asyncio.create_task(office.play(model, order, lambda _: written.set(), asyncio.Event()))
        await written.wait()
        await office.workspace.aclose()
        closed.set()
        with pytest.raises(StorageError):
            await task
        assert model.closed == model.opened == 1


class TestKilled:
    async def killed(self, office: Office, *beats: object) -> Run:
        """What the journal holds of a run whose process ended in the middle."""
        hanging = asyncio.Event()
        model = ScriptedModel([*beats, Pause(0.05), Call(hanging.set), Hang()])  # type: ignore[list-item]  # Beats.
        order = await office.order()
        task = asyncio.create_task(office.play(model, order))
        await hanging.wait()
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert model.closed == 1
        (left,) = await office.workspace.journal.unfinished()
        return left

    async def test_it_is_left_open_with_its_text(self, office: Office) -> None:
        left = await self.killed(office, *said("Half an "))
        assert (left.status, left.text) == (RunStatus.IN_PROGRESS, "Half an ")

    async def test_it_is_closed_with_its_citations_checked(self, office: Office) -> None:
        passages = await office.knowledge.search([await office.store(refund=REFUND)], "refund")
        found = (mp.Searching("refund"), mp.FoundPassages(passages))
        left = await self.killed(office, *found, *said("Ten days [1]", " and then"))
        closed = await office.runs.close_interrupted(left)
        assert (closed.status, closed.incomplete_reason) == (RunStatus.INTERRUPTED, "program_ended")
        assert closed.text == "Ten days [1] and then"
        assert [citation.quote for citation in closed.citations] == ["A refund takes ten days."]
        assert await office.workspace.journal.unfinished() == ()
        assert await office.workspace.journal.retrieve(left.id) == closed


class TestCounting:
    async def test_rounds_add_up(self, office: Office) -> None:
        rounds: list[list[Beat]] = [
            [*search_call("refund")[:1], mp.UsageReport(Usage(10, 2)), DONE],
            [*said("ok"), mp.UsageReport(Usage(20, 3, estimated=True)), DONE],
        ]
        run = await office.run(*rounds)
        assert run.usage == Usage(30, 5, estimated=True)
        assert run.cost == FREE
        assert (await office.workspace.journal.used_by_assistant(run.assistant_id)).usage == run.usage

    async def test_a_remote_price_is_not_known(self, office: Office) -> None:
        model = ScriptedModel([*said("ok"), mp.UsageReport(Usage(10)), DONE], capabilities=REMOTE)
        run = await office.play(model, await office.order())
        assert run.cost == UNKNOWN_COST

    async def test_the_step_has_its_usage(self, office: Office) -> None:
        run = await office.run([*said("ok"), mp.UsageReport(Usage(10, 1)), DONE])
        assert [(step.kind, step.usage) for step in run.steps] == [(StepKind.WRITING, Usage(10, 1))]

    async def test_questions(self, office: Office) -> None:
        run = await office.run([mp.FoundQuestions(("a?", "b?")), mp.FoundNothingFor("b?"), *said("a"), DONE])
        assert (run.questions, run.open_questions) == (("a?", "b?"), ("b?",))

    async def test_the_handle_is_kept(self, office: Office) -> None:
        assert (await office.run([mp.Started("resp_1"), DONE])).handle == "resp_1"
