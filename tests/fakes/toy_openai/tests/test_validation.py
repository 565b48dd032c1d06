from __future__ import annotations

from typing import Any

import pytest
from openai import AsyncOpenAI, BadRequestError
from openai.types.chat.completion_create_params import CompletionCreateParamsNonStreaming
from openai.types.responses.response_create_params import ResponseCreateParamsNonStreaming

from tests.fakes.toy_openai.server import ToyOpenAI
from tests.fakes.toy_openai.validation import Invalid, validated

FUNCTION: dict[str, Any] = {
    "type": "function",
    "name": "a",
    "parameters": {"type": "object", "x": {"y": 1}},
    "strict": True,
}
TURNS: list[dict[str, Any]] = [
    {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "a"}]},
    {"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "x"},
    {
        "type": "message",
        "role": "assistant",
        "id": "msg_1",
        "status": "completed",
        "phase": "final_answer",
        "content": [{"type": "output_text", "text": "x", "annotations": []}],
    },
    {"type": "function_call", "id": "fc_1", "name": "a", "arguments": "{}", "call_id": "c"},
    {"type": "function_call_output", "call_id": "c", "output": "x"},
    {"role": "assistant", "content": "x"},
]


@pytest.mark.parametrize(
    "more",
    [
        {"input": "text", "temperature": 1, "metadata": {"a": "b"}, "store": False, "background": None},
        {"input": TURNS},
        {"tools": [FUNCTION, {"type": "file_search", "vector_store_ids": ["vs_1"], "max_num_results": 8}]},
        {"text": {"format": {"type": "json_schema", "name": "a", "schema": {"type": "object"}, "strict": True}}},
        {"reasoning": {"effort": "low", "summary": "auto"}, "include": ["reasoning.encrypted_content"]},
    ],
    ids=lambda more: next(iter(more)),
)
def test_bodies_of_the_api_pass(more: Any) -> None:
    body = {"model": "toy-1", **more}
    assert validated(ResponseCreateParamsNonStreaming, body) is body


@pytest.mark.parametrize(
    ("more", "param", "told"),
    [
        ({"colour": 1}, "colour", "Unknown parameter: 'colour'."),
        ({"temperature": "0.1"}, "temperature", "Invalid value for 'temperature': Input should be a valid number."),
        ({"model": 5}, "model", "Invalid value"),
        ({"metadata": {"a": 1}}, "metadata.a", "Invalid value"),
        ({"include": ["everything"]}, "include[0]", "Invalid value"),
        ({"tools": {}}, "tools", "Input should be a valid list"),
        ({"tools": [FUNCTION, {**FUNCTION, "colour": 1}]}, "tools[1].colour", "Unknown parameter"),
        ({"tools": [{"type": "function", "name": "a", "parameters": {}}]}, "tools[0].strict", "Missing required"),
        ({"input": [*TURNS, {"type": "function_call", "call_id": "c"}]}, "input[6]", "Missing required"),
        ({"input": [{**TURNS[3], "arguments": {}}]}, "input[0].arguments", "Invalid value"),
        (
            {"input": [{**TURNS[0], "content": [{"type": "input_text", "text": 1}]}]},
            "input[0].content[0].text",
            "string",
        ),
        ({"text": {"format": {"type": "json_schema", "name": "a"}}}, "text.format.schema", "Missing required"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_is_said(more: Any, param: str, told: str) -> None:
    with pytest.raises(Invalid) as caught:
        validated(ResponseCreateParamsNonStreaming, {"model": "toy-1", **more})
    assert told in caught.value.message
    assert (caught.value.param or "").startswith(param)
    assert param in caught.value.message


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({"model": "toy-1"}, "messages"),
        ({"model": "toy-1", "messages": [{"role": "tool", "content": "x"}]}, "messages[0].tool_call_id"),
        ({"model": "toy-1", "messages": [{"role": "user", "content": "x", "id": 1}]}, "messages[0].id"),
        ({"model": "toy-1", "messages": [], "max_output_tokens": 5}, "max_output_tokens"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_chat_bodies_too(body: Any, param: str) -> None:
    with pytest.raises(Invalid) as caught:
        validated(CompletionCreateParamsNonStreaming, body)
    assert caught.value.param == param


async def test_the_server_refuses_and_notes_them(toy: ToyOpenAI, client: AsyncOpenAI) -> None:
    body: Any = {"model": "toy-1", "extra_body": {"colour": "red"}}
    for ask in (
        client.responses.create(input="?", **body),
        client.responses.create(input="?", stream=True, **body),
        client.chat.completions.create(messages=[], **body),
        client.responses.input_tokens.count(**body),
        client.responses.create(input="?"),
    ):
        with pytest.raises(BadRequestError) as caught:
            await ask
        assert caught.value.type == "invalid_request_error"
    unknown = "Unknown parameter: 'colour'."
    assert toy.invalid == [
        f"POST /responses: {unknown}",
        f"POST /responses: {unknown}",
        f"POST /chat/completions: {unknown}",
        f"POST /responses/input_tokens: {unknown}",
        "POST /responses: Missing required parameter: 'model'.",
    ]
