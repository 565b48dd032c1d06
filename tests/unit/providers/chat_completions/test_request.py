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
from tests.unit.providers.chat_completions.conftest import MAIL, REQUEST, Desk

SCHEMA = {"type": "object", "properties": {"urgent": {"type": "boolean"}}, "required": ["urgent"]}
JSON = replace(REQUEST, output_format=OutputFormat.JSON)


async def sent(desk: Desk, request: mp.GenerationRequest) -> Any:
    await desk.events(request)
    return desk.bodies[-1]


class TestMessages:
    async def test_instructions_are_the_system_message(self, desk: Desk) -> None:
        body = await sent(desk, REQUEST)
        assert body["messages"][0] == {"role": "system", "content": instructions_of(REQUEST)}

    async def test_no_instructions_no_system_message(self, desk: Desk) -> None:
        body = await sent(desk, replace(JSON, instructions="", json_schema=json.dumps(SCHEMA)))
        assert [message["role"] for message in body["messages"]] == ["user"]

    async def test_mails_and_replies_are_the_talk(self, desk: Desk) -> None:
        items = (MAIL, mp.SentReply("Ten days."), mp.CustomerMail("", "Thanks!"))
        body = await sent(desk, replace(REQUEST, items=items))
        assert body["messages"][1:] == [
            {"role": "user", "content": text_of(MAIL)},
            {"role": "assistant", "content": "Ten days."},
            {"role": "user", "content": "<mail>\nThanks!\n</mail>"},
        ]

    async def test_the_calls_of_a_round_are_one_message_before_their_results(self, desk: Desk) -> None:
        calls = [mp.ToolCall(f"call_{n}", "search_knowledge", {"query": f"é{n}"}) for n in (1, 2)]
        results = [mp.ToolResult(f"call_{n}", f"[{n}] found") for n in (1, 2)]
        body = await sent(desk, replace(REQUEST, items=(MAIL, *calls, *results), tools=(mp.SEARCH_KNOWLEDGE,)))
        asked, *answered = body["messages"][2:]
        assert asked["role"] == "assistant"
        assert [(call["id"], call["type"], call["function"]["name"]) for call in asked["tool_calls"]] == [
            ("call_1", "function", "search_knowledge"),
            ("call_2", "function", "search_knowledge"),
        ]
        assert [call["function"]["arguments"] for call in asked["tool_calls"]] == ['{"query": "é1"}', '{"query": "é2"}']
        assert answered == [
            {"role": "tool", "tool_call_id": "call_1", "content": "[1] found"},
            {"role": "tool", "tool_call_id": "call_2", "content": "[2] found"},
        ]

    async def test_the_calls_of_two_rounds_are_two_messages(self, desk: Desk) -> None:
        rounds = [
            (mp.ToolCall(f"call_{n}", "search_knowledge", {"query": "q"}), mp.ToolResult(f"call_{n}", "[]"))
            for n in (1, 2)
        ]
        body = await sent(desk, replace(REQUEST, items=(MAIL, *rounds[0], *rounds[1])))
        assert [message["role"] for message in body["messages"][2:]] == ["assistant", "tool", "assistant", "tool"]

    @pytest.mark.parametrize("text", ["", "\x00 \ud83d", "[1] {{x}}"])
    async def test_odd_text_is_sent(self, desk: Desk, text: str) -> None:
        result = (mp.ToolCall("call_1", "search_knowledge", {"query": text}), mp.ToolResult("call_1", text))
        items = (mp.CustomerMail(text, text), mp.SentReply(text), *result)
        events = await desk.events(replace(REQUEST, instructions=text, items=items))
        assert isinstance(events[-1], mp.Completed)


class TestParameters:
    async def test_a_plain_request_says_no_more_than_it_must(self, desk: Desk) -> None:
        body = await sent(desk, REQUEST)
        assert body.keys() == {"model", "messages", "stream", "stream_options"}
        assert (body["model"], body["stream"], body["stream_options"]) == ("toy-1", True, {"include_usage": True})

    async def test_the_choices_of_the_assistant(self, desk: Desk) -> None:
        body = await sent(desk, replace(REQUEST, temperature=0.0, max_output_tokens=99, reasoning_effort="low"))
        assert (body["temperature"], body["max_completion_tokens"], body["reasoning_effort"]) == (0.0, 99, "low")

    async def test_functions(self, desk: Desk) -> None:
        body = await sent(desk, replace(REQUEST, tools=(mp.SEARCH_KNOWLEDGE,)))
        assert body["tools"] == [
            {
                "type": "function",
                "function": {
                    "name": "search_knowledge",
                    "description": mp.SEARCH_KNOWLEDGE.description,
                    "parameters": mp.SEARCH_KNOWLEDGE.parameters,
                },
            }
        ]


class TestJson:
    async def test_any_object(self, desk: Desk) -> None:
        assert (await sent(desk, JSON))["response_format"] == {"type": "json_object"}

    @pytest.mark.parametrize("instructions", ["", "Classify.", "Classify as json."])
    async def test_any_object_is_asked_for_by_its_name(self, desk: Desk, instructions: str) -> None:
        system, *_ = (await sent(desk, replace(JSON, instructions=instructions)))["messages"]
        assert system["content"].startswith(instructions)
        assert system["content"].lower().count("json") == 1

    async def test_a_schema(self, desk: Desk) -> None:
        body = await sent(desk, replace(JSON, json_schema=json.dumps(SCHEMA)))
        assert body["response_format"]["type"] == "json_schema"
        assert body["response_format"]["json_schema"] == {"name": "answer", "schema": SCHEMA}

    async def test_a_schema_with_its_name_as_exported_assistants_have_it(self, desk: Desk) -> None:
        named = {"name": "triage", "schema": SCHEMA, "strict": False}
        body = await sent(desk, replace(JSON, json_schema=json.dumps(named)))
        assert body["response_format"]["json_schema"] == named

    @pytest.mark.parametrize("schema", ["{", "[1]", "[" * 100_000])
    async def test_a_schema_that_is_none_is_refused_before_anything_is_sent(self, desk: Desk, schema: str) -> None:
        with pytest.raises(RequestRefused) as caught:
            await desk.events(replace(JSON, json_schema=schema))
        assert caught.value.sent is Delivery.NO
        assert desk.toy.requests == []
