from __future__ import annotations

from typing import Any

import pytest
from openai import AsyncOpenAI
from openai.types.beta import Assistant
from openai.types.beta.threads import FileCitationAnnotation, TextContentBlock
from openai.types.beta.threads.runs import FileSearchToolCall, ToolCallsStepDetails

from tests.fakes.toy_openai.server import ToyOpenAI
from tests.fakes.toy_openai.tests.running import begun, now, reply, steps_of, text_of
from tests.fakes.toy_openai.tests.stepping import Steps

# The SDK calls the whole protocol deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")

FOUND_TEXT = "step_details.tool_calls[*].file_search.results[*].content"


async def test_files_are_searched_and_cited(toy: ToyOpenAI, client: AsyncOpenAI, guides: dict[str, Any]) -> None:
    toy.assistants.step_seconds = 0
    searching = await client.beta.assistants.create(model="toy-1", **guides)
    run = await now(client, await begun(client, searching, "Returns within thirty days?"))
    assert run.status == "completed"
    block = (await reply(client, run)).content[0]
    assert isinstance(block, TextContentBlock)
    text = block.text
    assert text.value == ("Returns within thirty days.【4:0†été.txt】\nRefunds after thirty days.【4:1†card.txt】\n")
    notes = [note for note in text.annotations if isinstance(note, FileCitationAnnotation)]
    cited = [(note.text, toy.files.names[note.file_citation.file_id]) for note in notes]
    assert cited == [("【4:0†été.txt】", "été.txt"), ("【4:1†card.txt】", "card.txt")]
    assert [text.value[note.start_index : note.end_index] for note in notes] == [mark for mark, _ in cited]


@pytest.mark.parametrize("include", [[], [FOUND_TEXT]])
async def test_a_search_step_tells_texts_when_asked(
    toy: ToyOpenAI, client: AsyncOpenAI, assistant: Assistant, guides: dict[str, Any], include: Any
) -> None:
    toy.assistants.step_seconds = 0
    run = await now(client, await begun(client, assistant, "Returns within thirty days?", **guides))
    searching, _ = await steps_of(client, run, include=include)
    assert isinstance(searching.step_details, ToolCallsStepDetails)
    (call,) = searching.step_details.tool_calls
    assert isinstance(call, FileSearchToolCall)
    results = call.file_search.results or []
    assert [(result.file_name, result.score) for result in results] == [("été.txt", 1.0), ("card.txt", 0.5)]
    texts = [[part.text for part in result.content] if result.content else None for result in results]
    assert texts == ([["Returns within thirty days."], ["Refunds after thirty days."]] if include else [None, None])
    got = await client.beta.threads.runs.steps.retrieve(
        searching.id,
        thread_id=run.thread_id,
        run_id=run.id,
        include=include,
    )
    assert got == searching


async def test_a_search_keeps_to_its_settings(
    toy: ToyOpenAI, client: AsyncOpenAI, assistant: Assistant, guides: dict[str, Any]
) -> None:
    toy.assistants.step_seconds = 0
    guides["tools"] = [{"type": "file_search", "file_search": {"ranking_options": {"score_threshold": 0.8}}}]
    run = await begun(client, assistant, "Returns within thirty days?", **guides)
    assert text_of(await reply(client, run)) == "Returns within thirty days.【4:0†été.txt】\n"
    run = await begun(client, assistant, "Returns within thirty days?", tool_choice="none", **guides)
    assert text_of(await reply(client, run)) == "∅ Returns within thirty days?\n"


async def test_files_of_the_thread_are_searched(toy: ToyOpenAI, client: AsyncOpenAI, assistant: Assistant) -> None:
    toy.vector_stores.index_seconds = toy.assistants.step_seconds = 0
    file_id = toy.files.add("note.txt", b"Ten days.")["id"]
    message: Any = {
        "role": "user",
        "content": "Ten days?",
        "attachments": [{"file_id": file_id, "tools": [{"type": "file_search"}]}],
    }
    run = await client.beta.threads.create_and_run(
        assistant_id=assistant.id, thread={"messages": [message]}, tools=[{"type": "file_search"}]
    )
    assert text_of(await reply(client, run)) == "Ten days.【4:0†note.txt】\n"


async def test_a_store_that_went_away_fails_the_run(
    toy: ToyOpenAI, client: AsyncOpenAI, assistant: Assistant, guides: dict[str, Any], steps: Steps
) -> None:
    run = await begun(client, assistant, **guides)
    toy.vector_stores.stores.clear()
    steps.go(3)
    run = await now(client, run)
    assert run.last_error is not None
    assert (run.status, run.last_error.code) == ("failed", "server_error")
    assert [step.status for step in await steps_of(client, run)] == ["failed"]
