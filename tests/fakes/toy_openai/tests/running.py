"""Runs of the Assistants protocol, asked for through the SDK."""

from __future__ import annotations

from typing import Any

from openai import AsyncOpenAI
from openai.types.beta import Assistant
from openai.types.beta.threads import Message, Run, TextContentBlock
from openai.types.beta.threads.runs import RunStep

from tests.fakes.toy_openai.tests.exactness import exact


async def begun(client: AsyncOpenAI, assistant: Assistant, question: str = "Hello?", **settings: Any) -> Run:
    thread: Any = {"messages": [{"role": "user", "content": question}]}
    run: Run = await client.beta.threads.create_and_run(assistant_id=assistant.id, thread=thread, **settings)
    return exact(run)


async def now(client: AsyncOpenAI, run: Run) -> Run:
    return exact(await client.beta.threads.runs.retrieve(run.id, thread_id=run.thread_id))


async def reply(client: AsyncOpenAI, run: Run) -> Message:
    """The last message that the run wrote."""
    page = await client.beta.threads.messages.list(run.thread_id, run_id=run.id)
    return exact(page.data[0])


def text_of(message: Message) -> str:
    block = message.content[0]
    assert isinstance(block, TextContentBlock)
    return block.text.value


async def steps_of(client: AsyncOpenAI, run: Run, **settings: Any) -> list[RunStep]:
    """The first comes first."""
    listed = client.beta.threads.runs.steps.list(run.id, thread_id=run.thread_id, order="asc", **settings)
    return [exact(step) async for step in listed]
