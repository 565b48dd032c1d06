"""A generation in the background is posted once, and followed to its end whatever happens to the connection."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from iaposte_desktop.domain.errors import (
    Delivery,
    KeyRefused,
    ProviderError,
    ProviderUnavailable,
    RequestRefused,
    StreamCut,
)
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.providers.responses.provider import ResponsesProvider
from tests.fakes.toy_openai import faults
from tests.fakes.toy_openai.model import Answer, Call, Citation
from tests.unit.providers.responses.conftest import (
    CREATE,
    IN_BACKGROUND,
    QUICK,
    RETRIEVE,
    Desk,
    text_of,
    those,
    until,
)
from tests.unit.providers.responses.saying import Answers, Both, Json, Streams, call, created, delta, ended, message

TEXT = "A refund takes ten working days. It reaches the account that paid the order."
CANCEL = "POST /responses/{response_id}/cancel"


@pytest.fixture
def long(desk: Desk) -> Desk:
    """With a text of many deltas."""
    desk.toy.model.script(Answer(TEXT))
    return desk


def gets(desk: Desk) -> list[dict[str, str]]:
    """The queries of the requests for the response."""
    return [dict(request.query) for request in desk.toy.requests if request.method == "GET"]


def numbered(*said: Json) -> list[Json]:
    return [{**event, "sequence_number": number} for number, event in enumerate(said)]


def assert_whole(desk: Desk, events: list[mp.ProviderEvent], text: str = TEXT) -> None:
    assert text_of(events) == text
    assert events[-1] == mp.Completed()
    assert len(those(events, mp.Started)) == len(those(events, mp.UsageReport)) == 1
    assert desk.posts == 1


class TestWithoutFaults:
    async def test_the_first_event_names_the_generation(self, long: Desk) -> None:
        events = await long.events(IN_BACKGROUND)
        assert isinstance(events[0], mp.Started)
        assert events[0].handle
        assert events[0].handle.startswith("resp_")
        assert_whole(long, events)
        assert gets(long) == []

    async def test_an_unknown_event_is_passed_over(self, long: Desk) -> None:
        long.toy.fail(faults.UnknownEvent(), on=CREATE)
        assert_whole(long, await long.events(IN_BACKGROUND))


class TestBrokenStreams:
    @pytest.mark.parametrize(
        "fault",
        [
            faults.CutAfter(9),
            faults.Reset(9),
            faults.Stall(9),
            faults.BadJson(),
            faults.NeverEnds(comments=True),
            faults.NoTerminal(),
        ],
        ids=str,
    )
    async def test_it_goes_on_where_it_broke(self, long: Desk, fault: faults.Fault) -> None:
        long.toy.fail(fault, on=CREATE)
        assert_whole(long, await long.events(IN_BACKGROUND))
        assert gets(long)[0]["stream"] == "true"
        assert int(gets(long)[0]["starting_after"]) > 0

    async def test_it_may_break_more_often_than_tries_while_more_comes(self, long: Desk) -> None:
        long.toy.fail(faults.CutAfter(5), on=CREATE)
        long.toy.fail(faults.CutAfter(2), on=RETRIEVE, times=QUICK.tries + 3)
        assert_whole(long, await long.events(IN_BACKGROUND))
        assert len(gets(long)) > QUICK.tries

    async def test_what_the_server_sends_again_is_passed_over(self, desk: Desk) -> None:
        said = numbered(created(), delta("Ten "), delta("days"), delta("."), ended(message("Ten days.")))
        desk.toy.fail(Streams(said[:3]), on=CREATE)
        desk.toy.fail(Streams(said), on=RETRIEVE)
        assert_whole(desk, await desk.events(IN_BACKGROUND), "Ten days.")

    async def test_events_that_say_nothing_are_something_new(self, desk: Desk) -> None:
        broken = "{"
        silent = numbered(
            created(), *[{"type": "response.unheard_of"}] * (QUICK.tries + 3), ended(message("Ten days."))
        )
        desk.toy.fail(Streams([silent[0], broken]), on=CREATE)
        for event in silent[1:-1]:
            desk.toy.fail(Streams([event, broken]), on=RETRIEVE)
        desk.toy.fail(Streams(silent[-1:]), on=RETRIEVE)
        assert_whole(desk, await desk.events(IN_BACKGROUND), "Ten days.")

    async def test_connections_that_fail_are_tried_again(self, long: Desk) -> None:
        long.toy.fail(faults.CutAfter(9), on=CREATE)
        long.toy.fail(faults.Reset(), on=RETRIEVE, times=QUICK.tries)
        assert_whole(long, await long.events(IN_BACKGROUND))
        assert len(gets(long)) == QUICK.tries + 1

    async def test_a_server_that_cannot_be_reached_is_given_up_in_the_end(self, long: Desk) -> None:
        long.toy.fail(faults.CutAfter(9), on=CREATE)
        long.toy.fail(faults.Reset(), on=RETRIEVE, times=None)
        with pytest.raises(StreamCut) as raised:
            await long.events(IN_BACKGROUND)
        assert (raised.value.sent, raised.value.billed) == (Delivery.YES, Delivery.MAYBE)
        assert len(gets(long)) == QUICK.tries + 1
        assert long.posts == 1

    @pytest.mark.parametrize("fault", [faults.RateLimited("2", "ms"), faults.Status(503), faults.Status(500)], ids=str)
    async def test_what_is_given_up_is_no_error_after_which_one_would_post_again(
        self, long: Desk, fault: faults.Fault
    ) -> None:
        long.toy.fail(faults.CutAfter(9), on=CREATE)
        long.toy.fail(fault, on=RETRIEVE, times=None)
        with pytest.raises(StreamCut):
            await long.events(IN_BACKGROUND)
        assert long.posts == 1

    async def test_a_key_that_is_refused_meanwhile_ends_it_at_once(self, long: Desk) -> None:
        long.toy.fail(faults.CutAfter(9), on=CREATE)
        long.toy.fail(faults.Status(401), on=RETRIEVE, times=None)
        with pytest.raises(KeyRefused) as raised:
            await long.events(IN_BACKGROUND)
        assert (raised.value.sent, raised.value.billed) == (Delivery.YES, Delivery.MAYBE)
        assert len(gets(long)) == 1
        assert long.posts == 1

    async def test_a_cut_without_an_id_is_a_cut(self, desk: Desk) -> None:
        desk.toy.fail(Streams([delta("Ten days.")]), on=CREATE)
        assert await desk.events(IN_BACKGROUND) == [mp.Started(None), mp.TextDelta("Ten days.")]
        assert gets(desk) == []
        assert desk.posts == 1

    async def test_a_cut_before_the_response_has_an_id_is_an_error(self, long: Desk) -> None:
        long.toy.fail(faults.CutAfter(0), on=CREATE)
        with pytest.raises(StreamCut):
            await long.events(IN_BACKGROUND)
        assert gets(long) == []
        assert long.posts == 1

    async def test_a_reset_before_the_answer_is_not_posted_again(self, long: Desk) -> None:
        long.toy.fail(faults.Reset(), on=CREATE)
        with pytest.raises(ProviderUnavailable):
            await long.events(IN_BACKGROUND)
        assert long.posts == 1

    async def test_an_error_event_is_the_end(self, long: Desk) -> None:
        long.toy.fail(faults.ErrorEvent(), on=CREATE)
        events = await long.events(IN_BACKGROUND)
        assert isinstance(events[-1], mp.Failed)
        assert gets(long) == []


class TestPolling:
    @pytest.mark.parametrize(
        "refusal", [faults.Status(400), faults.Status(404), faults.Status(500), Streams([])], ids=str
    )
    async def test_a_server_that_does_not_stream_again_is_asked_how_it_stands(
        self, long: Desk, refusal: faults.Fault
    ) -> None:
        long.toy.fail(faults.CutAfter(9), on=CREATE)
        long.toy.fail(refusal, on=RETRIEVE)
        assert_whole(long, await long.events(IN_BACKGROUND))
        assert "stream" not in gets(long)[-1]

    async def test_a_stream_that_brings_nothing_new_is_not_asked_for_again(self, desk: Desk) -> None:
        said = numbered(created(), delta("Ten days"))
        desk.toy.fail(Streams(said), on=CREATE)
        desk.toy.fail(Streams(said), on=RETRIEVE)
        desk.toy.fail(Answers(ended(message("Ten days."))["response"]), on=RETRIEVE)
        assert_whole(desk, await desk.events(IN_BACKGROUND), "Ten days.")
        assert ["stream" in query for query in gets(desk)] == [True, False]

    async def test_where_one_has_no_number_nobody_knows_where_to_go_on(self, desk: Desk) -> None:
        desk.toy.fail(Streams([*numbered(created(), delta("Ten ")), delta("days")]), on=CREATE)
        desk.toy.fail(Answers(ended(message("Ten days."))["response"]), on=RETRIEVE)
        assert_whole(desk, await desk.events(IN_BACKGROUND), "Ten days.")
        assert ["stream" in query for query in gets(desk)] == [False]

    async def test_without_numbers_it_is_asked_how_it_stands(self, long: Desk) -> None:
        long.toy.fail(Both(faults.MissingSequence(), faults.CutAfter(9)), on=CREATE)
        assert_whole(long, await long.events(IN_BACKGROUND))
        assert all("stream" not in query for query in gets(long))

    async def test_it_is_asked_until_it_is_over(self, long: Desk) -> None:
        long.toy.hold(9)
        long.toy.fail(Both(faults.MissingSequence(), faults.CutAfter(6)), on=CREATE)
        following = asyncio.create_task(long.events(IN_BACKGROUND))
        await until(lambda: len(gets(long)) > QUICK.tries + 3)
        assert not following.done()
        long.toy.release()
        assert_whole(long, await following)

    async def test_text_is_handed_on_as_it_grows(self, desk: Desk) -> None:
        desk.toy.fail(Streams([created(), delta("Ten ")]), on=CREATE)
        for text in ("Ten days", "Ten days", "Ten days. It "):
            writing = message(text, status="in_progress")
            desk.toy.fail(Answers({"id": "resp_1", "status": "in_progress", "output": [writing]}), on=RETRIEVE)
        desk.toy.fail(Answers(ended(message("Ten days. It ends."))["response"]), on=RETRIEVE)
        events = await desk.events(IN_BACKGROUND)
        assert [event.text for event in those(events, mp.TextDelta)] == ["Ten", " days", ". It", " ends."]
        assert events[-1] == mp.Completed()

    async def test_a_call_is_handed_on_once_it_is_written(self, desk: Desk) -> None:
        desk.toy.fail(Streams([created()]), on=CREATE)
        writing = {**call(""), "status": "in_progress"}
        desk.toy.fail(Answers({"id": "resp_1", "status": "in_progress", "output": [writing]}), on=RETRIEVE)
        desk.toy.fail(Answers(ended(call('{"query": "a"}'))["response"]), on=RETRIEVE)
        events = await desk.events(IN_BACKGROUND)
        assert those(events, mp.ToolCall) == [mp.ToolCall("call_1", "search_knowledge", {"query": "a"})]

    async def test_an_answer_that_is_no_json_is_asked_again(self, long: Desk) -> None:
        long.toy.fail(Both(faults.MissingSequence(), faults.CutAfter(6)), on=CREATE)
        long.toy.fail(faults.BadJson(), on=RETRIEVE)
        long.toy.fail(faults.HtmlPage(), on=RETRIEVE)
        long.toy.fail(Answers({"status": "unheard_of"}), on=RETRIEVE)
        assert_whole(long, await long.events(IN_BACKGROUND))
        assert len(gets(long)) == 4

    async def test_a_generation_that_was_cancelled_is_incomplete(self, long: Desk) -> None:
        long.toy.hold(9)
        events = []
        async for event in long.provider.generate(IN_BACKGROUND):
            events.append(event)
            if isinstance(event, mp.TextDelta) and long.toy.count("POST", "/responses/{response_id}/cancel") == 0:
                await long.provider.cancel(events[0].handle or "")  # type: ignore[union-attr]
        assert events[-1] == mp.Incomplete("cancelled")
        assert long.posts == 1

    async def test_a_generation_that_failed_is_failed(self, desk: Desk) -> None:
        desk.toy.model.script(Answer(TEXT, failure="server_error"))
        desk.toy.fail(Both(faults.MissingSequence(), faults.CutAfter(6)), on=CREATE)
        events = await desk.events(IN_BACKGROUND)
        assert isinstance(events[-1], mp.Failed)
        assert events[-1].error.code == "provider_unavailable.failed"
        assert desk.posts == 1

    async def test_a_response_that_is_gone_is_an_error(self, long: Desk) -> None:
        long.toy.fail(faults.CutAfter(9), on=CREATE)
        long.toy.fail(faults.Status(404), on=RETRIEVE, times=None)
        with pytest.raises(RequestRefused) as raised:
            await long.events(IN_BACKGROUND)
        assert (raised.value.sent, raised.value.billed) == (Delivery.YES, Delivery.MAYBE)
        assert long.posts == 1

    async def test_an_answer_that_is_unusable_is_not_asked_for_again(self, desk: Desk) -> None:
        desk.toy.model.script(Answer(" "))
        desk.toy.fail(Both(faults.MissingSequence(), faults.CutAfter(3)), on=CREATE)
        with pytest.raises(ProviderError, match="empty answer"):
            await desk.events(IN_BACKGROUND)
        assert len(gets(desk)) == 1
        assert desk.posts == 1


class TestResuming:
    async def handle(self, desk: Desk, events: int = 9) -> str:
        """Of a generation whose process left after so many events."""
        desk.toy.hold(events)
        generating = desk.provider.generate(IN_BACKGROUND)
        started = await anext(generating)
        assert isinstance(started, mp.Started)
        async for event in generating:
            if isinstance(event, (mp.TextDelta, mp.ToolCall)):
                break
        await generating.aclose()
        return started.handle or ""

    def in_a_new_process(self, desk: Desk) -> Desk:
        return replace(desk, provider=ResponsesProvider(desk.wire, patience=QUICK))

    async def test_all_comes_again_from_the_start(self, long: Desk) -> None:
        handle = await self.handle(long)
        long.toy.release()
        events = await self.in_a_new_process(long).resumed(handle)
        assert events[0] == mp.Started(handle)
        assert_whole(long, events)

    async def test_leaving_did_not_cancel_it(self, long: Desk) -> None:
        handle = await self.handle(long)
        await until(lambda: len(long.toy.hung_up) == 1)
        assert long.toy.count("POST", "/responses/{response_id}/cancel") == 0
        long.toy.release()
        assert_whole(long, await long.resumed(handle))

    async def test_one_that_has_ended_is_replayed(self, long: Desk) -> None:
        handle = await self.handle(long)
        long.toy.release()
        await long.resumed(handle)
        long.toy.fail(faults.Status(400), on=RETRIEVE)  # It is over: there is nothing to stream.
        events = await self.in_a_new_process(long).resumed(handle)
        assert events[0] == mp.Started(handle)
        assert_whole(long, events)

    async def test_calls_are_replayed(self, desk: Desk) -> None:
        desk.toy.model.script(Answer(calls=[Call("search_knowledge", {"query": "a"}, "call_9")]))
        handle = await self.handle(desk, 100)
        desk.toy.fail(faults.Status(400), on=RETRIEVE)
        events = await desk.resumed(handle)
        assert those(events, mp.ToolCall) == [mp.ToolCall("call_9", "search_knowledge", {"query": "a"})]
        assert desk.posts == 1

    @pytest.mark.parametrize("refuses_stream", [False, True])
    async def test_searches_are_replayed(self, desk: Desk, refuses_stream: bool) -> None:
        client = await desk.wire.client()
        file = await client.files.create(
            file=("returns.txt", b"A refund takes ten working days."), purpose="assistants"
        )
        store = await client.vector_stores.create(name="Returns")
        await client.vector_stores.files.create_and_poll(file.id, vector_store_id=store.id, poll_interval_ms=5)
        asked = replace(IN_BACKGROUND, hosted_search=mp.HostedSearch((store.id,), 6, 0.0))
        desk.toy.model.script(Answer("Ten days.", citations=[Citation(8, file.id, "returns.txt")]))
        first = await desk.events(asked)
        if refuses_stream:
            desk.toy.fail(faults.Status(400), on=RETRIEVE)
        again = await desk.resumed(first[0].handle or "")  # type: ignore[union-attr]
        for kind in (mp.Searching, mp.FoundPassages, mp.CitedFile):
            assert those(first, kind)
            assert those(again, kind) == those(first, kind)
        assert those(again, mp.FoundPassages)[0].passages[0].store_id == store.id

    async def test_one_that_is_not_there_is_refused(self, desk: Desk) -> None:
        with pytest.raises(RequestRefused):
            await desk.resumed("resp_gone")
        assert desk.posts == 0

    async def test_nothing_is_posted_whatever_fails(self, long: Desk) -> None:
        handle = await self.handle(long)
        long.toy.release()
        long.toy.fail(faults.Reset(5), on=RETRIEVE)
        long.toy.fail(faults.RateLimited("1", "ms"), on=RETRIEVE)
        assert_whole(long, await self.in_a_new_process(long).resumed(handle))


class TestCancelling:
    async def test_it_ends_at_the_server(self, long: Desk) -> None:
        handle = await TestResuming().handle(long)
        await long.provider.cancel(handle)
        assert (await long.resumed(handle))[-1] == mp.Incomplete("cancelled")

    async def test_of_what_has_ended_it_does_nothing(self, long: Desk) -> None:
        events = await long.events(IN_BACKGROUND)
        handle: Any = events[0].handle  # type: ignore[union-attr]
        await long.provider.cancel(handle)
        assert_whole(long, await long.resumed(handle))

    @pytest.mark.parametrize("status", [400, 404, 409])
    async def test_a_server_that_says_there_is_nothing_to_cancel_is_right(self, desk: Desk, status: int) -> None:
        desk.toy.fail(faults.Status(status), on=CANCEL)
        await desk.provider.cancel("resp_1")
        assert desk.toy.count("POST", "/responses/{response_id}/cancel") == 1

    @pytest.mark.parametrize("fault", [faults.Status(500), faults.Reset(), faults.HtmlPage()], ids=str)
    async def test_what_fails_is_raised_and_not_sent_again(self, desk: Desk, fault: faults.Fault) -> None:
        desk.toy.fail(fault, on=CANCEL, times=None)
        with pytest.raises(ProviderUnavailable):
            await desk.provider.cancel("resp_1")
        assert desk.toy.count("POST", "/responses/{response_id}/cancel") == 1
