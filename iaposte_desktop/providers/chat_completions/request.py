"""A request as chat completions take it, and what of it a server or a model can do without."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from iaposte_desktop.domain.ports.model_provider import CustomerMail, SentReply, ToolCall, ToolResult
from iaposte_desktop.domain.tokens import estimate_tokens
from iaposte_desktop.providers.errors import said_in
from iaposte_desktop.providers.json_output import instructions_for, response_format_of
from iaposte_desktop.providers.scaffold import text_of
from iaposte_desktop.providers.texts import sendable
from iaposte_desktop.providers.unsupported import is_unsupported

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    import openai

    from iaposte_desktop.domain.ports.model_provider import GenerationRequest, InputItem, ToolSpec


_LIMIT: Final = "max_completion_tokens"
_OLD_LIMIT: Final = "max_tokens"
_EFFORT: Final = "reasoning_effort"
_TEMPERATURE: Final = "temperature"
_STREAM_OPTIONS: Final = "stream_options"


def body_of(request: GenerationRequest) -> dict[str, object]:
    """Raises RequestRefused for a JSON schema that is none."""
    body: dict[str, object] = {
        "model": request.model,
        "messages": messages_of(request),
        "stream": True,
        _STREAM_OPTIONS: {"include_usage": True},
    }
    if request.tools:
        body["tools"] = [_tool(spec) for spec in request.tools]
    if response_format := response_format_of(request):
        body["response_format"] = response_format
    if request.max_output_tokens is not None:
        body[_LIMIT] = request.max_output_tokens
    if request.temperature is not None:
        body[_TEMPERATURE] = request.temperature
    if request.reasoning_effort:
        body[_EFFORT] = request.reasoning_effort
    return body


def refused_in(error: openai.APIStatusError, sent: Mapping[str, Any]) -> str | None:
    """See `UnsupportedParameters`. Most servers have no code for it."""
    told = f"{error.param} {said_in(error.body)}"
    for name in (_LIMIT, _STREAM_OPTIONS):
        if name in sent and name in told:
            return name
    # Ollama: `"llama3.2" does not support thinking`.
    if _EFFORT in sent and (_EFFORT in told or "support thinking" in told):
        return _EFFORT
    return _TEMPERATURE if _TEMPERATURE in sent and is_unsupported(error, _TEMPERATURE) else None


def without(body: Mapping[str, Any], refused: Collection[str]) -> dict[str, Any]:
    """See `UnsupportedParameters`. The limit has an older name, under which it is always taken."""
    taken = {name: value for name, value in body.items() if name not in refused}
    return taken | ({_OLD_LIMIT: body[_LIMIT]} if _LIMIT in refused and _LIMIT in body else {})


def messages_of(request: GenerationRequest) -> list[dict[str, object]]:
    instructions = instructions_for(request)
    system: dict[str, object] = {"role": "system", "content": sendable(instructions)}
    return [*([system] if instructions else []), *_transcript(request.items)]


def estimated_input_tokens(request: GenerationRequest) -> int:
    """≈ tokens of everything that `body_of` holds for the model."""
    texts = [
        instructions_for(request),
        *(f"{spec.description} {json.dumps(spec.parameters)}" for spec in request.tools),
    ]
    for item in request.items:
        match item:
            case CustomerMail() | SentReply():
                texts.append(text_of(item))
            case ToolCall():
                texts.append(f"{item.name} {json.dumps(item.arguments)}")
            case ToolResult():
                texts.append(item.output)
    return sum(map(estimate_tokens, texts))


def _transcript(items: Iterable[InputItem]) -> Iterator[dict[str, object]]:
    """The calls of one round are one message: their results must follow it."""
    for is_call, group in groupby(items, key=lambda item: isinstance(item, ToolCall)):
        if is_call:
            calls = [_call(item) for item in group if isinstance(item, ToolCall)]
            yield {"role": "assistant", "content": None, "tool_calls": calls}
            continue
        for item in group:
            match item:
                case CustomerMail():
                    yield {"role": "user", "content": sendable(text_of(item))}
                case SentReply():
                    yield {"role": "assistant", "content": sendable(text_of(item))}
                case ToolResult(call_id, output):
                    yield {"role": "tool", "tool_call_id": call_id, "content": sendable(output)}


def _call(call: ToolCall) -> dict[str, object]:
    arguments = sendable(json.dumps(call.arguments, ensure_ascii=False))
    return {"id": call.call_id, "type": "function", "function": {"name": call.name, "arguments": arguments}}


def _tool(spec: ToolSpec) -> dict[str, object]:
    function = {"name": spec.name, "description": spec.description, "parameters": spec.parameters}
    return {"type": "function", "function": function}
