"""What becomes of what a server says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from iaposte_desktop.domain.errors import AnswerUnusable
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.domain.usage import Usage
from tests.fakes.toy_openai.model import Answer, Call, Tokens
from tests.unit.providers.chat_completions.conftest import (
    MAIL,
    REQUEST,
    Desk,
    calls_of,
    delta,
    text_of,
    thought_of,
)

USAGE = {
    "prompt_tokens": 50,
    "completion_tokens": 20,
    "total_tokens": 70,
    "prompt_tokens_details": {"cached_tokens": 30, "cache_write_tokens": 5},
    "completion_tokens_details": {"reasoning_tokens": 7},
}
SEARCHING = replace(REQUEST, tools=(mp.SEARCH_KNOWLEDGE,))


def called(*, index: object = None, **function: object) -> dict[str, object]:
    """A piece of a call; an `id` in it is the call's own."""
    call_id = {"id": function.pop("id")} if "id" in function else {}
    return ({} if index is None else {"index": index}) | call_id | {"function": function}


class TestText:
    async def test_it_streams(self, desk: Desk) -> None:
        desk.toy.model.script(Answer("Ten working days."))
        events = await desk.events()
        assert events[0] == mp.Started()
        assert text_of(events) == "Ten working days."
        assert sum(isinstance(event, mp.TextDelta) for event in events) > 1
        assert events[-1] == mp.Completed()

    async def test_stop_at_the_limit(self, desk: Desk) -> None:
        desk.toy.model.script(Answer("x" * 100))
        events = await desk.events(replace(REQUEST, max_output_tokens=5))
        assert text_of(events) == "x" * 20
        assert events[-1] == mp.Incomplete("max_output_tokens")

    async def test_the_content_filter(self, desk: Desk) -> None:
        desk.toy.model.script(Answer("Half", incomplete="content_filter"))
        events = await desk.events()
        assert (text_of(events), events[-1]) == ("Half", mp.Incomplete("content_filter"))

    async def test_a_reason_nobody_knows_is_no_success(self, desk: Desk) -> None:
        events = await desk.events_of(delta(content="Half"), delta("abort"))
        assert events[-1] == mp.Incomplete("abort")

    @pytest.mark.parametrize(
        "chunk",
        [{}, {"choices": None}, {"choices": [{"delta": None}]}, {"choices": [{"delta": {"content": None}}]}],
    )
    async def test_chunks_that_say_nothing_are_passed_over(self, desk: Desk, chunk: object) -> None:
        events = await desk.events_of(chunk, delta(content="Hi"), chunk, delta("stop"))
        assert (text_of(events), events[-1]) == ("Hi", mp.Completed())

    async def test_what_looks_like_the_beginning_of_a_tag_is_text_in_the_end(self, desk: Desk) -> None:
        assert text_of(await desk.events_of(delta(content="<th"), delta("stop"))) == "<th"

    async def test_an_empty_reason_is_none(self, desk: Desk) -> None:
        events = await desk.events_of(delta("", content="Hi"), delta("", content="!"), delta("stop"))
        assert text_of(events) == "Hi!"

    @pytest.mark.parametrize("text", ["", " \n"])
    async def test_an_answer_that_says_nothing_is_unusable(self, desk: Desk, text: str) -> None:
        desk.toy.model.script(Answer(text))
        with pytest.raises(AnswerUnusable):
            await desk.events()

    async def test_a_refusal_is_shown_and_is_no_success(self, desk: Desk) -> None:
        desk.toy.model.script(Answer(refusal="I cannot help with that."))
        events = await desk.events()
        assert (text_of(events), events[-1]) == ("I cannot help with that.", mp.Incomplete("refusal"))


class TestReasoning:
    @pytest.mark.parametrize("name", ["reasoning_content", "reasoning"])
    async def test_by_either_name(self, desk: Desk, name: str) -> None:
        events = await desk.events_of(delta(**{name: "Let me "}), delta(**{name: "see."}), delta("stop", content="Hi"))
        assert (thought_of(events), text_of(events)) == ("Let me see.", "Hi")

    async def test_once_where_a_server_says_it_twice(self, desk: Desk) -> None:
        events = await desk.events_of(delta(reasoning="So.", reasoning_content="So."), delta("stop", content="Hi"))
        assert thought_of(events) == "So."

    async def test_in_a_tag_at_the_beginning(self, desk: Desk) -> None:
        events = await desk.events_of(*(delta(content=c) for c in "\n<think>Let me see.</think>\n\nHi"), delta("stop"))
        assert (thought_of(events), text_of(events)) == ("Let me see.", "Hi")

    async def test_a_tag_later_on_is_text(self, desk: Desk) -> None:
        events = await desk.events_of(delta(content="Hi <think>x</think>"), delta("stop"))
        assert (thought_of(events), text_of(events)) == ("", "Hi <think>x</think>")

    async def test_alone_it_is_no_answer(self, desk: Desk) -> None:
        with pytest.raises(AnswerUnusable):
            await desk.events_of(delta(content="<think>Let me see.</think>"), delta("stop"))

    async def test_up_to_the_limit(self, desk: Desk) -> None:
        events = await desk.events_of(delta(content="<think>Let me"), delta("length"))
        assert (thought_of(events), events[-1]) == ("Let me", mp.Incomplete("max_output_tokens"))


class TestToolCalls:
    async def test_they_come_whole_before_the_end(self, desk: Desk) -> None:
        desk.toy.model.script(
            Answer(calls=[Call("search_knowledge", {"query": "a"}, "call_a"), Call("search_knowledge", {"query": "b"})])
        )
        events = await desk.events(SEARCHING)
        first, second = calls_of(events)
        assert first == mp.ToolCall("call_a", "search_knowledge", {"query": "a"})
        assert second.arguments == {"query": "b"}
        assert [type(event) for event in events[-2:]] == [mp.UsageReport, mp.Completed]

    async def test_several_rounds(self, desk: Desk) -> None:
        desk.toy.model.script(
            *(Answer(calls=[Call("search_knowledge", {"query": query})]) for query in ("a", "b")), Answer("Ten days.")
        )
        request = SEARCHING
        for _ in range(2):
            calls = calls_of(await desk.events(request))
            results = [mp.ToolResult(call.call_id, "[1] refund.txt\nTen days.") for call in calls]
            request = replace(request, items=(*request.items, *calls, *results))
        events = await desk.events(request)
        assert (text_of(events), calls_of(events)) == ("Ten days.", [])
        assert [len(body["messages"]) for body in desk.bodies] == [2, 4, 6]

    async def test_whole_calls_without_an_index(self, desk: Desk) -> None:
        whole = [called(name="f", id=f"call_{n}", arguments=f'{{"n": {n}}}') for n in (1, 2)]
        events = await desk.events_of(delta(tool_calls=whole), delta("tool_calls"))
        assert calls_of(events) == [mp.ToolCall("call_1", "f", {"n": 1}), mp.ToolCall("call_2", "f", {"n": 2})]

    async def test_whole_calls_that_all_say_index_0(self, desk: Desk) -> None:
        chunks = [delta(tool_calls=[called(index=0, name="f", id=f"c{n}", arguments=f'{{"n": {n}}}')]) for n in (1, 2)]
        events = await desk.events_of(*chunks, delta("stop"))
        assert [call.arguments for call in calls_of(events)] == [{"n": 1}, {"n": 2}]

    async def test_whole_calls_without_ids_get_one_each(self, desk: Desk) -> None:
        whole = [called(name="f", id="", arguments={"n": n}) for n in (1, 2)]
        events = await desk.events_of(delta(tool_calls=whole), delta("tool_calls"))
        first, second = calls_of(events)
        assert first.call_id
        assert second.call_id not in {"", first.call_id}
        assert [first.arguments, second.arguments] == [{"n": 1}, {"n": 2}]

    async def test_pieces_that_repeat_id_and_name(self, desk: Desk) -> None:
        pieces = [called(index=0, id="call_1", name="f", arguments=part) for part in ('{"n"', ": 1}")]
        events = await desk.events_of(*(delta(tool_calls=[piece]) for piece in pieces), delta("tool_calls"))
        assert calls_of(events) == [mp.ToolCall("call_1", "f", {"n": 1})]

    async def test_pieces_without_an_id_that_repeat_the_name(self, desk: Desk) -> None:
        pieces = [called(index=0, name="f", arguments=part) for part in ("", '{"n"', ": 1}")]
        events = await desk.events_of(*(delta(tool_calls=[piece]) for piece in pieces), delta("tool_calls"))
        assert [(call.name, call.arguments) for call in calls_of(events)] == [("f", {"n": 1})]

    async def test_pieces_of_two_calls_in_turn(self, desk: Desk) -> None:
        begun = [called(index=n, id=f"call_{n}", name="f", arguments="") for n in (0, 1)]
        parts = [called(index=n, arguments=part) for part in ('{"n": ', "1}") for n in (0, 1)]
        chunks = [delta(tool_calls=[piece]) for piece in (*begun, *parts)]
        events = await desk.events_of(*chunks, delta("tool_calls"))
        assert [call.arguments for call in calls_of(events)] == [{"n": 1}, {"n": 1}]

    async def test_an_id_of_an_earlier_round_is_not_used_again(self, desk: Desk) -> None:
        desk.toy.model.script(Answer(calls=[Call("search_knowledge", {"query": "b"}, "call_0")]))
        earlier = (mp.ToolCall("call_0", "search_knowledge", {"query": "a"}), mp.ToolResult("call_0", "[]"))
        (call,) = calls_of(await desk.events(replace(SEARCHING, items=(MAIL, *earlier))))
        assert call.call_id not in {"", "call_0"}

    async def test_no_arguments_at_all(self, desk: Desk) -> None:
        events = await desk.events_of(delta(tool_calls=[called(index=0, name="f", id="c")]), delta("tool_calls"))
        assert calls_of(events) == [mp.ToolCall("c", "f", {})]

    @pytest.mark.parametrize("arguments", ['{"query": ', "[1]", "refund", "[" * 9_000])
    async def test_arguments_that_are_no_object_are_unusable(self, desk: Desk, arguments: str) -> None:
        desk.toy.model.script(Answer(calls=[Call("search_knowledge", arguments)]))
        with pytest.raises(AnswerUnusable):
            await desk.events(SEARCHING)

    async def test_a_call_without_a_name_is_unusable(self, desk: Desk) -> None:
        with pytest.raises(AnswerUnusable):
            await desk.events_of(delta(tool_calls=[called(index=0, arguments="{}")]), delta("tool_calls"))

    async def test_a_call_that_the_limit_cut_is_not_made(self, desk: Desk) -> None:
        piece = called(index=0, name="f", id="c", arguments='{"query": "re')
        events = await desk.events_of(delta(tool_calls=[piece]), delta("length"))
        assert calls_of(events) == []
        assert events[-1] == mp.Incomplete("max_output_tokens")


class TestUsage:
    async def test_as_the_server_counts(self, desk: Desk) -> None:
        desk.toy.model.script(Answer("Hi", usage=Tokens(50, 20, cached=30, cache_write=5, reasoning=7)))
        events = await desk.events()
        assert events[-2] == mp.UsageReport(Usage(50, 20, 30, 5, 7))

    async def test_the_last_count_where_each_chunk_has_one(self, desk: Desk) -> None:
        earlier = {"prompt_tokens": 50, "completion_tokens": 1}
        events = await desk.events_of(delta(content="Hi") | {"usage": earlier}, delta("stop") | {"usage": USAGE})
        assert [event.usage for event in events if isinstance(event, mp.UsageReport)] == [Usage(50, 20, 30, 5, 7)]

    async def test_of_a_stream_that_was_cut(self, desk: Desk) -> None:
        events = await desk.events_of(delta(content="Hi"), {"choices": [], "usage": USAGE}, is_ended=False)
        assert events[-1] == mp.UsageReport(Usage(50, 20, 30, 5, 7))

    @pytest.mark.parametrize("usage", [None, {}, {"prompt_tokens": None, "completion_tokens": None}])
    async def test_where_the_server_does_not_count_it_is_estimated(self, desk: Desk, usage: object) -> None:
        events = await desk.events_of(
            delta(reasoning="Let me see what the files say."),
            delta(content="A refund takes ten days."),
            delta("stop"),
            {"usage": usage},
        )
        (report,) = [event.usage for event in events if isinstance(event, mp.UsageReport)]
        assert report.estimated
        assert report.input_tokens > report.output_tokens > report.reasoning_tokens > 0
