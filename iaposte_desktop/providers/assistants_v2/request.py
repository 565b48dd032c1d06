"""A request as a run and the thread it makes."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.errors import RequestRefused
from iaposte_desktop.domain.json import METADATA_PAIRS, METADATA_VALUE_CHARACTERS
from iaposte_desktop.domain.ports.model_provider import CustomerMail, SentReply, ToolCall, ToolResult
from iaposte_desktop.providers.assistants_v2.runs import STORES
from iaposte_desktop.providers.json_output import instructions_for, response_format_of
from iaposte_desktop.providers.scaffold import text_of
from iaposte_desktop.providers.texts import sendable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iaposte_desktop.domain.ports.model_provider import GenerationRequest, HostedSearch, InputItem

_FEWEST_TOKENS: Final = 256
"""No run takes a lower limit."""

_MOST_STORES: Final = 2
"""One of the run, one of its thread: the protocol searches no more."""


def body_of(request: GenerationRequest) -> dict[str, object]:
    """Without `assistant_id`. Raises RequestRefused for a JSON schema that is none, and for too many stores."""
    thread: dict[str, object] = {"messages": [message for item in request.items for message in _messages(item)]}
    body: dict[str, object] = {"model": request.model, "thread": thread, "metadata": _metadata(request)}
    if instructions := instructions_for(request):
        body["instructions"] = sendable(instructions)
    if tools := list(_tools(request)):
        body["tools"] = tools
    if request.hosted_search:
        own, *others = _stores(request.hosted_search)
        body["tool_resources"] = _resources(own)
        if others:
            thread["tool_resources"] = _resources(*others)
    if response_format := response_format_of(request):
        body["response_format"] = response_format
    if request.max_output_tokens is not None:
        body["max_completion_tokens"] = max(_FEWEST_TOKENS, request.max_output_tokens)
    if request.temperature is not None:
        body["temperature"] = request.temperature
    return body


def _messages(item: InputItem) -> Iterator[dict[str, object]]:
    """A thread begins with mails and replies alone: calls of another run are told as text. Empty ones are refused."""
    match item:
        case CustomerMail():
            yield _message("user", text_of(item))
        case SentReply(text) if text.strip():
            yield _message("assistant", text)
        case ToolCall():
            arguments = json.dumps(item.arguments, ensure_ascii=False)
            yield _message("assistant", f'<tool_call name="{item.name}">\n{arguments}\n</tool_call>')
        case ToolResult():
            output = item.output.replace("</tool_result>", "< /tool_result>")
            yield _message("user", f"<tool_result>\n{output}\n</tool_result>")


def _message(role: str, text: str) -> dict[str, object]:
    return {"role": role, "content": sendable(text)}


def _tools(request: GenerationRequest) -> Iterator[dict[str, object]]:
    if search := request.hosted_search:
        ranking = {"score_threshold": search.score_threshold}
        yield {
            "type": "file_search",
            "file_search": {"max_num_results": search.max_passages, "ranking_options": ranking},
        }
    for spec in request.tools:
        function = {"name": spec.name, "description": spec.description, "parameters": spec.parameters}
        yield {"type": "function", "function": function}


def _stores(search: HostedSearch) -> tuple[str, ...]:
    if not 1 <= len(search.store_ids) <= _MOST_STORES:
        raise RequestRefused(f"{len(search.store_ids)} vector stores; this protocol searches 1 or {_MOST_STORES}")
    return search.store_ids


def _resources(*store_ids: str) -> dict[str, object]:
    return {"file_search": {"vector_store_ids": list(store_ids)}}


def _metadata(request: GenerationRequest) -> dict[str, str]:
    """What `resume` needs of the request has the first place."""
    stores = ",".join(request.hosted_search.store_ids) if request.hosted_search else ""
    own = {STORES: stores} if 0 < len(stores) <= METADATA_VALUE_CHARACTERS else {}
    return dict([*chain(own.items(), request.metadata.items())][:METADATA_PAIRS])
