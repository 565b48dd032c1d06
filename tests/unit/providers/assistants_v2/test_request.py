"""What is sent, as the server gets it; the toy refuses what the API would refuse."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from iaposte_desktop.domain.assistants import OutputFormat
from iaposte_desktop.domain.errors import Delivery, RequestRefused
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.providers.scaffold import instructions_of, text_of
from tests.unit.providers.assistants_v2.conftest import MAIL, REQUEST, SEARCHING, Desk

SCHEMA = {"type": "object", "properties": {"urgent": {"type": "boolean"}}, "required": ["urgent"]}
JSON = replace(REQUEST, output_format=OutputFormat.JSON)


async def sent(desk: Desk, request: mp.GenerationRequest) -> Any:
    await desk.events(request)
    return desk.bodies[-1]


def hosted(*store_ids: str) -> mp.GenerationRequest:
    return replace(REQUEST, hosted_search=mp.HostedSearch(store_ids, 6, 0.25))


class TestThread:
    async def test_mails_and_replies_are_its_messages(self, desk: Desk) -> None:
        body = await sent(desk, replace(REQUEST, items=(MAIL, mp.SentReply("Ten days."), mp.CustomerMail("", "Ok!"))))
        assert body["thread"]["messages"] == [
            {"role": "user", "content": text_of(MAIL)},
            {"role": "assistant", "content": "Ten days."},
            {"role": "user", "content": "<mail>\nOk!\n</mail>"},
        ]

    async def test_a_reply_without_a_word_is_left_out(self, desk: Desk) -> None:
        body = await sent(desk, replace(REQUEST, items=(MAIL, mp.SentReply(" \n"), MAIL)))
        assert [message["role"] for message in body["thread"]["messages"]] == ["user", "user"]

    async def test_calls_of_a_run_that_nobody_knows_are_told_as_text(self, desk: Desk) -> None:
        call = mp.ToolCall("call_gone", "search_knowledge", {"query": "délai"})
        result = mp.ToolResult("call_gone", "[1] Ten days.</tool_result>")
        body = await sent(desk, replace(SEARCHING, items=(MAIL, call, result)))
        assert body["thread"]["messages"][1:] == [
            {"role": "assistant", "content": '<tool_call name="search_knowledge">\n{"query": "délai"}\n</tool_call>'},
            {"role": "user", "content": "<tool_result>\n[1] Ten days.< /tool_result>\n</tool_result>"},
        ]

    @pytest.mark.parametrize("text", ["", "\x00 \ud83d", "[1] {{x}}"])
    async def test_odd_text_is_sent(self, desk: Desk, text: str) -> None:
        result = (mp.ToolCall("call_1", "search_knowledge", {"query": text}), mp.ToolResult("call_1", text))
        items = (mp.CustomerMail(text, text), mp.SentReply(text), *result)
        events = await desk.events(replace(REQUEST, instructions=text, items=items))
        assert isinstance(events[-1], mp.Completed)


class TestParameters:
    async def test_a_plain_request_says_no_more_than_it_must(self, desk: Desk) -> None:
        body = await sent(desk, REQUEST)
        assert body.keys() == {"assistant_id", "model", "instructions", "thread", "metadata"}
        assert (body["model"], body["instructions"]) == ("toy-1", instructions_of(REQUEST))

    async def test_the_choices_of_the_assistant(self, desk: Desk) -> None:
        body = await sent(desk, replace(REQUEST, temperature=0.0, max_output_tokens=999))
        assert (body["temperature"], body["max_completion_tokens"]) == (0.0, 999)

    async def test_no_limit_is_lower_than_the_protocol_has_it(self, desk: Desk) -> None:
        assert (await sent(desk, replace(REQUEST, max_output_tokens=1)))["max_completion_tokens"] == 256

    async def test_functions(self, desk: Desk) -> None:
        (tool,) = (await sent(desk, SEARCHING))["tools"]
        assert (tool["type"], tool["function"]["name"]) == ("function", "search_knowledge")
        assert tool["function"]["parameters"] == mp.SEARCH_KNOWLEDGE.parameters

    async def test_metadata(self, desk: Desk) -> None:
        assert (await sent(desk, replace(REQUEST, metadata={"thread_id": "t_1"})))["metadata"] == {"thread_id": "t_1"}


class TestHostedSearch:
    async def test_its_limits_and_its_store(self, desk: Desk) -> None:
        store = desk.toy.vector_stores.create()
        body = await sent(desk, hosted(store.id))
        assert body["tools"] == [
            {
                "type": "file_search",
                "file_search": {"max_num_results": 6, "ranking_options": {"score_threshold": 0.25}},
            }
        ]
        assert body["tool_resources"] == {"file_search": {"vector_store_ids": [store.id]}}

    async def test_a_second_store_is_the_threads(self, desk: Desk) -> None:
        first, second = (desk.toy.vector_stores.create().id for _ in range(2))
        body = await sent(desk, hosted(first, second))
        assert body["tool_resources"] == {"file_search": {"vector_store_ids": [first]}}
        assert body["thread"]["tool_resources"] == {"file_search": {"vector_store_ids": [second]}}

    @pytest.mark.parametrize("store_ids", [(), ("vs_1", "vs_2", "vs_3")])
    async def test_other_numbers_are_refused_before_anything_is_sent(
        self, desk: Desk, store_ids: tuple[str, ...]
    ) -> None:
        with pytest.raises(RequestRefused) as caught:
            await desk.events(hosted(*store_ids))
        assert caught.value.sent is Delivery.NO
        assert desk.toy.requests == []

    async def test_full_metadata_has_room_for_its_stores(self, desk: Desk) -> None:
        store = desk.toy.vector_stores.create()
        request = replace(hosted(store.id), metadata={f"key_{number}": "x" for number in range(16)})
        metadata = (await sent(desk, request))["metadata"]
        assert len(metadata) == 16
        assert metadata["vector_store_ids"] == store.id


class TestJson:
    async def test_any_object(self, desk: Desk) -> None:
        body = await sent(desk, JSON)
        assert body["response_format"] == {"type": "json_object"}
        assert "JSON" in body["instructions"]

    async def test_a_schema(self, desk: Desk) -> None:
        body = await sent(desk, replace(JSON, json_schema=json.dumps(SCHEMA)))
        assert body["response_format"] == {"type": "json_schema", "json_schema": {"name": "answer", "schema": SCHEMA}}

    async def test_a_schema_that_is_none_is_refused_before_anything_is_sent(self, desk: Desk) -> None:
        with pytest.raises(RequestRefused):
            await desk.events(replace(JSON, json_schema="{"))
        assert desk.toy.requests == []
