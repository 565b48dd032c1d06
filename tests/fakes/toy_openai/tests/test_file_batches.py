from __future__ import annotations

from typing import Any

import pytest
from openai import AsyncOpenAI

from tests.fakes.toy_openai.server import ToyOpenAI
from tests.fakes.toy_openai.tests.exactness import exact


@pytest.fixture(autouse=True)
def reads_at_once(toy: ToyOpenAI) -> None:
    toy.vector_stores.index_seconds = 0


@pytest.fixture
def store_id(toy: ToyOpenAI) -> str:
    return toy.vector_stores.create("Guides").id


async def test_a_batch_reads_its_files(toy: ToyOpenAI, client: AsyncOpenAI, store_id: str) -> None:
    toy.vector_stores.stuck.add("b.txt")
    names = ("a.txt", "b.txt", "c.csv")
    ids = [toy.files.add(name, b"x")["id"] for name in names]
    batches = client.vector_stores.file_batches
    batch = exact(await batches.create(store_id, file_ids=ids, attributes={"year": 2026}))
    assert (batch.status, batch.file_counts.in_progress, batch.file_counts.total) == ("in_progress", 3, 3)
    batch = await batches.retrieve(batch.id, vector_store_id=store_id)
    counts = batch.file_counts
    assert (batch.status, counts.in_progress, counts.completed, counts.failed) == ("in_progress", 1, 1, 1)
    toy.vector_stores.stuck.clear()
    assert (await batches.retrieve(batch.id, vector_store_id=store_id)).status == "completed"
    listed = batches.list_files(batch.id, vector_store_id=store_id, filter="failed")
    (failed,) = [file async for file in listed]
    assert (failed.id, failed.last_error and failed.last_error.code) == (ids[2], "unsupported_file")
    assert failed.attributes == {"year": 2026}


async def test_a_batch_has_attributes_of_each_file(toy: ToyOpenAI, client: AsyncOpenAI, store_id: str) -> None:
    a, b = (toy.files.add(name, b"x")["id"] for name in ("a.txt", "b.txt"))
    files: Any = [{"file_id": a, "attributes": {"n": 1}}, {"file_id": b}]
    batch = await client.vector_stores.file_batches.create(store_id, files=files)
    listed = client.vector_stores.file_batches.list_files(batch.id, vector_store_id=store_id, order="asc")
    assert [file.attributes async for file in listed] == [{"n": 1}, {}]


async def test_a_cancelled_batch_reads_no_more(toy: ToyOpenAI, client: AsyncOpenAI, store_id: str) -> None:
    toy.vector_stores.stuck.add("b.txt")
    ids = [toy.files.add(name, b"x")["id"] for name in ("a.txt", "b.txt")]
    batch = await client.vector_stores.file_batches.create(store_id, file_ids=ids)
    cancelled = exact(await client.vector_stores.file_batches.cancel(batch.id, vector_store_id=store_id))
    assert (cancelled.status, cancelled.file_counts.cancelled) == ("cancelled", 1)
    toy.vector_stores.stuck.clear()
    counts = (await client.vector_stores.retrieve(store_id)).file_counts
    assert (counts.completed, counts.cancelled) == (1, 1)


async def test_a_batch_may_add_nothing(toy: ToyOpenAI, client: AsyncOpenAI, store_id: str) -> None:
    toy.vector_stores.batch_ignores_files = True
    file_id = toy.files.add("a.txt", b"x")["id"]
    batch = await client.vector_stores.file_batches.create(store_id, files=[{"file_id": file_id}])
    assert (batch.status, batch.file_counts.total) == ("completed", 0)
    batch = await client.vector_stores.file_batches.create(store_id, file_ids=[file_id])
    assert batch.file_counts.total == 1


async def test_a_batch_forgets_what_was_detached(toy: ToyOpenAI, client: AsyncOpenAI, store_id: str) -> None:
    toy.vector_stores.stuck.add("a.txt")
    file_id = toy.files.add("a.txt", b"x")["id"]
    batch = await client.vector_stores.file_batches.create(store_id, file_ids=[file_id])
    await client.vector_stores.files.delete(file_id, vector_store_id=store_id)
    left = await client.vector_stores.file_batches.retrieve(batch.id, vector_store_id=store_id)
    assert (left.status, left.file_counts.total) == ("completed", 0)


async def test_the_sdk_uploads_and_polls(toy: ToyOpenAI, client: AsyncOpenAI, store_id: str) -> None:
    batch = await client.vector_stores.file_batches.upload_and_poll(
        store_id, files=[("a.txt", b"x"), ("b.md", b"y")], poll_interval_ms=1
    )
    assert (batch.status, batch.file_counts.completed) == ("completed", 2)
    assert sorted(toy.files.names.values()) == ["a.txt", "b.md"]
