"""What an event of a stream is, whichever protocol it belongs to: responses, chat completions, runs."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

from tests.fakes.toy_openai.messages import Event

_TERMINAL = re.compile(r"(response|thread\.run)\.(completed|incomplete|failed|cancelled|expired)")


async def numbered(events: AsyncIterator[Event]) -> AsyncIterator[tuple[int, Event]]:
    number = 0
    async for event in events:
        yield number, event
        number += 1


async def middle(events: AsyncIterator[Event]) -> AsyncIterator[tuple[bool, Event]]:
    """True once: before the second delta, or before the terminal event of a stream that has none."""
    deltas, told = 0, False
    async for event in events:
        deltas += is_delta(event)
        is_middle = not told and (deltas == 2 or is_terminal(event))
        told = told or is_middle
        yield is_middle, event


def is_delta(event: Event) -> bool:
    if not isinstance(event.data, dict):
        return False
    delta = (event.data.get("choices") or [{}])[0].get("delta", {})
    return (event.name or "").endswith(".delta") or bool(delta.get("content") or delta.get("tool_calls"))


def is_terminal(event: Event) -> bool:
    if not isinstance(event.data, dict):
        return bool(event.data == "[DONE]")
    ended = any(choice.get("finish_reason") for choice in event.data.get("choices") or ())
    return ended or bool(_TERMINAL.fullmatch(event.name or ""))


def announces(event: Event) -> bool:
    if not isinstance(event.data, dict):
        return False
    is_first_chunk = any("role" in choice["delta"] for choice in event.data.get("choices") or ())
    return is_first_chunk or event.name in {"response.output_item.added", "response.content_part.added"}


def number_of(event: Event, before: int) -> int:
    return int(event.data.get("sequence_number", before)) if isinstance(event.data, dict) else before
