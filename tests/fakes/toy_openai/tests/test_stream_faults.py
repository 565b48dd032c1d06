from __future__ import annotations

import itertools
import json

import pytest
from openai import APIError, APITimeoutError, AsyncOpenAI

from tests.fakes.toy_openai import faults
from tests.fakes.toy_openai.faults import Fault
from tests.fakes.toy_openai.model import Answer
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.fakes.toy_openai.tests.opened import QUESTION, TEXT, Opened, chat_text, read, read_until_error, text, types
from tests.qt.until import until


class TestStreams:
    @pytest.mark.parametrize("count", [0, 1, 6])
    async def test_a_stream_is_cut_in_silence(self, toy: ToyOpenAI, responses: Opened, count: int) -> None:
        toy.fail(faults.CutAfter(count), on="POST /responses")
        assert [event.sequence_number for event in await read(responses)] == list(range(count))
        assert text(await read(responses)) == TEXT

    async def test_everything_but_the_end(self, toy: ToyOpenAI, responses: Opened, chat: Opened) -> None:
        toy.fail(faults.NoTerminal(), on="POST /responses")
        toy.fail(faults.NoTerminal(), on="POST /chat/completions")
        assert types(await read(responses))[-1] == "response.output_item.done"
        chunks = await read(chat)
        assert chat_text(chunks) == TEXT
        assert {chunk.choices[0].finish_reason for chunk in chunks} == {None}

    async def test_a_stalled_stream_stays_open(self, toy: ToyOpenAI, client: AsyncOpenAI, responses: Opened) -> None:
        toy.fail(faults.Stall(4), on="POST /responses")
        patient = client.with_options(timeout=0.3)
        stream = await patient.responses.create(model="toy-1", input=QUESTION, stream=True)
        for _ in range(4):
            await anext(stream)
        with pytest.raises(APITimeoutError):
            await anext(stream)

    async def test_a_stream_that_never_ends(self, toy: ToyOpenAI, responses: Opened, chat: Opened) -> None:
        toy.fail(faults.NeverEnds(pause=0), on="POST /responses")
        toy.fail(faults.NeverEnds(pause=0), on="POST /chat/completions")
        for opened in (responses, chat):
            stream = await opened()
            last = [await anext(stream) for _ in range(200)][-1]
            assert chat_text([last]) == TEXT[:4] if opened is chat else last.delta == TEXT[:4]
            await stream.close()  # type: ignore[attr-defined]

    async def test_comments_keep_a_stream_alive_for_ever(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.fail(faults.NeverEnds(comments=True, pause=0), on="POST /responses")
        async with client.responses.with_streaming_response.create(
            model="toy-1", input=QUESTION, stream=True
        ) as answer:
            comments = 0
            async for line in answer.iter_lines():
                comments += line.startswith(":")
                if comments == 50:
                    break

    async def test_a_body_that_is_not_json(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.fail(faults.BadJson(), on="GET /models/{model_id}")
        with pytest.raises(json.JSONDecodeError):
            await client.models.retrieve("toy-1")

    @pytest.mark.parametrize("name", ["responses", "chat"])
    async def test_a_line_that_is_not_json(self, toy: ToyOpenAI, name: str, responses: Opened, chat: Opened) -> None:
        toy.fail(faults.BadJson(), on="*")
        events, error = await read_until_error(responses if name == "responses" else chat)
        assert isinstance(error, json.JSONDecodeError)
        assert (text(events) if name == "responses" else chat_text(events)) == TEXT[:4]

    async def test_an_unknown_event(self, toy: ToyOpenAI, responses: Opened) -> None:
        toy.fail(faults.UnknownEvent(), on="POST /responses")
        events = await read(responses)
        assert types(events).count("response.toy.unheard_of") == 1
        assert types(events)[-1] == "response.completed"
        assert text(events) == TEXT
        numbers = [event.sequence_number for event in events]
        assert numbers == sorted(numbers)

    async def test_an_unknown_chunk(self, toy: ToyOpenAI, chat: Opened) -> None:
        toy.fail(faults.UnknownEvent(), on="POST /chat/completions")
        chunks = await read(chat)
        assert [chunk.object for chunk in chunks].count("toy.unheard_of") == 1

    async def test_a_text_that_no_item_announced(self, toy: ToyOpenAI, responses: Opened, chat: Opened) -> None:
        toy.fail(faults.OutOfOrder(), on="*", times=2)
        events = await read(responses)
        assert not {"response.output_item.added", "response.content_part.added"} & set(types(events))
        assert text(events) == TEXT
        chunks = await read(chat)
        assert chat_text(chunks) == TEXT
        assert {chunk.choices[0].delta.role for chunk in chunks} == {None}

    async def test_an_item_that_comes_after_its_part(self, toy: ToyOpenAI, responses: Opened) -> None:
        usual = await read(responses)
        toy.fail(faults.OutOfOrder("swapped"), on="POST /responses")
        events = await read(responses)
        added, part = (
            types(events).index("response.output_item.added"),
            types(events).index("response.content_part.added"),
        )
        assert added == part + 1
        assert sorted(types(events)) == sorted(types(usual))
        assert text(events) == TEXT

    async def test_an_error_event(self, toy: ToyOpenAI, responses: Opened) -> None:
        toy.fail(faults.ErrorEvent("rate_limit_exceeded", "Too fast."), on="POST /responses")
        events = await read(responses)
        last = events[-1]
        assert (last.type, last.code, last.message) == ("error", "rate_limit_exceeded", "Too fast.")
        assert last.sequence_number == len(events) - 1
        assert text(events) == TEXT[:4]

    @pytest.mark.parametrize("fault", [faults.ErrorEvent("server_error"), faults.FailedEvent("server_error")], ids=repr)
    async def test_an_error_in_a_chat(self, toy: ToyOpenAI, chat: Opened, fault: Fault) -> None:
        toy.fail(fault, on="POST /chat/completions")
        chunks, error = await read_until_error(chat)
        assert isinstance(error, APIError)
        assert error.code == "server_error"
        assert chat_text(chunks) == TEXT[:4]

    async def test_a_failed_response(self, toy: ToyOpenAI, responses: Opened) -> None:
        toy.fail(faults.FailedEvent("rate_limit_exceeded"), on="POST /responses")
        events = await read(responses)
        assert types(events)[-1] == "response.failed"
        assert events[-1].response.status == "failed"
        assert events[-1].response.error.code == "rate_limit_exceeded"
        assert events[-1].response.id == events[0].response.id

    async def test_events_without_numbers(self, toy: ToyOpenAI, responses: Opened) -> None:
        toy.fail(faults.MissingSequence(), on="POST /responses")
        events = await read(responses)
        assert all("sequence_number" not in event.model_fields_set for event in events)
        assert text(events) == TEXT

    async def test_a_stream_of_one_delta_has_its_middle(self, toy: ToyOpenAI, responses: Opened) -> None:
        toy.model.script(Answer("ok"))
        toy.fail(faults.ErrorEvent(), on="POST /responses")
        events = await read(responses)
        assert types(events)[-1] == "error"
        assert "response.completed" not in types(events)


async def test_a_stream_under_a_fault_ends_with_its_client(toy: ToyOpenAI, responses: Opened) -> None:
    toy.fail(faults.NeverEnds(), on="POST /responses")
    stream = await responses()
    for _ in itertools.repeat(None, 10):
        await anext(stream)
    await stream.close()  # type: ignore[attr-defined]
    await until(lambda: toy.hung_up)
