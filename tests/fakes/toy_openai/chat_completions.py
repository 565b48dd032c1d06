"""`/chat/completions`, which every self-hosted server has."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any

from openai.types.chat.completion_create_params import (
    CompletionCreateParamsNonStreaming,
    CompletionCreateParamsStreaming,
)

from tests.fakes.toy_openai.gate import Gate
from tests.fakes.toy_openai.messages import Event, EventStream, Reply, Request, Route
from tests.fakes.toy_openai.model import Answer, JsonMode, Prompt, ToyModel, pieces, tokens
from tests.fakes.toy_openai.models import Models
from tests.fakes.toy_openai.validation import Invalid, validated

Json = dict[str, Any]

_REASONS = {"max_output_tokens": "length", "content_filter": "content_filter"}


class ChatCompletions:
    """Scripted commentary comes before the text, in the one message there is; a failure is a stream's error object."""

    def __init__(self, models: Models, model: ToyModel, gate: Gate) -> None:
        self._models = models
        self._model = model
        self._gate = gate

    def routes(self) -> list[Route]:
        return [Route("POST", "/chat/completions", self._create)]

    async def _create(self, request: Request) -> Reply | EventStream:
        body = request.json()
        is_streamed = bool(body.get("stream"))
        validated(CompletionCreateParamsStreaming if is_streamed else CompletionCreateParamsNonStreaming, body)
        self._models.generating(body["model"], body)
        _check_calls(body["messages"])
        limit = body.get("max_completion_tokens") or body.get("max_tokens")
        answer = self._model.answer(_prompt(body)).cut(limit)
        usage = _usage(answer, tokens(json.dumps([body["messages"], body.get("tools")], ensure_ascii=False)))
        if is_streamed:
            return EventStream(self._streamed(body, answer, usage))
        choice = {"index": 0, "message": _message(answer), "logprobs": None, "finish_reason": _reason(answer)}
        await self._gate.passing(0)
        return Reply({**_head(body, "chat.completion"), "choices": [choice], "usage": usage})

    async def _streamed(self, body: Mapping[str, Any], answer: Answer, usage: Json) -> AsyncIterator[Event]:
        wants_usage = bool((body.get("stream_options") or {}).get("include_usage"))
        head = _head(body, "chat.completion.chunk") | ({"usage": None} if wants_usage else {})
        deltas = list(_deltas(answer))
        for sent, (delta, reason) in enumerate(deltas):
            await self._gate.passing(sent)
            if answer.failure and sent == len(deltas) // 2:
                message = "The toy failed, as it was told to."
                yield Event({"error": {"code": answer.failure, "type": "server_error", "message": message}})
                return
            choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}
            yield Event({**head, "choices": [choice]})
        if wants_usage:
            yield Event({**head, "choices": [], "usage": usage})
        yield Event("[DONE]")


def _check_calls(messages: Sequence[Mapping[str, Any]]) -> None:
    """Raises Invalid where calls are not followed by their results, or a result has no call before it."""
    open_calls: set[str] = set()
    for message in messages:
        if message["role"] == "tool":
            if message["tool_call_id"] not in open_calls:
                raise Invalid("messages with role 'tool' must be a response to a preceding message with 'tool_calls'.")
            open_calls.remove(message["tool_call_id"])
            continue
        if open_calls:
            break
        open_calls = {call["id"] for call in message.get("tool_calls") or ()}
    if open_calls:
        raise Invalid(
            "An assistant message with 'tool_calls' must be followed by tool messages responding to each "
            f"'tool_call_id'. These had none: {', '.join(sorted(open_calls))}"
        )


def _prompt(body: Mapping[str, Any]) -> Prompt:
    messages = body["messages"]
    tools = body.get("tools") or () if body.get("tool_choice") != "none" else ()
    return Prompt(
        model=body["model"],
        instructions="\n\n".join(_text(each) for each in messages if each["role"] in ("system", "developer")),
        user_texts=[_text(each) for each in messages if each["role"] == "user"],
        functions=[tool["function"]["name"] for tool in tools if tool["type"] == "function"],
        tool_results={each["tool_call_id"]: _text(each) for each in messages if each["role"] == "tool"},
        json_mode=_json_mode(body.get("response_format") or {}),
    )


def _text(message: Mapping[str, Any]) -> str:
    content = message.get("content") or ""
    return content if isinstance(content, str) else "\n".join(part["text"] for part in content if "text" in part)


def _json_mode(asked: Mapping[str, Any]) -> JsonMode:
    if asked.get("type") == "json_schema":
        schema: Mapping[str, Any] = asked["json_schema"].get("schema", {})
        return schema
    return "object" if asked.get("type") == "json_object" else None


def _head(body: Mapping[str, Any], kind: str) -> Json:
    return {
        "id": f"chatcmpl-{uuid.uuid4().hex}",
        "object": kind,
        "created": int(time.time()),
        "model": body["model"],
        "service_tier": "default",
        "system_fingerprint": "fp_toy",
    }


def _reason(answer: Answer) -> str:
    if answer.incomplete is not None:
        return _REASONS[answer.incomplete]
    return "tool_calls" if answer.calls else "stop"


def _calls(answer: Answer) -> list[Json]:
    return [
        {
            "id": call.call_id or f"call_{uuid.uuid4().hex}",
            "type": "function",
            "function": {"name": call.name, "arguments": call.arguments_text()},
        }
        for call in answer.calls
    ]


def _message(answer: Answer) -> Json:
    text = answer.commentary + answer.text
    message: Json = {"role": "assistant", "content": text or None, "refusal": answer.refusal or None}
    return message | ({"tool_calls": _calls(answer)} if answer.calls else {})


def _deltas(answer: Answer) -> Iterator[tuple[Json, str | None]]:
    yield {"role": "assistant", "content": None if answer.calls else "", "refusal": None}, None
    for piece in pieces(answer.commentary + answer.text):
        yield {"content": piece}, None
    for piece in pieces(answer.refusal):
        yield {"refusal": piece}, None
    for index, call in enumerate(_calls(answer)):
        function = call["function"]
        yield {"tool_calls": [{"index": index, **call, "function": {**function, "arguments": ""}}]}, None
        for piece in pieces(function["arguments"]):
            yield {"tool_calls": [{"index": index, "function": {"arguments": piece}}]}, None
    yield {}, _reason(answer)


def _usage(answer: Answer, input_tokens: int) -> Json:
    used = answer.counted(input_tokens)
    return {
        "prompt_tokens": used.input,
        "completion_tokens": used.output,
        "total_tokens": used.input + used.output,
        "prompt_tokens_details": {"cached_tokens": used.cached, "cache_write_tokens": used.cache_write},
        "completion_tokens_details": {"reasoning_tokens": used.reasoning},
    }
