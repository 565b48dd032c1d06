from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.application.changes import Changed, RunChanged, TaskChanged, Topic
from iaposte_desktop.application.drafting import Drafting, Recovery
from iaposte_desktop.application.tasks import TaskBoard
from iaposte_desktop.domain.assistants import ModelRef, OutputFormat, ReplyStyle
from iaposte_desktop.domain.errors import (
    AnswerUnusable,
    InvalidValue,
    ModelGone,
    NoAssistant,
    NotFound,
    NothingToAnswer,
    RunAlreadyActive,
)
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.domain.ports.settings import AGENT_NAME, DEFAULT_ASSISTANT_ID, SIGNATURE
from iaposte_desktop.domain.runs import RunOverrides, RunStatus
from iaposte_desktop.domain.tasks import TaskKind, TaskStatus
from iaposte_desktop.domain.threads import ThreadStatus
from iaposte_desktop.domain.usage import FREE, UNKNOWN_COST
from tests.fakes.scripted_model import REMOTE, Call, Hang, Pause, Raise, ScriptedModel, quoting
from tests.qt.until import until

if TYPE_CHECKING:
    from tests.unit.application.office import Office

DONE = mp.Completed()
REPLY = (mp.TextDelta("Ten days."), DONE)
MAIL = "How long does a refund take?"


async def one_running(office: Office, *beats: object) -> tuple[Drafting, str, asyncio.Task[object]]:
    """A draft that hangs after `beats`."""
    hanging = asyncio.Event()
    model = ScriptedModel([*beats, Pause(0.05), Call(hanging.set), Hang()], repeat=True)  # type: ignore[list-item]
    await office.assistant()
    thread_id = await office.thread(MAIL)
    drafting = office.drafting(model)
    task: asyncio.Task[object] = asyncio.create_task(drafting.draft_reply(thread_id))
    await hanging.wait()
    await asyncio.sleep(0.05)
    return drafting, thread_id, task


class TestADraft:
    async def test_its_text_is_offered_and_the_thread_is_drafted(self, office: Office) -> None:
        await office.assistant()
        thread_id = await office.thread(MAIL)
        run = await office.drafting(ScriptedModel(REPLY)).draft_reply(thread_id)
        assert (run.status, run.text) == (RunStatus.COMPLETED, "Ten days.")
        assert (await office.drafts.load(thread_id)).suggestion == run
        assert (await office.workspace.threads.retrieve(thread_id)).status is ThreadStatus.DRAFTED
        assert Changed(Topic.THREADS, thread_id) in office.heard

    async def test_the_agents_own_text_is_not_touched(self, office: Office) -> None:
        await office.assistant()
        thread_id = await office.thread(MAIL)
        await office.drafts.save(thread_id, "My own words")
        await office.drafting(ScriptedModel(REPLY)).draft_reply(thread_id)
        assert (await office.drafts.load(thread_id)).draft.text == "My own words"

    async def test_progress_is_published(self, office: Office) -> None:
        await office.assistant()
        thread_id = await office.thread(MAIL)
        run = await office.drafting(ScriptedModel(REPLY)).draft_reply(thread_id)
        runs = [change.run for change in office.heard if isinstance(change, RunChanged)]
        assert runs[0].status is RunStatus.QUEUED
        assert runs[-1] == run
        tasks = [change.task for change in office.heard if isinstance(change, TaskChanged)]
        assert {(task.kind, task.subject, task.target_id) for task in tasks} == {(TaskKind.DRAFT, "Refund", thread_id)}
        assert tasks[-1].status is TaskStatus.COMPLETED

    async def test_citing_a_file_that_another_place_holds_is_no_error(self, office: Office) -> None:
        store_id = await office.store(refund="A refund takes ten days.")
        await office.assistant(store_id)
        thread_id = await office.thread("refund")
        run = await office.drafting(ScriptedModel(quoting, quoting)).draft_reply(thread_id)
        assert run.citations

    async def test_the_assistant_was_used(self, office: Office) -> None:
        assistant = await office.assistant()
        await office.drafting(ScriptedModel(REPLY)).draft_reply(await office.thread(MAIL))
        used = await office.library.retrieve(assistant.id)
        assert used == replace(assistant, last_used_at=office.clock())

    @pytest.mark.parametrize("status", [ThreadStatus.SENT, ThreadStatus.CLOSED])
    async def test_a_thread_that_is_over_stays_so(self, office: Office, status: ThreadStatus) -> None:
        await office.assistant()
        thread_id = await office.thread(MAIL)
        thread = await office.workspace.threads.retrieve(thread_id)
        await office.workspace.threads.save(replace(thread, status=status))
        await office.drafting(ScriptedModel(REPLY)).draft_reply(thread_id)
        assert (await office.workspace.threads.retrieve(thread_id)).status is status

    async def test_the_request_is_filled_in(self, office: Office) -> None:
        office.settings.set(AGENT_NAME, "Grace")
        office.settings.set(SIGNATURE, "Grace, {{subject}}")
        instructions = "{{customer_name}}|{{agent_name}}|{{date}}|{{subject}}|{{language}}|{{unknown}}"
        await office.assistant(instructions=instructions)
        model = ScriptedModel(REPLY)
        await office.drafting(model).draft_reply(await office.thread(MAIL, "And gift cards?", language="fr"))
        (request,) = model.requests
        assert request.instructions == "Ada Lovelace|Grace|2026-11-02|Refund|fr|{{unknown}}"
        assert request.items == (mp.CustomerMail("Refund", MAIL), mp.CustomerMail("Refund", "And gift cards?"))
        assert (request.reply.language, request.reply.signature) == ("fr", "Grace, Refund")
        assert request.model == "scripted-1"


class TestRefusals:
    async def test_a_second_press(self, office: Office) -> None:
        drafting, thread_id, task = await one_running(office)
        assert drafting.is_running(thread_id)
        with pytest.raises(RunAlreadyActive):
            await drafting.draft_reply(thread_id)
        drafting.stop(thread_id)
        await task
        assert not drafting.is_running(thread_id)
        assert len(await office.workspace.journal.runs_of(thread_id)) == 1

    async def test_another_thread_is_not_refused(self, office: Office) -> None:
        drafting, thread_id, task = await one_running(office)
        other = await office.thread(MAIL)
        second = asyncio.create_task(drafting.draft_reply(other))
        await until(lambda: drafting.is_running(other))
        drafting.stop(thread_id)
        drafting.stop(other)
        runs = await asyncio.gather(task, second)
        assert len(runs) == 2

    async def test_nothing_to_answer(self, office: Office) -> None:
        await office.assistant()
        thread_id = await office.thread()
        drafting = office.drafting(ScriptedModel())
        with pytest.raises(NothingToAnswer):
            await drafting.draft_reply(thread_id)
        assert not drafting.is_running(thread_id)

    async def test_no_assistant(self, office: Office) -> None:
        with pytest.raises(NoAssistant):
            await office.drafting(ScriptedModel()).draft_reply(await office.thread(MAIL))

    async def test_an_unknown_thread(self, office: Office) -> None:
        with pytest.raises(NotFound):
            await office.drafting(ScriptedModel()).draft_reply("thread_unknown")

    async def test_a_provider_that_is_not_configured(self, office: Office) -> None:
        await office.assistant(model=ModelRef("elsewhere", "gpt-9"))
        with pytest.raises(ModelGone):
            await office.drafting(ScriptedModel()).draft_reply(await office.thread(MAIL))
        assert office.board.list() == ()


class TestTheAssistant:
    async def drafted_by(self, office: Office, thread_id: str, assistant_id: str | None = None) -> str:
        drafting = office.drafting(ScriptedModel(REPLY))
        return (await drafting.draft_reply(thread_id, assistant_id)).assistant_id

    async def test_one_that_is_named_comes_first(self, office: Office) -> None:
        asked, threads, default = [(await office.assistant(name=name)).id for name in "cba"]
        office.settings.set(DEFAULT_ASSISTANT_ID, default)
        thread_id = await office.thread(MAIL)
        thread = await office.workspace.threads.retrieve(thread_id)
        assert await self.drafted_by(office, thread_id) == default
        await office.workspace.threads.save(replace(thread, assistant_id=threads))
        assert await self.drafted_by(office, thread_id) == threads
        assert await self.drafted_by(office, thread_id, asked) == asked

    async def test_without_any_choice_the_first_by_name(self, office: Office) -> None:
        await office.assistant(name="b")
        first = await office.assistant(name="A")
        assert await self.drafted_by(office, await office.thread(MAIL)) == first.id

    async def test_a_classifier_is_chosen_only_where_there_is_nothing_else(self, office: Office) -> None:
        classifier = await office.assistant(name="a", output_format=OutputFormat.JSON)
        thread_id = await office.thread(MAIL)
        assert await self.drafted_by(office, thread_id) == classifier.id
        writer = await office.assistant(name="b")
        assert await self.drafted_by(office, thread_id) == writer.id

    async def test_one_in_the_bin_is_passed_over(self, office: Office) -> None:
        binned, left = [(await office.assistant(name=name)).id for name in "ab"]
        await office.library.delete(binned)
        office.settings.set(DEFAULT_ASSISTANT_ID, binned)
        assert await self.drafted_by(office, await office.thread(MAIL)) == left

    async def test_the_current_version_is_used(self, office: Office) -> None:
        assistant = await office.assistant()
        await office.library.save_version(assistant.id, replace(assistant.version.settings, instructions="New."))
        model = ScriptedModel(REPLY)
        run = await office.drafting(model).draft_reply(await office.thread(MAIL))
        assert (run.assistant_version, model.requests[0].instructions) == (2, "New.")


class TestEnds:
    async def test_stopped(self, office: Office) -> None:
        drafting, thread_id, task = await one_running(office, mp.TextDelta("Ten "))
        drafting.stop(thread_id)
        await task
        (run,) = await office.workspace.journal.runs_of(thread_id)
        assert (run.status, run.text) == (RunStatus.CANCELLED, "Ten ")
        assert (await office.drafts.load(thread_id)).suggestion == run
        assert (await office.workspace.threads.retrieve(thread_id)).status is ThreadStatus.TO_ANSWER
        assert [task.status for task in office.board.list()] == [TaskStatus.CANCELLED]

    async def test_stopped_from_the_board(self, office: Office) -> None:
        _, thread_id, task = await one_running(office)
        office.board.cancel(office.board.list()[0].id)
        await task
        (run,) = await office.workspace.journal.runs_of(thread_id)
        assert run.status is RunStatus.CANCELLED
        assert (await office.drafts.load(thread_id)).suggestion is None

    async def test_stopping_what_does_not_run(self, office: Office) -> None:
        office.drafting(ScriptedModel()).stop("thread_unknown")

    async def test_failed(self, office: Office) -> None:
        await office.assistant()
        thread_id = await office.thread(MAIL)
        run = await office.drafting(ScriptedModel([Raise(AnswerUnusable("html"))])).draft_reply(thread_id)
        assert run.status is RunStatus.FAILED
        (task,) = office.board.list()
        assert (task.status, task.reason) == (TaskStatus.FAILED, "answer_unusable")

    async def test_cut(self, office: Office) -> None:
        await office.assistant()
        run = await office.drafting(ScriptedModel([mp.TextDelta("Ten")])).draft_reply(await office.thread(MAIL))
        assert run.status is RunStatus.INTERRUPTED
        assert office.board.list()[0].status is TaskStatus.INTERRUPTED

    async def test_the_program_closes(self, office: Office) -> None:
        """Left open as by a kill, and found again at the next start."""
        drafting, thread_id, task = await one_running(office, mp.TextDelta("Ten "))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not drafting.is_running(thread_id)
        assert [task.status for task in office.board.list()] == [TaskStatus.INTERRUPTED]
        (ended,) = (await office.drafting(ScriptedModel()).recover()).ended
        assert (ended.status, ended.text) == (RunStatus.INTERRUPTED, "Ten ")
        assert (await office.drafts.load(thread_id)).suggestion == ended
        assert await office.drafting(ScriptedModel()).recover() == Recovery((), ())

    async def test_killed_between_the_end_of_a_run_and_its_offer(self, office: Office) -> None:
        await office.assistant()
        thread_id = await office.thread(MAIL)
        task_id = await office.board.begin(TaskKind.DRAFT, "Refund", thread_id, lambda: None)
        order = replace(await office.order(), thread_id=thread_id)
        run = await office.play(ScriptedModel(REPLY), order)
        drafting = office.drafting(ScriptedModel())
        for _ in range(2):
            board = TaskBoard(office.workspace.tasks, office.changes, office.clock)
            assert await drafting.recover(await board.load()) == Recovery((), ())
            assert [(task.id, task.status) for task in board.list()] == [(task_id, TaskStatus.INTERRUPTED)]
        assert (await office.drafts.load(thread_id)).suggestion == run
        await office.drafts.dismiss(thread_id)
        await drafting.recover(await board.load())
        assert (await office.drafts.load(thread_id)).suggestion is None

    async def test_a_run_without_a_word_is_not_offered_again(self, office: Office) -> None:
        _, thread_id, task = await one_running(office)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        (ended,) = (await office.drafting(ScriptedModel()).recover()).ended
        assert ended.text == ""
        assert (await office.drafts.load(thread_id)).suggestion is None


class TestEstimating:
    async def test_on_this_machine_it_is_free(self, office: Office) -> None:
        assistant = await office.assistant(instructions="word " * 100)
        estimate = await office.drafting(ScriptedModel()).estimate(await office.thread(MAIL))
        assert (estimate.assistant, estimate.cost, estimate.is_remote) == (assistant, FREE, False)
        assert 100 < estimate.input_tokens < 120

    async def test_a_remote_provider_counts_only_what_the_agent_lets_go(self, office: Office) -> None:
        await office.assistant()
        model = ScriptedModel(capabilities=REMOTE, input_tokens=123)
        drafting, thread_id = office.drafting(model), await office.thread(MAIL)
        estimate = await drafting.estimate(thread_id)
        assert (estimate.is_counted, estimate.is_remote, model.counted) == (False, True, [])
        exact = await drafting.estimate(thread_id, may_send=True)
        assert (exact.input_tokens, exact.is_counted, exact.cost) == (123, True, UNKNOWN_COST)
        assert model.requests == []

    async def test_it_refuses_as_drafting_does(self, office: Office) -> None:
        with pytest.raises(NothingToAnswer):
            await office.drafting(ScriptedModel()).estimate(await office.thread())


class TestLanguage:
    @pytest.mark.parametrize(
        ("thread_choice", "assistant_choice", "mails", "expected"),
        [
            ("de", "fr", "en", "de"),
            (None, "fr", "en", "fr"),
            (None, None, "fr", "fr"),
            (None, None, None, "en"),
        ],
    )
    async def test_of_the_reply(
        self,
        office: Office,
        thread_choice: str | None,
        assistant_choice: str | None,
        mails: str | None,
        expected: str,
    ) -> None:
        await office.assistant(reply_style=ReplyStyle(language=assistant_choice))
        thread_id = await office.thread(MAIL, language=mails)
        thread = await office.workspace.threads.retrieve(thread_id)
        await office.workspace.threads.save(replace(thread, reply_language=thread_choice))
        model = ScriptedModel(REPLY)
        run = await office.drafting(model).draft_reply(thread_id)
        assert run.language == model.requests[0].reply.language == expected


class TestHostedSearch:
    async def test_stores_at_the_provider_that_generates_are_searched_there(self, office: Office) -> None:
        """Those that are still there: one that is gone would fail the whole request."""
        store_id = await office.store(refund="A refund takes ten days.")
        await office.assistant(store_id, "vs_gone")
        model = ScriptedModel(REPLY, capabilities=replace(REMOTE, hosted_file_search=True))
        await office.drafting(model).draft_reply(await office.thread(MAIL))
        (request,) = model.requests
        assert request.hosted_search == mp.HostedSearch((store_id,), 6, 0.25)
        assert request.tools == ()

    async def test_a_model_elsewhere_asks_for_searches(self, office: Office) -> None:
        await office.assistant(await office.store(refund="A refund takes ten days."), model=ModelRef("other", "x"))
        model = ScriptedModel(REPLY, name="other", capabilities=replace(REMOTE, hosted_file_search=True))
        await office.drafting(model).draft_reply(await office.thread(MAIL))
        (request,) = model.requests
        assert (request.hosted_search, request.tools) == (None, (mp.SEARCH_KNOWLEDGE,))


class TestOverrides:
    async def test_one_run_does_otherwise_and_says_so(self, office: Office) -> None:
        assistant = await office.assistant(instructions="Be kind.", metadata={"team": "a"})
        model = ScriptedModel(REPLY)
        overrides = RunOverrides(
            additional_instructions="Mention the parcel.", max_output_tokens=99, metadata={"campaign": "b"}
        )
        run = await office.drafting(model).draft_reply(await office.thread(MAIL), assistant.id, overrides)
        (request,) = model.requests
        assert request.instructions == "Be kind.\n\nMention the parcel."
        assert (request.max_output_tokens, request.metadata["team"], request.metadata["campaign"]) == (99, "a", "b")
        assert run.overrides == overrides
        assert (await office.library.retrieve(assistant.id)).version.settings.instructions == "Be kind."

    async def test_the_instructions_may_be_replaced(self, office: Office) -> None:
        await office.assistant(instructions="Be kind.")
        model = ScriptedModel(REPLY)
        thread_id = await office.thread(MAIL)
        await office.drafting(model).draft_reply(thread_id, overrides=RunOverrides(instructions="Be short."))
        assert model.requests[0].instructions == "Be short."

    async def test_a_value_out_of_range_is_refused_before_anything_runs(self, office: Office) -> None:
        await office.assistant()
        model = ScriptedModel(REPLY)
        with pytest.raises(InvalidValue) as refused:
            await office.drafting(model).draft_reply(await office.thread(MAIL), overrides=RunOverrides(max_passages=51))
        assert (refused.value.field, model.requests) == ("max_passages", [])
