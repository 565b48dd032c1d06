"""Calls of functions, with their arguments as a model wrote them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from iaposte_desktop.domain.ports.model_provider import ToolCall
from iaposte_desktop.providers.errors import unusable

if TYPE_CHECKING:
    from iaposte_desktop.domain.json import JsonValue


def tool_call(call_id: str, name: str, arguments: str) -> ToolCall:
    """Raises AnswerUnusable for arguments that are no JSON object, and for a call without an id or a name."""
    found = arguments_in(arguments)
    if found is None or not (call_id and name):
        raise unusable(f"arguments of {name or 'a function without a name'}")
    return ToolCall(call_id, name, found)


def arguments_in(text: str) -> dict[str, JsonValue] | None:
    """None for what is no JSON object. Nothing at all means none."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
