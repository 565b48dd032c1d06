from __future__ import annotations

import json
from typing import Any

import pytest
from openai import AsyncOpenAI, BadRequestError, NotFoundError
from openai.types.responses import Response

from tests.fakes.toy_openai.model import Answer, Call, Tokens
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.fakes.toy_openai.tests.exactness import exact
from tests.fakes.toy_openai.tests.played import MESSAGE, SEARCH, played, types


class TestText:
    async def test_it_comes_in_one_piece(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        response = exact(await client.responses.create(model="toy-1", input="Refund?", metadata={"thread": "t1"}))
        assert (response.status, response.output_text) == ("completed", "∅ Refund?\n")
        assert (response.model, response.metadata) == ("toy-1", {"thread": "t1"})
        assert toy.invalid == []

    async def test_it_comes_in_pieces(self, client: AsyncOpenAI) -> None:
        events = await played(client)
        assert types(events) == ["created", "in_progress", *MESSAGE, "completed"]
        deltas = [event.delta for event in events if event.type == "response.output_text.delta"]
        assert len(deltas) > 2
        response: Response = events[-1].response
        assert "".join(deltas) == response.output_text == "∅ Refund?\n"
        assert events[0].response.id == response.id
        assert events[0].response.status == "in_progress"

    async def test_each_answer_is_the_same(self, client: AsyncOpenAI) -> None:
        one, other = [types(await played(client)) for _ in range(2)]
        assert one == other

    async def test_an_answer_without_text(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.model.script(Answer())
        events = await played(client)
        assert types(events) == ["created", "in_progress", *MESSAGE[:2], *MESSAGE[3:], "completed"]

    async def test_a_script_goes_before_the_model(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.model.script(Answer("one"), Answer("two"))
        texts = [(await client.responses.create(model="toy-1", input="x")).output_text for _ in range(3)]
        assert texts == ["one", "two", "∅ x\n"]

    async def test_it_is_cut_at_the_limit(self, client: AsyncOpenAI) -> None:
        events = await played(client, max_output_tokens=2)
        response: Response = events[-1].response
        assert types(events)[-1] == "incomplete"
        assert (response.status, response.output_text) == ("incomplete", "∅ Refund")
        assert response.incomplete_details
        assert response.incomplete_details.reason == "max_output_tokens"
        assert response.output[0].status == "incomplete"  # type: ignore[union-attr]

    async def test_a_scripted_filter(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.model.script(Answer("Well", incomplete="content_filter"))
        response = exact(await client.responses.create(model="toy-1", input="x"))
        assert response.incomplete_details
        assert response.incomplete_details.reason == "content_filter"

    async def test_a_scripted_failure(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.model.script(Answer("half of it", failure="server_error"))
        events = await played(client)
        assert types(events) == ["created", "in_progress", *MESSAGE[:3], "failed"]
        assert events[-1].response.error.code == "server_error"
        assert events[-1].response.status == "failed"
        assert "".join(event.delta for event in events if event.type.endswith(".delta")) == "half "

    async def test_a_refusal(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.model.script(Answer(refusal="I cannot help with it."))
        events = await played(client)
        assert types(events)[4:6] == ["refusal.delta", "refusal.done"]
        assert events[-1].response.output[0].content[0].refusal == "I cannot help with it."

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ({"type": "json_object"}, {"answer": "Refund?"}),
            (
                {
                    "type": "json_schema",
                    "name": "form",
                    "schema": {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]},
                },
                {"n": 1},
            ),
        ],
        ids=["object", "schema"],
    )
    async def test_json(self, client: AsyncOpenAI, asked: Any, expected: Any) -> None:
        response = exact(await client.responses.create(model="toy-1", input="Refund?", text={"format": asked}))
        assert json.loads(response.output_text) == expected


class TestItems:
    async def test_commentary_has_its_phase(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.model.script(Answer("Ten days.", commentary="I am looking."))
        events = await played(client)
        assert types(events) == ["created", "in_progress", *MESSAGE, *MESSAGE, "completed"]
        found = [(item.phase, item.content[0].text) for item in events[-1].response.output]
        assert found == [("commentary", "I am looking."), ("final_answer", "Ten days.")]
        announced = [event.item.phase for event in events if event.type == "response.output_item.added"]
        assert announced == ["commentary", "final_answer"]

    async def test_without_commentary_there_is_no_phase(self, client: AsyncOpenAI) -> None:
        response = await client.responses.create(model="toy-1", input="x")
        assert "phase" not in response.output[0].model_fields_set

    async def test_reasoning_has_a_summary(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.model.script(Answer("Ten days.", reasoning="First the due date."))
        events = await played(client)
        assert types(events)[2:8] == [
            "output_item.added",
            "reasoning_summary_part.added",
            "reasoning_summary_text.delta",
            "reasoning_summary_text.done",
            "reasoning_summary_part.done",
            "output_item.done",
        ]
        item = events[-1].response.output[0]
        assert (item.type, item.summary[0].text, item.encrypted_content) == ("reasoning", "First the due date.", None)

    async def test_reasoning_is_carried_to_the_next_round(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        """As the API has it: by its content, or by an id that was stored."""
        call = Call("search_knowledge", {"query": "x"}, "call_1")
        toy.model.script(*[Answer(calls=[call], reasoning="Hm."), Answer("x")] * 3)
        output: Any = {"type": "function_call_output", "call_id": "call_1", "output": "[]"}

        async def rounds(is_stored: bool, include: Any) -> Response:
            first = await client.responses.create(model="toy-1", input="x", store=is_stored, include=include)
            items: Any = [item.to_dict() for item in first.output]
            return await client.responses.create(model="toy-1", input=[*items, output], store=is_stored)

        assert (await rounds(False, ["reasoning.encrypted_content"])).status == "completed"
        assert (await rounds(True, [])).status == "completed"
        with pytest.raises(BadRequestError, match="Items are not persisted"):
            await rounds(False, [])

    async def test_several_calls_come_after_the_text(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.model.script(Answer("Two things.", calls=[Call("a", {"x": "é"}, "call_a"), Call("b", "{not json")]))
        events = await played(client)
        call = ["output_item.added", "function_call_arguments.delta", "function_call_arguments.done"]
        assert types(events)[8:] == [*call, "output_item.done"] * 2 + ["completed"]
        _, one, other = events[-1].response.output
        assert (one.name, one.call_id, json.loads(one.arguments)) == ("a", "call_a", {"x": "é"})
        assert (other.name, other.arguments) == ("b", "{not json")
        assert one.call_id != other.call_id
        for item in (one, other):
            deltas = [e.delta for e in events if e.type.endswith("arguments.delta") and e.item_id == item.id]
            assert "".join(deltas) == item.arguments
            assert len(deltas) > 1

    async def test_output_indices_follow_the_output(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.model.script(Answer("x", commentary="y", reasoning="z", calls=[Call("a", {})]))
        events = await played(client)
        output = events[-1].response.output
        for event in events:
            if hasattr(event, "item_id"):
                assert output[event.output_index].id == event.item_id


class TestUsage:
    async def test_it_follows_from_lengths(self, client: AsyncOpenAI) -> None:
        body: Any = {"model": "toy-1", "input": "Refund?", "instructions": "Be kind.", "tools": [SEARCH]}
        response = await client.responses.create(**body)
        counted = exact(await client.responses.input_tokens.count(**body))
        assert response.usage
        assert counted.input_tokens == response.usage.input_tokens > 20
        assert response.usage.total_tokens == response.usage.input_tokens + response.usage.output_tokens
        longer = await client.responses.input_tokens.count(**(body | {"input": "Refund?" * 100}))
        assert longer.input_tokens > counted.input_tokens

    async def test_it_may_be_scripted(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.model.script(Answer("x", usage=Tokens(1200, 34, cached=1000, cache_write=128, reasoning=20)))
        response = exact(await client.responses.create(model="toy-1", input="x"))
        assert response.usage
        assert response.usage.to_dict() == {
            "input_tokens": 1200,
            "input_tokens_details": {"cached_tokens": 1000, "cache_write_tokens": 128},
            "output_tokens": 34,
            "output_tokens_details": {"reasoning_tokens": 20},
            "total_tokens": 1234,
        }

    async def test_a_token_is_a_delta(self, client: AsyncOpenAI) -> None:
        events = await played(client, input="a longer question")
        deltas = [event for event in events if event.type == "response.output_text.delta"]
        assert events[-1].response.usage.output_tokens == len(deltas)


class TestStore:
    async def test_a_response_is_kept_unless_it_shall_not_be(self, client: AsyncOpenAI) -> None:
        kept = await client.responses.create(model="toy-1", input="x")
        gone = await client.responses.create(model="toy-1", input="x", store=False)
        assert exact(await client.responses.retrieve(kept.id)) == kept
        with pytest.raises(NotFoundError, match=gone.id):
            await client.responses.retrieve(gone.id)

    async def test_a_deleted_one_is_gone(self, client: AsyncOpenAI) -> None:
        kept = await client.responses.create(model="toy-1", input="x")
        await client.responses.delete(kept.id)
        for call in (client.responses.retrieve, client.responses.delete):
            with pytest.raises(NotFoundError):
                await call(kept.id)

    async def test_one_in_the_foreground_cannot_be_cancelled(self, client: AsyncOpenAI) -> None:
        kept = await client.responses.create(model="toy-1", input="x")
        with pytest.raises(BadRequestError, match="Cannot cancel a synchronous response"):
            await client.responses.cancel(kept.id)

    async def test_nor_streamed_again(self, client: AsyncOpenAI) -> None:
        kept = await client.responses.create(model="toy-1", input="x")
        with pytest.raises(BadRequestError, match="background=true"):
            await client.responses.retrieve(kept.id, stream=True)
