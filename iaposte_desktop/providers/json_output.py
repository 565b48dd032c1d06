"""How a model is asked for JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.assistants import OutputFormat
from iaposte_desktop.domain.errors import RequestRefused
from iaposte_desktop.providers.scaffold import instructions_of

if TYPE_CHECKING:
    from iaposte_desktop.domain.ports.model_provider import GenerationRequest

IN_JSON: Final = "Answer with one JSON object."
"""Servers want to read the word where they are asked for an object of any shape."""

_NAME: Final = "answer"


def is_any_object(request: GenerationRequest) -> bool:
    return request.output_format is OutputFormat.JSON and not request.json_schema.strip()


def response_format_of(request: GenerationRequest) -> dict[str, object] | None:
    """As chat completions and runs take it; None for a reply. Raises RequestRefused, nothing having been sent, for a
    schema that is none."""
    if request.output_format is not OutputFormat.JSON:
        return None
    if is_any_object(request):
        return {"type": "json_object"}
    return {"type": "json_schema", "json_schema": _named(request.json_schema)}


def instructions_for(request: GenerationRequest) -> str:
    """`instructions_of`, with `IN_JSON` where it is wanted."""
    instructions = instructions_of(request)
    if is_any_object(request) and "json" not in instructions.lower():
        return "\n\n".join(filter(None, (instructions, IN_JSON)))
    return instructions


def _named(text: str) -> dict[str, object]:
    """Imported assistants bring a schema with its name."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RequestRefused(f"json_schema: {error}") from None
    if not isinstance(found, dict):
        raise RequestRefused("json_schema: not an object")
    if isinstance(found.get("schema"), dict) and isinstance(found.get("name"), str):
        return found
    return {"name": _NAME, "schema": found}
