"""Assistants, threads and messages; runs are in `test_assistant_runs.py`."""

from __future__ import annotations

from typing import Any

import pytest
from openai import AsyncOpenAI, BadRequestError, NotFoundError

from tests.fakes.toy_openai.server import ToyOpenAI
from tests.fakes.toy_openai.tests.exactness import exact

# The SDK calls the whole protocol deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")


async def test_an_assistant_tells_what_was_given(toy: ToyOpenAI, client: AsyncOpenAI) -> None:
    store = toy.vector_stores.create("Guides")
    resources: Any = {"file_search": {"vector_store_ids": [store.id]}}
    assistant = exact(
        await client.beta.assistants.create(
            model="toy-1",
            name="Réponses",
            description="Replies",
            instructions="Be short.",
            tools=[{"type": "file_search"}, {"type": "function", "function": {"name": "orders"}}],
            tool_resources=resources,
            metadata={"team": "north"},
            temperature=0.2,
            response_format={"type": "json_object"},
        )
    )
    assert (assistant.name, assistant.instructions, assistant.temperature) == ("Réponses", "Be short.", 0.2)
    assert assistant.tool_resources is not None
    assert assistant.tool_resources.to_dict() == resources
    assert [tool.type for tool in assistant.tools] == ["file_search", "function"]
    assert await client.beta.assistants.retrieve(assistant.id) == assistant


async def test_a_plain_assistant_has_defaults(client: AsyncOpenAI) -> None:
    assistant = exact(await client.beta.assistants.create(model="toy-1"))
    assert (assistant.tools, assistant.metadata, assistant.temperature, assistant.name) == ([], {}, 1.0, None)


async def test_an_update_changes_what_it_names(client: AsyncOpenAI) -> None:
    assistant = await client.beta.assistants.create(model="toy-1", name="A", metadata={"a": "1"})
    changed = exact(await client.beta.assistants.update(assistant.id, name="B", model="gpt-4o"))
    assert (changed.name, changed.model, changed.metadata) == ("B", "gpt-4o", {"a": "1"})
    emptied = await client.beta.assistants.update(assistant.id, metadata=None, name=None)
    assert (emptied.name, emptied.metadata) == (None, {})


async def test_assistants_are_listed_and_deleted(client: AsyncOpenAI) -> None:
    ids = [(await client.beta.assistants.create(model="toy-1")).id for _ in range(3)]
    assert [assistant.id async for assistant in client.beta.assistants.list(limit=2)] == ids[::-1]
    assert exact(await client.beta.assistants.delete(ids[1])).deleted
    assert [assistant.id async for assistant in client.beta.assistants.list(order="asc")] == [ids[0], ids[2]]


async def test_stores_are_made_for_files(toy: ToyOpenAI, client: AsyncOpenAI) -> None:
    file_id = toy.files.add("a.txt", b"x")["id"]
    resources: Any = {"file_search": {"vector_stores": [{"file_ids": [file_id], "metadata": {"a": "1"}}]}}
    assistant = exact(await client.beta.assistants.create(model="toy-1", tool_resources=resources))
    thread = exact(await client.beta.threads.create(tool_resources=resources))
    for owner in (assistant, thread):
        assert owner.tool_resources is not None
        assert owner.tool_resources.file_search is not None
        (store_id,) = owner.tool_resources.file_search.vector_store_ids or [""]
        store = await client.vector_stores.retrieve(store_id)
        assert (store.file_counts.total, store.metadata) == (1, {"a": "1"})


async def test_a_thread_is_kept(client: AsyncOpenAI) -> None:
    thread = exact(await client.beta.threads.create(metadata={"customer": "c1"}))
    changed = exact(await client.beta.threads.update(thread.id, metadata={"customer": "c2"}))
    assert changed.metadata == {"customer": "c2"}
    assert await client.beta.threads.retrieve(thread.id) == changed
    assert exact(await client.beta.threads.delete(thread.id)).deleted
    with pytest.raises(NotFoundError, match=f"No thread found with id '{thread.id}'"):
        await client.beta.threads.retrieve(thread.id)


async def test_messages_are_kept(client: AsyncOpenAI) -> None:
    thread = await client.beta.threads.create(messages=[{"role": "user", "content": "Hello"}])
    messages = client.beta.threads.messages
    blocks: Any = [
        {"type": "text", "text": "One"},
        {"type": "image_url", "image_url": {"url": "https://example.org/a.png"}},
    ]
    added = exact(await messages.create(thread.id, role="assistant", content=blocks, metadata={"a": "1"}))
    assert (added.role, added.metadata, added.run_id, added.thread_id) == ("assistant", {"a": "1"}, None, thread.id)
    assert [block.type for block in added.content] == ["text", "image_url"]
    assert await messages.retrieve(added.id, thread_id=thread.id) == added
    changed = exact(await messages.update(added.id, thread_id=thread.id, metadata={"b": "2"}))
    assert changed.metadata == {"b": "2"}
    listed = [message async for message in messages.list(thread.id, limit=1)]
    assert len(listed) == 2
    assert listed[0].id == added.id
    assert listed[1].content[0].to_dict() == {"type": "text", "text": {"value": "Hello", "annotations": []}}
    assert exact(await messages.delete(added.id, thread_id=thread.id)).deleted
    assert len([message async for message in messages.list(thread.id)]) == 1


async def test_attached_files_are_searched_in_the_thread(toy: ToyOpenAI, client: AsyncOpenAI) -> None:
    first, second = (toy.files.add(name, b"x")["id"] for name in ("a.txt", "b.txt"))
    thread = await client.beta.threads.create()
    for file_id in (first, second):
        attachments: Any = [{"file_id": file_id, "tools": [{"type": "file_search"}]}]
        message = exact(
            await client.beta.threads.messages.create(thread.id, role="user", content="See", attachments=attachments)
        )
        assert [attachment.file_id for attachment in message.attachments or ()] == [file_id]
    resources = (await client.beta.threads.retrieve(thread.id)).tool_resources
    assert resources is not None
    assert resources.file_search is not None
    (store_id,) = resources.file_search.vector_store_ids or [""]
    assert {file.id async for file in client.vector_stores.files.list(store_id)} == {first, second}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/assistants", {}),
        ("/assistants", {"model": "toy-1", "nom": "x"}),
        ("/assistants", {"model": "toy-1", "name": "x" * 257}),
        ("/assistants", {"model": "toy-1", "tools": [{"type": "retrieval"}]}),
        ("/assistants", {"model": "toy-1", "tool_resources": {"file_search": {"vector_store_ids": ["a", "b"]}}}),
        ("/threads", {"messages": [{"role": "system", "content": "x"}]}),
        ("/threads/{thread}/messages", {"role": "user"}),
        ("/threads/{thread}/messages", {"role": "user", "content": ""}),
        ("/threads/{thread}/runs", {}),
        ("/threads/runs", {"thread": {}}),
    ],
)
async def test_invalid_bodies_are_refused(
    toy: ToyOpenAI, client: AsyncOpenAI, path: str, body: dict[str, object]
) -> None:
    thread = await client.beta.threads.create()
    headers: Any = {"headers": {"openai-beta": "assistants=v2"}}
    with pytest.raises(BadRequestError):
        await client.post(path.format(thread=thread.id), cast_to=object, body=body, options=headers)
    assert len(toy.invalid) == 1
    assert toy.assistants.assistants == {}
    assert list(toy.assistants.threads) == [thread.id]


async def test_unknown_ids_are_not_found(client: AsyncOpenAI) -> None:
    assistant = await client.beta.assistants.create(model="toy-1")
    thread = await client.beta.threads.create()
    threads, runs = client.beta.threads, client.beta.threads.runs
    for call in (
        client.beta.assistants.retrieve("asst_x"),
        client.beta.assistants.update("asst_x", name="x"),
        client.beta.assistants.delete("asst_x"),
        client.beta.assistants.update(assistant.id, tool_resources={"file_search": {"vector_store_ids": ["vs_x"]}}),
        threads.update("thread_x", metadata={}),
        threads.delete("thread_x"),
        threads.messages.create("thread_x", role="user", content="x"),
        threads.messages.retrieve("msg_x", thread_id=thread.id),
        threads.messages.delete("msg_x", thread_id=thread.id),
        threads.create_and_run(assistant_id="asst_x"),
        runs.create(thread.id, assistant_id="asst_x"),
        runs.create("thread_x", assistant_id=assistant.id),
        runs.retrieve("run_x", thread_id=thread.id),
        runs.cancel("run_x", thread_id=thread.id),
        runs.submit_tool_outputs("run_x", thread_id=thread.id, tool_outputs=[]),
        runs.steps.retrieve("step_x", thread_id=thread.id, run_id="run_x"),
    ):
        with pytest.raises(NotFoundError):
            await call


@pytest.mark.parametrize("path", ["/assistants", "/threads/thread_x", "/threads/thread_x/runs"])
async def test_the_header_is_required(toy: ToyOpenAI, client: AsyncOpenAI, path: str) -> None:
    with pytest.raises(BadRequestError, match="OpenAI-Beta: assistants=v2"):
        await client.get(path, cast_to=object)
    assert len(toy.invalid) == 1
