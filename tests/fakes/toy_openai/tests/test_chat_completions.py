from __future__ import annotations

import json
from typing import Any

import pytest
from openai import APIError, AsyncOpenAI, BadRequestError
from openai.types.chat import ChatCompletionFunctionToolParam, ChatCompletionMessageParam

from tests.fakes.toy_openai.model import Answer, Call, Tokens
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.fakes.toy_openai.tests.exactness import exact
from tests.fakes.toy_openai.tests.raw import Talk

SEARCH: ChatCompletionFunctionToolParam = {
    "type": "function",
    "function": {
        "name": "search_knowledge",
        "parameters": {"type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]},
    },
}
QUESTION: ChatCompletionMessageParam = {"role": "user", "content": "Refund?"}


async def whole(client: AsyncOpenAI, *messages: ChatCompletionMessageParam, **more: Any) -> Any:
    made = await client.chat.completions.create(**({"model": "toy-1", "messages": messages or [QUESTION]} | more))
    return exact(made)


async def pieces(client: AsyncOpenAI, *messages: ChatCompletionMessageParam, **more: Any) -> list[Any]:
    body: dict[str, Any] = {"model": "toy-1", "messages": messages or [QUESTION]}
    stream = await client.chat.completions.create(**(body | more), stream=True)
    return [exact(chunk) async for chunk in stream]


def text(chunks: list[Any]) -> str:
    return "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)


class TestText:
    async def test_it_comes_in_one_piece(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        system: ChatCompletionMessageParam = {"role": "system", "content": "Be kind."}
        made = await whole(client, system, QUESTION)
        (choice,) = made.choices
        assert (choice.message.content, choice.finish_reason) == ("∅ Refund?\n", "stop")
        assert toy.invalid == []

    async def test_it_comes_in_pieces(self, client: AsyncOpenAI) -> None:
        chunks = await pieces(client)
        assert text(chunks) == "∅ Refund?\n"
        assert len(chunks) > 4
        assert [chunk.choices[0].delta.role for chunk in chunks[:2]] == ["assistant", None]
        assert [chunk.choices[0].finish_reason for chunk in chunks[-2:]] == [None, "stop"]
        assert len({chunk.id for chunk in chunks}) == 1

    async def test_a_content_may_have_parts(self, client: AsyncOpenAI) -> None:
        parts: Any = [{"type": "text", "text": "one"}, {"type": "text", "text": "two"}]
        made = await whole(client, {"role": "user", "content": parts})
        assert made.choices[0].message.content == "∅ one\ntwo\n"

    async def test_the_limit_ends_it(self, client: AsyncOpenAI) -> None:
        for name in ("max_tokens", "max_completion_tokens"):
            made = await whole(client, **{name: 2})
            assert (made.choices[0].message.content, made.choices[0].finish_reason) == ("∅ Refund", "length")
        chunks = await pieces(client, max_tokens=2)
        assert (text(chunks), chunks[-1].choices[0].finish_reason) == ("∅ Refund", "length")

    async def test_a_scripted_filter(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.model.script(Answer("Well", incomplete="content_filter"))
        assert (await whole(client)).choices[0].finish_reason == "content_filter"

    async def test_a_scripted_failure(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.model.script(Answer("half of it", failure="server_error"))
        stream = await client.chat.completions.create(model="toy-1", messages=[QUESTION], stream=True)
        chunks = [await anext(stream) for _ in range(2)]
        with pytest.raises(APIError, match="as it was told to") as caught:
            await anext(stream)
        assert (text(chunks), caught.value.code) == ("half", "server_error")

    async def test_a_refusal(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.model.script(*[Answer(refusal="I cannot help.")] * 2)
        assert (await whole(client)).choices[0].message.refusal == "I cannot help."
        chunks = await pieces(client)
        assert "".join(chunk.choices[0].delta.refusal or "" for chunk in chunks) == "I cannot help."

    async def test_json(self, client: AsyncOpenAI) -> None:
        made = await whole(client, response_format={"type": "json_object"})
        assert json.loads(made.choices[0].message.content) == {"answer": "Refund?"}
        schema = {"type": "object", "properties": {"n": {"type": "boolean"}}, "required": ["n"]}
        asked = {"type": "json_schema", "json_schema": {"name": "form", "schema": schema, "strict": True}}
        made = await whole(client, response_format=asked)
        assert json.loads(made.choices[0].message.content) == {"n": True}

    def test_its_stream_ends_with_done(self, toy: ToyOpenAI) -> None:
        with Talk(toy) as talk:
            body = {"model": "toy-1", "messages": [QUESTION], "stream": True}
            talk.post("/v1/chat/completions", body)
            lines = talk.answer()[1].decode().split("\n\n")
        assert lines[-2:] == ["data: [DONE]", ""]
        assert all(line.startswith("data: ") for line in lines[:-1])


class TestUsage:
    async def test_a_stream_has_it_where_it_is_asked_for(self, client: AsyncOpenAI) -> None:
        made = await whole(client)
        chunks = await pieces(client, stream_options={"include_usage": True})
        assert chunks[-1].choices == []
        assert chunks[-1].usage == made.usage
        assert {chunk.usage for chunk in chunks[:-1]} == {None}
        assert {chunk.usage for chunk in await pieces(client)} == {None}

    async def test_it_may_be_scripted(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.model.script(Answer("x", usage=Tokens(1200, 34, cached=1000, cache_write=128, reasoning=20)))
        assert (await whole(client)).usage.to_dict() == {
            "prompt_tokens": 1200,
            "prompt_tokens_details": {"cached_tokens": 1000, "cache_write_tokens": 128},
            "completion_tokens": 34,
            "completion_tokens_details": {"reasoning_tokens": 20},
            "total_tokens": 1234,
        }


class TestTools:
    async def test_it_searches_and_quotes(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        first = (await whole(client, QUESTION, tools=[SEARCH])).choices[0]
        assert (first.finish_reason, first.message.content) == ("tool_calls", None)
        (call,) = first.message.tool_calls
        assert (call.function.name, json.loads(call.function.arguments)) == ("search_knowledge", {"query": "Refund?"})
        result: Any = {
            "role": "tool",
            "tool_call_id": call.id,
            "content": "[1] a.txt, p. 2\nTen days.\n\n[2] b\nOr less.",
        }
        second = await whole(client, QUESTION, first.message.to_dict(), result, tools=[SEARCH])
        assert second.choices[0].message.content == "Ten days. [1]\nOr less. [2]\n"

    async def test_calls_come_in_pieces(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        calls = [Call("a", {"query": "été"}, "call_a"), Call("b", {"query": "hiver"}, "call_b")]
        toy.model.script(Answer("I look.", calls=calls))
        chunks = await pieces(client, tools=[SEARCH])
        assert text(chunks) == "I look."
        found: dict[int, Any] = {}
        for chunk in chunks:
            for delta in chunk.choices[0].delta.tool_calls or ():
                if delta.id:
                    found[delta.index] = [delta.id, delta.function.name, ""]
                found[delta.index][2] += delta.function.arguments
        assert found == {0: ["call_a", "a", '{"query": "été"}'], 1: ["call_b", "b", '{"query": "hiver"}']}
        assert chunks[-1].choices[0].finish_reason == "tool_calls"
        assert len(chunks) > 8

    async def test_none_is_called_where_none_may_be(self, client: AsyncOpenAI) -> None:
        made = await whole(client, tools=[SEARCH], tool_choice="none")
        assert made.choices[0].message.content == "∅ Refund?\n"

    @pytest.mark.parametrize(
        ("roles", "told"),
        [
            (["user", "tool"], "must be a response to a preceding message"),
            (["user", "calls"], "must be followed by tool messages"),
            (["user", "calls", "user"], "must be followed by tool messages"),
            (["user", "calls", "user", "tool"], "must be followed by tool messages"),
        ],
        ids=lambda value: "-".join(value) if isinstance(value, list) else "",
    )
    async def test_calls_and_results_belong_together(
        self, toy: ToyOpenAI, client: AsyncOpenAI, roles: list[str], told: str
    ) -> None:
        function = {"name": "a", "arguments": "{}"}
        messages: dict[str, Any] = {
            "user": QUESTION,
            "tool": {"role": "tool", "tool_call_id": "c1", "content": "x"},
            "calls": {"role": "assistant", "tool_calls": [{"id": "c1", "type": "function", "function": function}]},
        }
        with pytest.raises(BadRequestError, match=told):
            await whole(client, *[messages[role] for role in roles])
        assert len(toy.invalid) == 1
