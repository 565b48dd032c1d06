"""A stream by either protocol, as tests of faults read it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any, Final, TypeAlias

import pytest
from openai import AsyncOpenAI

QUESTION: Final = "When is my refund due, and what if it is late?"
TEXT: Final = f"∅ {QUESTION}\n"

Opened: TypeAlias = Callable[[], Awaitable[AsyncIterator[Any]]]


async def plain(client: AsyncOpenAI) -> str:
    return (await client.responses.create(model="toy-1", input=QUESTION)).output_text


async def read(opened: Opened) -> list[Any]:
    return [event async for event in await opened()]


async def read_until_error(opened: Opened) -> tuple[list[Any], Exception]:
    events = []
    try:
        async for event in await opened():
            events.append(event)
    except Exception as error:  # Which one it was is the caller's to assert.
        return events, error
    pytest.fail("the stream ended without an error")


def types(events: Sequence[Any]) -> list[str]:
    return [event.type for event in events]


def text(events: Sequence[Any]) -> str:
    return "".join(event.delta for event in events if event.type == "response.output_text.delta")


def chat_text(chunks: Sequence[Any]) -> str:
    return "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
