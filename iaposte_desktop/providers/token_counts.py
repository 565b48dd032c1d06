"""What a server says that an answer consumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.domain.usage import Usage
from iaposte_desktop.providers.json_fields import number_in, object_in

if TYPE_CHECKING:
    from iaposte_desktop.providers.json_fields import Json

# The Responses API has the first names, chat completions and runs the others.
_ENTERING = ("input_tokens", "prompt_tokens")
_LEAVING = ("output_tokens", "completion_tokens")


def usage_of(answer: Json, search_calls: int = 0) -> Usage | None:
    """None where nothing was counted. Hosted searches are billed, and no part of what the server counts."""
    used = object_in(answer, "usage")
    entering, leaving = _details(used, _ENTERING), _details(used, _LEAVING)
    usage = Usage(
        input_tokens=_number(used, _ENTERING),
        output_tokens=_number(used, _LEAVING),
        cached_input_tokens=number_in(entering, "cached_tokens") or 0,
        cache_write_tokens=number_in(entering, "cache_write_tokens") or 0,
        reasoning_tokens=number_in(leaving, "reasoning_tokens") or 0,
        search_calls=search_calls,
    )
    return usage if usage.total_tokens else None


def _number(used: Json, names: tuple[str, ...]) -> int:
    return next(filter(None, (number_in(used, name) for name in names)), 0)


def _details(used: Json, names: tuple[str, ...]) -> Json:
    return next(filter(None, (object_in(used, f"{name}_details") for name in names)), {})
