"""What is sent. The toy server refuses what the API would refuse for its form."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from iaposte_desktop.domain.assistants import OutputFormat, PromptRef
from iaposte_desktop.domain.errors import RequestRefused
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.providers.responses.strictness import is_strict
from iaposte_desktop.providers.scaffold import instructions_of, text_of
from tests.fakes.toy_openai.faults import Status
from tests.fakes.toy_openai.model import Answer
from tests.unit.providers.responses.conftest import (
    CREATE,
    IN_BACKGROUND,
    MAIL,
    REQUEST,
    WITH_TOOLS,
    Desk,
    two_stores,
)
from tests.unit.providers.responses.saying import Answers

IN_JSON = replace(REQUEST, output_format=OutputFormat.JSON)
CLOSED = {
    "type": "object",
    "properties": {"category": {"type": "string", "enum": ["refund", "other"]}},
    "required": ["category"],
    "additionalProperties": False,
}


async def body_of(desk: Desk, request: mp.GenerationRequest) -> Any:
    desk.toy.model.script(Answer("Text."))
    await desk.events(request)
    return desk.bodies[-1]


class TestTranscript:
    async def test_mails_are_the_users_and_replies_the_assistants(self, desk: Desk) -> None:
        body = await body_of(desk, replace(REQUEST, items=(MAIL, mp.SentReply("In ten days."), MAIL)))
        assert body["input"] == [
            {"role": "user", "content": text_of(MAIL)},
            {"role": "assistant", "content": "In ten days."},
            {"role": "user", "content": text_of(MAIL)},
        ]
        assert body["instructions"] == instructions_of(REQUEST)

    async def test_calls_and_their_results_are_items_of_their_own(self, desk: Desk) -> None:
        items = (MAIL, mp.ToolCall("call_1", "search_knowledge", {"query": "é"}), mp.ToolResult("call_1", "[1] x"))
        body = await body_of(desk, replace(WITH_TOOLS, items=items))
        assert body["input"][1:] == [
            {"type": "function_call", "call_id": "call_1", "name": "search_knowledge", "arguments": '{"query": "é"}'},
            {"type": "function_call_output", "call_id": "call_1", "output": "[1] x"},
        ]

    async def test_half_characters_are_sent_as_question_marks(self, desk: Desk) -> None:
        items = (mp.CustomerMail("\ud83d", "a \ud83d b"), mp.SentReply("\ude00"))
        body = await body_of(desk, replace(REQUEST, items=items, instructions="\ud83d", metadata={"subject": "\ud83d"}))
        assert body["input"][0]["content"] == "<mail>\n<subject>?</subject>\na ? b\n</mail>"

    async def test_nothing_is_kept_at_the_server(self, desk: Desk) -> None:
        body = await body_of(desk, REQUEST)
        assert (body["stream"], body["store"]) == (True, False)
        assert "background" not in body

    async def test_what_runs_in_the_background_must_be_kept(self, desk: Desk) -> None:
        body = await body_of(desk, IN_BACKGROUND)
        assert (body["stream"], body["store"], body["background"]) == (True, True, True)


class TestOptions:
    async def test_what_is_not_asked_for_is_not_sent(self, desk: Desk) -> None:
        body = await body_of(desk, replace(REQUEST, output_format=OutputFormat.JSON, instructions="", json_schema="{}"))
        assert body.keys() == {"model", "input", "stream", "store", "text"}

    async def test_limits_and_metadata(self, desk: Desk) -> None:
        asked = replace(REQUEST, max_output_tokens=500, temperature=0.0, metadata={"thread_id": "thread_1"})
        body = await body_of(desk, asked)
        assert (body["max_output_tokens"], body["temperature"]) == (500, 0.0)
        assert body["metadata"] == {"thread_id": "thread_1"}

    async def test_metadata_are_texts(self, desk: Desk) -> None:
        body = await body_of(desk, replace(REQUEST, metadata={"attempt": 2}))  # type: ignore[dict-item]
        assert body["metadata"] == {"attempt": "2"}

    async def test_the_effort(self, desk: Desk) -> None:
        body = await body_of(desk, replace(REQUEST, reasoning_effort="low"))
        assert body["reasoning"] == {"effort": "low"}

    async def test_a_prompt_is_passed_through(self, desk: Desk) -> None:
        prompt = PromptRef("pmpt_1", "3", {"shop": "Toy"})
        body = await body_of(desk, replace(REQUEST, prompt=prompt))
        assert body["prompt"] == {"id": "pmpt_1", "version": "3", "variables": {"shop": "Toy"}}

    async def test_a_prompt_may_have_no_version(self, desk: Desk) -> None:
        body = await body_of(desk, replace(REQUEST, prompt=PromptRef("pmpt_1")))
        assert body["prompt"] == {"id": "pmpt_1"}


class TestTools:
    async def test_functions_come_with_their_schema(self, desk: Desk) -> None:
        body = await body_of(desk, WITH_TOOLS)
        assert body["tools"] == [
            {
                "type": "function",
                "name": "search_knowledge",
                "description": mp.SEARCH_KNOWLEDGE.description,
                "parameters": mp.SEARCH_KNOWLEDGE.parameters,
                "strict": True,
            }
        ]

    async def test_a_schema_that_is_not_strict_is_not_called_so(self, desk: Desk) -> None:
        loose = mp.ToolSpec("look_up", "Looks up.", {"type": "object", "properties": {"id": {"type": "string"}}})
        body = await body_of(desk, replace(REQUEST, tools=(loose,)))
        assert body["tools"][0]["strict"] is False

    async def test_a_hosted_search_names_its_stores_and_wants_its_results(self, desk: Desk) -> None:
        stores = await two_stores(desk)
        body = await body_of(desk, replace(REQUEST, hosted_search=mp.HostedSearch(stores, 6, 0.25)))
        assert body["tools"] == [
            {
                "type": "file_search",
                "vector_store_ids": list(stores),
                "max_num_results": 6,
                "ranking_options": {"score_threshold": 0.25},
            }
        ]
        assert body["include"] == ["file_search_call.results"]

    async def test_reasoning_is_wanted_back_where_there_may_be_a_second_round(self, desk: Desk) -> None:
        assert (await body_of(desk, WITH_TOOLS))["include"] == ["reasoning.encrypted_content"]

    async def test_what_the_server_keeps_is_not_wanted_back(self, desk: Desk) -> None:
        assert "include" not in await body_of(desk, replace(WITH_TOOLS, background=True))


class TestJson:
    async def test_any_object(self, desk: Desk) -> None:
        body = await body_of(desk, IN_JSON)
        assert body["text"] == {"format": {"type": "json_object"}}

    async def test_the_word_is_in_the_input_as_servers_want_it(self, desk: Desk) -> None:
        body = await body_of(desk, IN_JSON)
        assert "json" in json.dumps(body["input"]).lower()
        assert body["input"][-1] == {"role": "user", "content": text_of(MAIL)}

    async def test_where_the_mail_has_the_word_nothing_is_added(self, desk: Desk) -> None:
        mail = mp.CustomerMail("", "My JSON is broken.")
        body = await body_of(desk, replace(IN_JSON, items=(mail,)))
        assert body["input"] == [{"role": "user", "content": text_of(mail)}]

    async def test_a_schema_gets_a_name(self, desk: Desk) -> None:
        body = await body_of(desk, replace(IN_JSON, json_schema=json.dumps(CLOSED)))
        assert body["text"] == {
            "format": {"type": "json_schema", "name": "answer", "strict": True, "schema": CLOSED},
        }
        assert len(body["input"]) == 1

    async def test_a_schema_of_the_users_own_kind_is_not_strict(self, desk: Desk) -> None:
        body = await body_of(desk, replace(IN_JSON, json_schema='{"type": "object"}'))
        assert body["text"]["format"]["strict"] is False

    async def test_a_schema_of_an_imported_assistant_keeps_what_it_says(self, desk: Desk) -> None:
        imported = {"name": "mail_kind", "schema": CLOSED, "strict": False}
        body = await body_of(desk, replace(IN_JSON, json_schema=json.dumps(imported)))
        assert body["text"]["format"] == {"type": "json_schema", **imported}

    @pytest.mark.parametrize("schema", ["{", "[]", "7"])
    async def test_what_is_no_schema_is_refused_unsent(self, desk: Desk, schema: str) -> None:
        with pytest.raises(RequestRefused):
            await desk.events(replace(IN_JSON, json_schema=schema))
        assert desk.toy.requests == []


class TestParametersThatAModelDoesNotTake:
    async def test_the_temperature_is_left_out_and_stays_out(self, desk: Desk) -> None:
        asked = replace(REQUEST, model="toy-reasoning-1", temperature=0.2)
        for _ in range(2):
            assert (await desk.events(asked))[-1] == mp.Completed()
        assert ["temperature" in body for body in desk.bodies] == [True, False, False]

    async def test_another_model_is_still_asked_with_it(self, desk: Desk) -> None:
        await desk.events(replace(REQUEST, model="toy-reasoning-1", temperature=0.2))
        await desk.events(replace(REQUEST, temperature=0.2))
        assert "temperature" in desk.bodies[-1]

    @pytest.mark.parametrize(
        ("code", "param", "message"),
        [
            ("unsupported_parameter", "reasoning.effort", "Unsupported parameter."),
            ("unsupported_value", "reasoning", "Unsupported value."),
            ("unsupported_value", None, "'reasoning.effort' does not support 'xhigh' with this model."),
        ],
    )
    async def test_the_effort_is_left_out(self, desk: Desk, code: str, param: str | None, message: str) -> None:
        error = {"message": message, "type": "invalid_request_error", "param": param, "code": code}
        desk.toy.fail(Answers({"error": error}, 400), on=CREATE)
        events = await desk.events(replace(REQUEST, reasoning_effort="xhigh", temperature=0.2))
        assert events[-1] == mp.Completed()
        assert ["reasoning" in body for body in desk.bodies] == [True, False]
        assert all("temperature" in body for body in desk.bodies)

    async def test_each_is_left_out_in_its_turn(self, desk: Desk) -> None:
        error = {"message": "No.", "param": "reasoning.effort", "code": "unsupported_parameter"}
        desk.toy.fail(Answers({"error": error}, 400), on=CREATE)
        asked = replace(REQUEST, model="toy-reasoning-1", reasoning_effort="low", temperature=0.2)
        assert (await desk.events(asked))[-1] == mp.Completed()
        assert desk.posts == 3

    async def test_encrypted_reasoning_is_not_asked_again_of_a_model_without_any(self, desk: Desk) -> None:
        error = {"message": "Encrypted content is not supported with this model.", "param": "include", "code": None}
        desk.toy.fail(Answers({"error": error}, 400), on=CREATE)
        for _ in range(2):
            await desk.events(WITH_TOOLS)
        assert [body.get("include") for body in desk.bodies] == [["reasoning.encrypted_content"], None, None]

    async def test_a_refusal_of_something_else_is_final(self, desk: Desk) -> None:
        desk.toy.fail(Status(400, "unsupported_parameter", "Unsupported parameter: 'top_p'."), on=CREATE, times=None)
        with pytest.raises(RequestRefused):
            await desk.events(replace(REQUEST, temperature=0.2))
        assert desk.posts == 1

    async def test_a_refusal_of_its_value_is_final(self, desk: Desk) -> None:
        error = {"message": "Too high.", "param": "temperature", "code": "decimal_above_max_value"}
        desk.toy.fail(Answers({"error": error}, 400), on=CREATE, times=None)
        with pytest.raises(RequestRefused):
            await desk.events(replace(REQUEST, temperature=2.0))
        assert desk.posts == 1

    async def test_a_refusal_that_does_not_speak_of_what_was_included_is_final(self, desk: Desk) -> None:
        desk.toy.fail(Status(400), on=CREATE, times=None)
        with pytest.raises(RequestRefused):
            await desk.events(WITH_TOOLS)
        assert desk.posts == 1

    async def test_a_refusal_of_what_was_not_sent_is_final(self, desk: Desk) -> None:
        error = {"message": "No.", "param": "temperature", "code": "unsupported_parameter"}
        desk.toy.fail(Answers({"error": error}, 400), on=CREATE, times=None)
        with pytest.raises(RequestRefused):
            await desk.events(replace(REQUEST, temperature=0.2))
        assert desk.posts == 2


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, True),
        ({"additionalProperties": True}, False),
        ({"required": []}, False),
        ({"required": [{}]}, False),
        ({"patternProperties": {}}, False),
        ({"properties": {"category": {"enum": ["refund"]}}}, False),
        ({"properties": {"category": {"type": "array"}}}, False),
        ({"properties": {"category": {"type": "array", "items": {"type": "string"}}}}, True),
        ({"properties": {"category": {"type": "array", "items": {"type": "object"}}}}, False),
        ({"properties": {"category": {"type": ["object", "null"]}}}, False),
        ({"properties": {"category": {"type": ["string", "null"]}}}, True),
        ({"properties": {"category": {"anyOf": [{"type": "string"}, {"type": "null"}]}}}, True),
        ({"properties": {"category": {"anyOf": [{"type": "string"}, 7]}}}, False),
        ({"properties": {"category": True}}, False),
        ({"type": "array", "items": {"type": "string"}}, False),
    ],
)
def test_strict_schemas(change: dict[str, object], expected: bool) -> None:
    assert is_strict({**CLOSED, **change}) is expected


def test_what_is_no_schema_is_not_strict() -> None:
    assert not is_strict([])
