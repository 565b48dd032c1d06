"""The text, the calls and the end of a stream, as OpenAI and other servers write it."""

from __future__ import annotations

import pytest

from iaposte_desktop.domain.errors import AnswerUnusable, Delivery
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.domain.usage import Usage
from tests.fakes.toy_openai.faults import MissingSequence, OutOfOrder, UnknownEvent
from tests.fakes.toy_openai.model import Answer, Call, Tokens
from tests.unit.providers.responses.conftest import CREATE, WITH_TOOLS, Desk, text_of, those
from tests.unit.providers.responses.saying import USAGE, added, call, created, delta, done, ended, message

TEXT = "A refund takes ten working days."
COUNTED = Usage(40, 20, cached_input_tokens=30, cache_write_tokens=5, reasoning_tokens=12)


class TestText:
    async def test_it_streams(self, desk: Desk) -> None:
        desk.toy.model.script(Answer(TEXT))
        events = await desk.events()
        assert text_of(events) == TEXT
        assert len(those(events, mp.TextDelta)) > 3

    async def test_the_first_event_has_no_handle_where_nothing_can_be_resumed(self, desk: Desk) -> None:
        events = await desk.events()
        assert events[0] == mp.Started(None)
        assert len(those(events, mp.Started)) == 1

    async def test_the_last_event_is_the_only_terminal_one(self, desk: Desk) -> None:
        events = await desk.events()
        assert events[-1] == mp.Completed()
        assert len(those(events, (mp.Completed, mp.Incomplete, mp.Failed))) == 1  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        "fault",
        [UnknownEvent(), OutOfOrder("unannounced"), OutOfOrder("swapped"), MissingSequence()],
        ids=lambda fault: str(fault),
    )
    async def test_odd_streams_have_the_same_text(self, desk: Desk, fault: UnknownEvent) -> None:
        desk.toy.model.script(Answer(TEXT))
        desk.toy.fail(fault, on=CREATE)
        events = await desk.events()
        assert text_of(events) == TEXT
        assert events[-1] == mp.Completed()
        assert desk.posts == 1

    async def test_events_are_told_apart_by_their_type_alone(self, desk: Desk) -> None:
        alike = {**delta("never"), "type": "response.unheard_of.delta"}
        events = await desk.events_of(created(), alike, delta(TEXT), None, 7, '"text"', {}, ended(message(TEXT)))
        assert text_of(events) == TEXT

    async def test_a_text_without_deltas_comes_from_its_item(self, desk: Desk) -> None:
        events = await desk.events_of(created(), done(message(TEXT)), ended())
        assert text_of(events) == TEXT

    async def test_a_text_without_deltas_comes_from_the_completed_response(self, desk: Desk) -> None:
        events = await desk.events_of(created(), ended(message(TEXT)))
        assert text_of(events) == TEXT

    async def test_deltas_that_are_missing_come_from_the_item(self, desk: Desk) -> None:
        events = await desk.events_of(created(), delta(TEXT[:8]), done(message(TEXT)), ended(message(TEXT)))
        assert [event.text for event in those(events, mp.TextDelta)] == [TEXT[:8], TEXT[8:]]

    @pytest.mark.parametrize("item_id", ["msg_1", "msg_2", ""])
    async def test_a_text_told_three_times_is_handed_on_once(self, desk: Desk, item_id: str) -> None:
        again = message(TEXT, item_id=item_id)
        events = await desk.events_of(created(), delta(TEXT), done(again), ended(message(TEXT)))
        assert text_of(events) == TEXT

    async def test_a_text_told_under_two_ids_after_its_item_is_handed_on_once(self, desk: Desk) -> None:
        told = ended(message(TEXT, item_id="msg_other"))
        events = await desk.events_of(created(), delta(TEXT), done(message(TEXT)), told)
        assert text_of(events) == TEXT

    async def test_a_text_that_changed_at_its_end_is_left_as_it_streamed(self, desk: Desk) -> None:
        events = await desk.events_of(created(), delta(TEXT), done(message(f"Another text: {TEXT}")), ended())
        assert text_of(events) == TEXT

    async def test_items_without_an_id_go_by_their_place(self, desk: Desk) -> None:
        piece = {"type": "response.output_text.delta", "output_index": 0, "delta": TEXT}
        events = await desk.events_of(created(), piece, done(message(TEXT, item_id="")), ended())
        assert text_of(events) == TEXT

    async def test_several_messages_are_paragraphs(self, desk: Desk) -> None:
        events = await desk.events_of(
            created(), delta("One."), delta("Two", "msg_2"), delta(".", "msg_2"), ended(message("One."))
        )
        assert text_of(events) == "One.\n\nTwo."

    async def test_parts_of_a_message_are_one_text(self, desk: Desk) -> None:
        events = await desk.events_of(created(), delta("One "), delta("two.", content_index=1), ended())
        assert text_of(events) == "One two."

    async def test_a_commentary_is_no_answer(self, desk: Desk) -> None:
        desk.toy.model.script(Answer(TEXT, commentary="I look at the files first."))
        assert text_of(await desk.events()) == TEXT

    async def test_a_commentary_that_comes_whole_is_no_answer(self, desk: Desk) -> None:
        aside = message("I look first.", item_id="msg_0", phase="commentary")
        events = await desk.events_of(created(), done(aside), ended(aside, message(TEXT, phase="final_answer")))
        assert text_of(events) == TEXT

    async def test_reasoning_is_no_text(self, desk: Desk) -> None:
        desk.toy.model.script(Answer(TEXT, reasoning="Ten days, says the file."))
        events = await desk.events()
        assert text_of(events) == TEXT
        assert "".join(event.text for event in those(events, mp.ReasoningDelta)) == "Ten days, says the file."


class TestCalls:
    async def test_a_call_comes_once_with_its_arguments(self, desk: Desk) -> None:
        desk.toy.model.script(Answer(calls=[Call("search_knowledge", {"query": "refünd"}, "call_7")]))
        events = await desk.events(WITH_TOOLS)
        assert those(events, mp.ToolCall) == [mp.ToolCall("call_7", "search_knowledge", {"query": "refünd"})]
        assert events[-1] == mp.Completed()

    async def test_a_call_without_events_comes_from_the_completed_response(self, desk: Desk) -> None:
        events = await desk.events_of(created(), ended(call('{"query": "a"}')))
        assert those(events, mp.ToolCall) == [mp.ToolCall("call_1", "search_knowledge", {"query": "a"})]

    async def test_no_arguments_are_an_empty_object(self, desk: Desk) -> None:
        events = await desk.events_of(created(), done(call("")), ended())
        assert those(events, mp.ToolCall) == [mp.ToolCall("call_1", "search_knowledge", {})]

    @pytest.mark.parametrize("arguments", ['{"query": ', "[1]", '"text"', "[" * 9_000])
    async def test_arguments_that_are_no_object_make_the_answer_unusable(self, desk: Desk, arguments: str) -> None:
        desk.toy.model.script(Answer(calls=[Call("search_knowledge", arguments)]))
        with pytest.raises(AnswerUnusable) as raised:
            await desk.events(WITH_TOOLS)
        assert (raised.value.sent, raised.value.billed) == (Delivery.YES, Delivery.YES)
        assert desk.posts == 1

    async def test_a_call_without_a_name_makes_the_answer_unusable(self, desk: Desk) -> None:
        with pytest.raises(AnswerUnusable):
            await desk.events_of(created(), ended(call("{}", name="")))

    async def test_a_call_that_was_cut_is_none(self, desk: Desk) -> None:
        cut = {**call(""), "status": "incomplete"}
        events = await desk.events_of(
            created(), done(cut), ended(cut, status="incomplete", incomplete_details={"reason": "max_output_tokens"})
        )
        assert those(events, mp.ToolCall) == []
        assert events[-1] == mp.Incomplete("max_output_tokens")


class TestUsage:
    async def test_it_is_reported_before_the_end(self, desk: Desk) -> None:
        desk.toy.model.script(Answer(TEXT, usage=Tokens(40, 20, cached=30, cache_write=5, reasoning=12)))
        assert (await desk.events())[-2:] == [mp.UsageReport(COUNTED), mp.Completed()]

    async def test_it_is_reported_of_an_answer_that_is_none(self, desk: Desk) -> None:
        desk.toy.model.script(Answer(usage=Tokens(40, 20)))
        with pytest.raises(AnswerUnusable):
            await desk.events(WITH_TOOLS)
        assert desk.heard[-1] == mp.UsageReport(Usage(40, 20))

    @pytest.mark.parametrize("usage", [None, {}, "many"])
    async def test_a_server_that_counts_nothing_reports_nothing(self, desk: Desk, usage: object) -> None:
        events = await desk.events_of(created(), ended(message(TEXT), usage=usage))
        assert those(events, mp.UsageReport) == []

    async def test_details_may_be_missing(self, desk: Desk) -> None:
        usage = {**USAGE, "input_tokens_details": None, "output_tokens_details": None}
        events = await desk.events_of(created(), ended(message(TEXT), usage=usage))
        assert those(events, mp.UsageReport) == [mp.UsageReport(Usage(40, 20))]


class TestEnds:
    @pytest.mark.parametrize("reason", ["max_output_tokens", "content_filter"])
    async def test_an_incomplete_answer_says_why(self, desk: Desk, reason: str) -> None:
        desk.toy.model.script(Answer(TEXT, incomplete=reason))  # type: ignore[arg-type]
        events = await desk.events()
        assert text_of(events) == TEXT
        assert events[-1] == mp.Incomplete(reason)

    async def test_a_refusal_is_incomplete_and_has_its_text(self, desk: Desk) -> None:
        desk.toy.model.script(Answer(refusal="I cannot help with that."))
        events = await desk.events()
        assert text_of(events) == "I cannot help with that."
        assert events[-1] == mp.Incomplete("refusal")

    async def test_a_refusal_that_comes_whole_is_incomplete_too(self, desk: Desk) -> None:
        refusing = {**message(""), "content": [{"type": "refusal", "refusal": "No."}]}
        events = await desk.events_of(created(), ended(refusing))
        assert text_of(events) == "No."
        assert events[-1] == mp.Incomplete("refusal")

    @pytest.mark.parametrize("text", ["", " \n"])
    async def test_an_answer_without_text_is_unusable(self, desk: Desk, text: str) -> None:
        desk.toy.model.script(Answer(text))
        with pytest.raises(AnswerUnusable):
            await desk.events()
        assert desk.posts == 1

    async def test_the_status_goes_before_the_name_of_the_event(self, desk: Desk) -> None:
        told = ended(message(TEXT), status="incomplete", incomplete_details={"reason": "content_filter"})
        events = await desk.events_of(created(), {**told, "type": "response.completed"})
        assert events[-1] == mp.Incomplete("content_filter")

    async def test_what_follows_the_end_is_not_heard(self, desk: Desk) -> None:
        events = await desk.events_of(created(), ended(message(TEXT)), delta("more"), ended(message("more")))
        assert text_of(events) == TEXT
        assert len(those(events, mp.Completed)) == 1

    async def test_a_connection_is_used_again_as_its_answer_is_read_to_the_end(self, desk: Desk) -> None:
        await desk.events_of(created(), ended(message(TEXT)), 0.05)
        assert desk.toy.hung_up == []

    async def test_announcements_alone_are_no_answer(self, desk: Desk) -> None:
        with pytest.raises(AnswerUnusable):
            await desk.events_of(created(), added(message("")), ended())
