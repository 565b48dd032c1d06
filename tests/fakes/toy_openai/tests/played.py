"""The stream of one response, as tests compare it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from openai import AsyncOpenAI
from openai.types.responses import FunctionToolParam

from tests.fakes.toy_openai.tests.exactness import exact

SEARCH: FunctionToolParam = {
    "type": "function",
    "name": "search_knowledge",
    "parameters": {"type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]},
    "strict": True,
}


async def played(client: AsyncOpenAI, **body: Any) -> list[Any]:
    """The events, each as exact as the SDK's types are, numbered from 0."""
    stream = await client.responses.create(**({"model": "toy-1", "input": "Refund?"} | body), stream=True)
    events = [exact(event) async for event in stream]
    assert [event.sequence_number for event in events] == list(range(len(events)))
    return events


def types(events: Sequence[Any]) -> list[str]:
    """Without the repetition of deltas."""
    found: list[str] = []
    for event in events:
        kind = event.type.removeprefix("response.")
        if found[-1:] != [kind]:
            found.append(kind)
    return found


MESSAGE: Final = [
    "output_item.added",
    "content_part.added",
    "output_text.delta",
    "output_text.done",
    "content_part.done",
    "output_item.done",
]
