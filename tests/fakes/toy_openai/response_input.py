"""What a Responses request says to the model."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from tests.fakes.toy_openai.model import JsonMode, Prompt, tokens
from tests.fakes.toy_openai.validation import Invalid
from tests.fakes.toy_openai.vector_stores import SearchHit

Items = list[dict[str, Any]]


def items(body: Mapping[str, Any]) -> Items:
    """The input as a list; a string is a user's message."""
    given = body.get("input") or []
    return [{"role": "user", "content": given}] if isinstance(given, str) else list(given)


def check_calls(conversation: Items) -> None:
    """Raises Invalid where a call has no output, or an output no call."""
    called = {item.get("call_id") for item in conversation if item.get("type") == "function_call"}
    answered = {item.get("call_id") for item in conversation if item.get("type") == "function_call_output"}
    for call_id in answered - called:
        raise Invalid(f"No tool call found for function call output with call_id {call_id}.", param="input")
    for call_id in called - answered:
        raise Invalid(f"No tool output found for function call {call_id}.", param="input")


def check_reasoning(given: Items, stored: Items) -> None:
    """Raises Invalid where an item has only an id, and nothing was stored under it."""
    known = {item["id"] for item in stored}
    for item in given:
        if item.get("type") == "reasoning" and not item.get("encrypted_content") and item.get("id") not in known:
            raise Invalid(
                f"Item with id '{item['id']}' not found. Items are not persisted when `store` is set to false. Try "
                "again with `store` set to true, or remove this item from your input.",
                param="input",
            )


def input_tokens(body: Mapping[str, Any], conversation: Items) -> int:
    counted = [body.get("instructions"), conversation, body.get("tools")]
    return tokens(json.dumps(counted, ensure_ascii=False, default=str))


def prompt(body: Mapping[str, Any], conversation: Items, hits: Sequence[SearchHit] | None = None) -> Prompt:
    tools = body.get("tools") or () if body.get("tool_choice") != "none" else ()
    return Prompt(
        model=body["model"],
        instructions=body.get("instructions") or "",
        user_texts=[_text(item["content"]) for item in conversation if item.get("role") == "user"],
        functions=[tool["name"] for tool in tools if tool["type"] == "function"],
        tool_results={
            item["call_id"]: _text(item["output"])
            for item in conversation
            if item.get("type") == "function_call_output"
        },
        hosted_hits=hits,
        json_mode=_json_mode(body),
    )


def _text(content: str | Sequence[Mapping[str, Any]]) -> str:
    if isinstance(content, str):
        return content
    return "\n".join(part["text"] for part in content if "text" in part)


def _json_mode(body: Mapping[str, Any]) -> JsonMode:
    asked = (body.get("text") or {}).get("format") or {}
    if asked.get("type") == "json_schema":
        schema: Mapping[str, Any] = asked["schema"]
        return schema
    return "object" if asked.get("type") == "json_object" else None
