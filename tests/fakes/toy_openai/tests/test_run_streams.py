from __future__ import annotations

from typing import Any

import pytest
from openai import AsyncOpenAI
from openai.types.beta import Assistant, AssistantStreamEvent
from openai.types.beta.threads import Message, Run, TextDeltaBlock

from tests.fakes.toy_openai.model import Answer, Call
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.fakes.toy_openai.tests.exactness import exact
from tests.fakes.toy_openai.tests.running import reply, text_of
from tests.fakes.toy_openai.tests.stepping import Steps

# The SDK calls the whole protocol deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")

ORDERS: Any = {"type": "function", "function": {"name": "orders", "parameters": {"type": "object"}}}


async def streamed(stream: Any) -> list[AssistantStreamEvent]:
    events = []
    async for event in stream:
        if event.event != "done":
            exact(event)
        events.append(event)
    return events


def names(events: list[AssistantStreamEvent]) -> list[str]:
    """Neighbours that are the same count once; without `thread.`."""
    short = [event.event.removeprefix("thread.") for event in events]
    return [name for place, name in enumerate(short) if place == 0 or short[place - 1] != name]


WRITING = [
    "run.step.created",
    "run.step.in_progress",
    "message.created",
    "message.in_progress",
    "message.delta",
    "message.completed",
    "run.step.completed",
]


async def test_a_run_is_streamed(
    toy: ToyOpenAI, client: AsyncOpenAI, assistant: Assistant, guides: dict[str, Any]
) -> None:
    thread: Any = {"messages": [{"role": "user", "content": "Returns within thirty days?"}]}
    stream = await client.beta.threads.create_and_run(assistant_id=assistant.id, thread=thread, stream=True, **guides)
    events = await streamed(stream)
    searching = ["run.step.created", "run.step.in_progress", "run.step.completed"]
    assert names(events) == [
        *("created", "run.created", "run.queued", "run.in_progress"),
        *searching,
        *WRITING,
        "run.completed",
    ]
    deltas = [event.data.delta for event in events if event.event == "thread.message.delta"]
    blocks = [block for delta in deltas for block in delta.content or ()]
    texts = [block.text for block in blocks if isinstance(block, TextDeltaBlock) and block.text]
    run = next(event.data for event in events if event.event == "thread.run.completed")
    message = await reply(client, run)
    assert "".join(text.value or "" for text in texts) == text_of(message)
    marks = [(note.index, note.text) for text in texts for note in text.annotations or ()]
    assert marks == [(0, "【4:0†été.txt】"), (1, "【4:1†card.txt】")]


async def test_events_tell_how_it_was_then(toy: ToyOpenAI, client: AsyncOpenAI, assistant: Assistant) -> None:
    toy.assistants.step_seconds = 0
    events = await streamed(await client.beta.threads.create_and_run(assistant_id=assistant.id, stream=True))
    told = [(event.event, event.data.status) for event in events if isinstance(event.data, Run | Message)]
    assert told == [
        ("thread.run.created", "queued"),
        ("thread.run.queued", "queued"),
        ("thread.run.in_progress", "in_progress"),
        ("thread.message.created", "in_progress"),
        ("thread.message.in_progress", "in_progress"),
        ("thread.message.completed", "completed"),
        ("thread.run.completed", "completed"),
    ]


async def test_a_run_goes_on_when_its_stream_is_left(client: AsyncOpenAI, assistant: Assistant, steps: Steps) -> None:
    thread = await client.beta.threads.create(messages=[{"role": "user", "content": "Hello?"}])
    async with await client.beta.threads.runs.create(thread.id, assistant_id=assistant.id, stream=True) as stream:
        first = await anext(aiter(stream))
    assert first.event == "thread.run.created"
    steps.go(4)
    assert text_of(await reply(client, first.data)) == "∅ Hello?\n"


async def test_outputs_are_submitted_to_a_stream(toy: ToyOpenAI, client: AsyncOpenAI, assistant: Assistant) -> None:
    toy.model.script(Answer(calls=[Call("orders", {})]), Answer("Sent."))
    thread = await client.beta.threads.create(messages=[{"role": "user", "content": "Where?"}])
    runs = client.beta.threads.runs
    asked = await streamed(await runs.create(thread.id, assistant_id=assistant.id, tools=[ORDERS], stream=True))
    assert names(asked) == [
        *("run.created", "run.queued", "run.in_progress"),
        *("run.step.created", "run.step.in_progress", "run.step.delta", "run.requires_action"),
    ]
    run = asked[-1].data
    assert isinstance(run, Run)
    assert run.required_action is not None
    outputs: Any = [
        {"tool_call_id": call.id, "output": "x"} for call in run.required_action.submit_tool_outputs.tool_calls
    ]
    told = await streamed(
        await runs.submit_tool_outputs(run.id, thread_id=thread.id, tool_outputs=outputs, stream=True)
    )
    assert names(told) == ["run.step.completed", "run.queued", "run.in_progress", *WRITING, "run.completed"]


async def test_the_stream_ends_with_done(client: AsyncOpenAI, assistant: Assistant) -> None:
    body = {"assistant_id": assistant.id, "stream": True}
    headers: Any = {"headers": {"openai-beta": "assistants=v2"}}
    response = await client.post("/threads/runs", cast_to=object, body=body, options=headers)
    assert str(response).endswith("event: done\ndata: [DONE]\n\n")


async def test_a_stream_tells_of_its_cancelling(client: AsyncOpenAI, assistant: Assistant, steps: Steps) -> None:
    thread = await client.beta.threads.create(messages=[{"role": "user", "content": "Hello?"}])
    events = []
    async for event in await client.beta.threads.runs.create(thread.id, assistant_id=assistant.id, stream=True):
        events.append(event)
        if event.event == "thread.run.queued":
            await client.beta.threads.runs.cancel(event.data.id, thread_id=thread.id)
            steps.go()
    assert names(events) == ["run.created", "run.queued", "run.cancelling", "run.cancelled"]
