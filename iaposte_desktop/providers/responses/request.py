"""A request as the Responses API takes it, and what of it a model can do without."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from iaposte_desktop.domain.ports.model_provider import CustomerMail, SentReply, ToolCall, ToolResult
from iaposte_desktop.providers.errors import said_in
from iaposte_desktop.providers.json_output import IN_JSON, is_any_object, response_format_of
from iaposte_desktop.providers.responses.strictness import is_strict
from iaposte_desktop.providers.scaffold import instructions_of, text_of
from iaposte_desktop.providers.texts import sendable
from iaposte_desktop.providers.unsupported import is_unsupported, parameter_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    import openai

    from iaposte_desktop.domain.assistants import PromptRef
    from iaposte_desktop.domain.ports.model_provider import GenerationRequest, HostedSearch, InputItem, ToolSpec
    from iaposte_desktop.providers.json_fields import Json
    from iaposte_desktop.providers.responses.carrying import CarriedItems

RESULTS: Final = "file_search_call.results"
ENCRYPTED: Final = "reasoning.encrypted_content"

_OPTIONAL: Final = ("temperature", "reasoning")
_COUNTED: Final = ("model", "input", "instructions", "tools", "text", "reasoning")


def body_of(request: GenerationRequest, carried: CarriedItems) -> dict[str, Any]:
    """Raises RequestRefused for a JSON schema that is none."""
    asked: dict[str, Any] = {
        "instructions": sendable(instructions_of(request)),
        "tools": list(_tools(request)),
        "include": list(_included(request)),
        "metadata": {key: sendable(str(value)) for key, value in request.metadata.items()},
        "reasoning": {"effort": request.reasoning_effort} if request.reasoning_effort else None,
        "text": _text(request),
        "prompt": _prompt(request.prompt) if request.prompt else None,
        "background": request.background or None,
    }
    limits = {"max_output_tokens": request.max_output_tokens, "temperature": request.temperature}
    return {
        "model": request.model,
        "input": _input(request, carried),
        "stream": True,
        "store": request.background,
        **{name: value for name, value in asked.items() if value},
        **{name: value for name, value in limits.items() if value is not None},
    }


def counted_of(request: GenerationRequest, carried: CarriedItems) -> dict[str, Any]:
    """What of it the endpoint takes that counts tokens. Raises as `body_of` does."""
    body = body_of(request, carried)
    return {name: body[name] for name in _COUNTED if name in body}


def refused_in(error: openai.APIStatusError, sent: Json) -> str | None:
    """See `UnsupportedParameters`."""
    for name in _OPTIONAL:
        if name in sent and is_unsupported(error, name):
            return name
    # A model that does not reason has no code for it: `Encrypted content is not supported with this model.`
    is_about_it = parameter_of(error) == "include" or "ncrypted" in said_in(error.body)
    return ENCRYPTED if is_about_it and ENCRYPTED in sent.get("include", ()) else None


def without(body: Json, refused: Collection[str]) -> dict[str, Any]:
    """See `UnsupportedParameters`."""
    included = [each for each in body.get("include", ()) if each not in refused]
    taken = {name: value for name, value in body.items() if name not in {*refused, "include"}}
    return taken | ({"include": included} if included else {})


def _input(request: GenerationRequest, carried: CarriedItems) -> list[Json]:
    items = [each for item in request.items for each in _item(item, request.model, carried)]
    # The instructions do not count.
    if is_any_object(request) and not any("json" in str(item.get("content", "")).lower() for item in items):
        return [{"role": "developer", "content": IN_JSON}, *items]
    return items


def _item(item: InputItem, model: str, carried: CarriedItems) -> Iterator[Json]:
    match item:
        case CustomerMail():
            yield {"role": "user", "content": sendable(text_of(item))}
        case SentReply():
            yield {"role": "assistant", "content": sendable(text_of(item))}
        case ToolCall(call_id, name, arguments):
            yield from carried.before(model, call_id)
            written = sendable(json.dumps(arguments, ensure_ascii=False))
            yield {"type": "function_call", "call_id": call_id, "name": name, "arguments": written}
        case ToolResult(call_id, output):
            yield {"type": "function_call_output", "call_id": call_id, "output": sendable(output)}


def _tools(request: GenerationRequest) -> Iterator[Json]:
    yield from map(_function, request.tools)
    if request.hosted_search:
        yield _file_search(request.hosted_search)


def _function(spec: ToolSpec) -> Json:
    return {
        "type": "function",
        "name": spec.name,
        "description": spec.description,
        "parameters": spec.parameters,
        "strict": is_strict(spec.parameters),
    }


def _file_search(search: HostedSearch) -> Json:
    return {
        "type": "file_search",
        "vector_store_ids": list(search.store_ids),
        "max_num_results": search.max_passages,
        "ranking_options": {"score_threshold": search.score_threshold},
    }


def _included(request: GenerationRequest) -> Iterable[str]:
    """What a server keeps, it need not hand out to get it back."""
    if request.hosted_search:
        yield RESULTS
    if request.tools and not request.background:
        yield ENCRYPTED


def _text(request: GenerationRequest) -> Json | None:
    found = response_format_of(request)
    if found is None or "json_schema" not in found:
        return found and {"format": found}
    named = found["json_schema"]
    assert isinstance(named, dict)
    return {"format": {"type": found["type"], "strict": is_strict(named["schema"]), **named}}


def _prompt(prompt: PromptRef) -> Json:
    given = {"id": prompt.id, "version": prompt.version, "variables": dict(prompt.variables)}
    return {name: value for name, value in given.items() if value}
