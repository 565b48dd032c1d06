"""A run that calls functions waits at the server, and goes on with their results."""

from __future__ import annotations

from dataclasses import replace

import pytest

from iaposte_desktop.domain.errors import AnswerUnusable, ProviderUnavailable, RateLimited
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.domain.usage import Usage
from tests.fakes.toy_openai import faults
from tests.fakes.toy_openai.model import Answer, Call, Citation, Tokens
from tests.unit.providers.assistants_v2.conftest import (
    CANCEL,
    CREATE,
    DELETE,
    SEARCHING,
    SUBMIT,
    Desk,
    answered,
    calls_of,
    handle_of,
    text_of,
)


def searching(*queries: str, **said: str) -> Answer:
    return Answer(calls=[Call("search_knowledge", {"query": query}) for query in queries], usage=Tokens(50, 20), **said)  # type: ignore[arg-type]


class TestOneRun:
    async def test_the_calls_end_the_round(self, desk: Desk) -> None:
        desk.toy.model.script(searching("a", "b"))
        _, first, second, end = await desk.events(SEARCHING)
        assert isinstance(first, mp.ToolCall)
        assert isinstance(second, mp.ToolCall)
        assert (first.name, first.arguments, second.arguments) == ("search_knowledge", {"query": "a"}, {"query": "b"})
        assert end == mp.Completed()

    async def test_the_results_go_to_the_same_run(self, desk: Desk) -> None:
        desk.toy.model.script(searching("a", "b"), Answer("Ten days."))
        first = await desk.events(SEARCHING)
        second = await desk.events(answered(SEARCHING, calls_of(first)))
        assert (text_of(second), second[-1]) == ("Ten days.", mp.Completed())
        assert handle_of(second) == f"{handle_of(first)}/2"
        assert (desk.count(CREATE), desk.count(SUBMIT)) == (1, 1)

    async def test_several_rounds(self, desk: Desk) -> None:
        desk.toy.model.script(searching("a"), searching("b"), Answer("Ten days."))
        request = SEARCHING
        for _ in range(2):
            request = answered(request, calls_of(await desk.events(request)))
        assert text_of(await desk.events(request)) == "Ten days."
        assert (desk.count(CREATE), desk.count(SUBMIT)) == (1, 2)

    @pytest.mark.parametrize("is_left", [False, True])
    async def test_a_round_that_says_nothing_is_unusable_whatever_was_said_before(
        self, desk: Desk, is_left: bool
    ) -> None:
        desk.toy.model.script(searching("a", commentary="Let me see."), Answer(""))
        request = answered(SEARCHING, calls_of(await desk.events(SEARCHING)))
        handle = await desk.started(request) if is_left else ""
        events = desk.opened().resume(handle) if is_left else desk.provider.generate(request)
        with pytest.raises(AnswerUnusable):
            _ = [event async for event in events]

    async def test_a_round_tells_what_is_new_alone(self, desk: Desk) -> None:
        desk.toy.model.script(searching("a", commentary="Let me see."), Answer("Ten days."))
        first = await desk.events(SEARCHING)
        second = await desk.events(answered(SEARCHING, calls_of(first)))
        assert (text_of(first), text_of(second)) == ("Let me see.", "\n\nTen days.")

    async def test_places_count_from_the_beginning_of_its_round(self, desk: Desk) -> None:
        citation = Citation(3, "file-1", "refund.txt")
        desk.toy.model.script(searching("a", commentary="Let me see."), Answer("Ten days.", citations=[citation]))
        second = await desk.events(answered(SEARCHING, calls_of(await desk.events(SEARCHING))))
        (cited,) = [event for event in second if isinstance(event, mp.CitedFile)]
        assert text_of(second)[: cited.position] == "\n\nTen"

    async def test_its_usage_is_told_once_at_the_end(self, desk: Desk) -> None:
        desk.toy.model.script(searching("a"), Answer("Ten days.", usage=Tokens(70, 5)))
        first = await desk.events(SEARCHING)
        second = await desk.events(answered(SEARCHING, calls_of(first)))
        reports = [event.usage for event in (*first, *second) if isinstance(event, mp.UsageReport)]
        assert reports == [Usage(120, 25)]

    async def test_the_same_results_again_are_for_a_new_run(self, desk: Desk) -> None:
        desk.toy.model.script(searching("a"), Answer("Ten days."), Answer("Again."))
        request = answered(SEARCHING, calls_of(await desk.events(SEARCHING)))
        assert [text_of(await desk.events(request)) for _ in range(2)] == ["Ten days.", "Again."]
        assert (desk.count(CREATE), desk.count(SUBMIT)) == (2, 1)

    async def test_two_runs_wait_side_by_side(self, desk: Desk) -> None:
        desk.toy.model.script(searching("a"), searching("b"), Answer("B."), Answer("A."))
        first, second = await desk.events(SEARCHING), await desk.events(SEARCHING)
        assert text_of(await desk.events(answered(SEARCHING, calls_of(second)))) == "B."
        assert text_of(await desk.events(answered(SEARCHING, calls_of(first)))) == "A."


class TestResuming:
    """A handle tells from which round on the journal wants to hear the run again."""

    async def handles(self, desk: Desk) -> tuple[str, str]:
        """Of the first and of the second round; the listener of the second one left at once."""
        desk.toy.model.script(
            searching("a", commentary="Let me see."),
            Answer("Ten days.", citations=[Citation(3, "file-1", "refund.txt")]),
        )
        first = await desk.events(SEARCHING)
        second = await desk.started(answered(SEARCHING, calls_of(first)))
        await desk.closed()
        return handle_of(first), second

    async def test_the_second_round_is_told_without_the_first(self, desk: Desk) -> None:
        _, handle = await self.handles(desk)
        events = [event async for event in desk.provider.resume(handle)]
        (cited,) = [event for event in events if isinstance(event, mp.CitedFile)]
        assert (handle_of(events), text_of(events)) == (handle, "\n\nTen days.")
        assert text_of(events)[: cited.position] == "\n\nTen"
        assert events[-1] == mp.Completed()

    async def test_the_first_round_is_told_with_what_followed_it(self, desk: Desk) -> None:
        handle, _ = await self.handles(desk)
        events = [event async for event in desk.provider.resume(handle)]
        (cited,) = [event for event in events if isinstance(event, mp.CitedFile)]
        assert text_of(events) == "Let me see.\n\nTen days."
        assert text_of(events)[: cited.position] == "Let me see.\n\nTen"
        assert calls_of(events) == []

    async def test_the_round_after_a_resumed_one_bears_its_number(self, desk: Desk) -> None:
        desk.toy.model.script(searching("a"), searching("b"), Answer("Ten days."))
        first = await desk.events(SEARCHING)
        request = answered(SEARCHING, calls_of(first))
        handle = await desk.started(request)
        await desk.closed()
        second = [event async for event in desk.provider.resume(handle)]
        third = await desk.events(answered(request, calls_of(second)))
        assert [handle_of(events) for events in (second, third)] == [f"{handle_of(first)}/{n}" for n in (2, 3)]
        assert text_of(third) == "Ten days."

    async def test_any_of_its_handles_cancels_the_run(self, desk: Desk) -> None:
        _, handle = await self.handles(desk)
        await desk.provider.cancel(handle)
        await desk.closed()
        assert desk.toy.assistants.threads == {}


class TestNobodyKnowsIt:
    async def test_after_a_restart_a_new_run_is_told_what_was_called(self, desk: Desk) -> None:
        desk.toy.model.script(searching("a"), Answer("Ten days."))
        request = answered(SEARCHING, calls_of(await desk.events(SEARCHING)))
        await desk.closed()
        assert text_of(await desk.events(request)) == "Ten days."
        assert desk.count(SUBMIT) == 0
        assert [message["role"] for message in desk.bodies[1]["thread"]["messages"]] == ["user", "assistant", "user"]

    async def test_where_it_was_resumed_its_results_go_to_it(self, desk: Desk) -> None:
        desk.toy.model.script(searching("a"), Answer("Ten days."))
        handle = handle_of(await desk.events(SEARCHING))
        await desk.closed()
        resumed = [event async for event in desk.provider.resume(handle)]
        assert resumed[-1] == mp.Completed()
        assert text_of(await desk.events(answered(SEARCHING, calls_of(resumed)))) == "Ten days."
        assert (desk.count(CREATE), desk.count(SUBMIT)) == (1, 1)

    async def test_where_it_has_expired_a_new_run_is_told(self, desk: Desk) -> None:
        desk.toy.model.script(searching("a"), Answer("Ten days."), Answer("Again."))
        request = answered(SEARCHING, calls_of(await desk.events(SEARCHING)))
        desk.now += 700
        assert [text_of(await desk.events(request)) for _ in range(2)] == ["Ten days.", "Again."]
        assert (desk.count(CREATE), desk.count(SUBMIT)) == (3, 1)
        await desk.closed()
        assert desk.toy.assistants.threads == {}

    async def test_too_many_that_wait_are_dropped_the_oldest_first(self, desk: Desk) -> None:
        desk.toy.model.script(*(searching(str(number)) for number in range(65)), Answer("Last."))
        rounds = [await desk.events(SEARCHING) for _ in range(65)]
        assert text_of(await desk.events(answered(SEARCHING, calls_of(rounds[-1])))) == "Last."
        await desk.closed()
        assert (desk.count(CANCEL), desk.count(DELETE)) == (1, 2)
        left = {thread.id for thread in desk.toy.assistants.threads.values()}
        assert left == {handle_of(events).partition("/")[0] for events in rounds[1:-1]}


class TestFaults:
    @pytest.mark.parametrize("arguments", ['{"query": ', "[1]", "refund"])
    async def test_arguments_that_are_no_object_are_unusable_and_leave_nothing(
        self, desk: Desk, arguments: str
    ) -> None:
        desk.toy.model.script(Answer(calls=[Call("search_knowledge", arguments)]))
        with pytest.raises(AnswerUnusable):
            await desk.events(SEARCHING)
        await desk.closed()
        assert desk.count(CANCEL) == 1
        assert desk.toy.assistants.threads == {}

    async def test_results_that_were_turned_away_may_be_sent_later(self, desk: Desk) -> None:
        desk.toy.model.script(searching("a"), Answer("Ten days."))
        request = answered(SEARCHING, calls_of(await desk.events(SEARCHING)))
        desk.toy.fail(faults.RateLimited("1"), on=SUBMIT)
        with pytest.raises(RateLimited):
            await desk.events(request)
        assert text_of(await desk.events(request)) == "Ten days."
        assert (desk.count(CREATE), desk.count(SUBMIT)) == (1, 2)

    async def test_results_of_which_nobody_knows_whether_they_came_are_not_sent_again(self, desk: Desk) -> None:
        desk.toy.model.script(searching("a"))
        request = answered(SEARCHING, calls_of(await desk.events(SEARCHING)))
        desk.toy.fail(faults.Reset(), on=SUBMIT)
        with pytest.raises(ProviderUnavailable):
            await desk.events(request)
        assert (desk.count(CREATE), desk.count(SUBMIT)) == (1, 1)

    async def test_odd_output_is_sent(self, desk: Desk) -> None:
        desk.toy.model.script(searching("a"), Answer("Ten days."))
        request = answered(SEARCHING, calls_of(await desk.events(SEARCHING)), output="\ud83d")
        assert text_of(await desk.events(replace(request, tools=()))) == "Ten days."
