"""Stores and their files; batches of files and searching have tests of their own."""

from __future__ import annotations

from typing import Any

import pytest
from openai import APIStatusError, AsyncOpenAI, BadRequestError, NotFoundError

from tests.fakes.toy_openai.server import ToyOpenAI
from tests.fakes.toy_openai.tests.exactness import exact

LATER = 3600.0


@pytest.fixture(autouse=True)
def reads_at_once(toy: ToyOpenAI) -> None:
    toy.vector_stores.index_seconds = 0


@pytest.fixture
async def store_id(client: AsyncOpenAI) -> str:
    return (await client.vector_stores.create(name="Guides")).id


async def attached(toy: ToyOpenAI, client: AsyncOpenAI, store_id: str, name: str, content: bytes = b"text") -> str:
    file_id: str = toy.files.add(name, content)["id"]
    await client.vector_stores.files.create(store_id, file_id=file_id)
    return file_id


async def test_a_store_tells_what_was_given(client: AsyncOpenAI) -> None:
    store = exact(
        await client.vector_stores.create(
            name="Guides", metadata={"team": "north"}, expires_after={"anchor": "last_active_at", "days": 7}
        )
    )
    assert (store.name, store.metadata, store.status, store.usage_bytes) == (
        "Guides",
        {"team": "north"},
        "completed",
        0,
    )
    assert store.expires_at == (store.last_active_at or 0) + 7 * 86400
    assert await client.vector_stores.retrieve(store.id) == store


async def test_an_update_changes_what_it_names(client: AsyncOpenAI) -> None:
    expires_after: Any = {"anchor": "last_active_at", "days": 7}
    store = await client.vector_stores.create(name="Guides", metadata={"a": "1"}, expires_after=expires_after)
    renamed = exact(await client.vector_stores.update(store.id, name="Manuals"))
    assert (renamed.name, renamed.metadata, renamed.expires_after) == ("Manuals", {"a": "1"}, store.expires_after)
    changed = await client.vector_stores.update(store.id, metadata={"b": "2"}, expires_after=None)
    assert (changed.name, changed.metadata, changed.expires_after) == ("Manuals", {"b": "2"}, None)
    assert changed.expires_at is None


async def test_stores_are_listed_from_the_newest(client: AsyncOpenAI) -> None:
    ids = [(await client.vector_stores.create(name=name)).id for name in "abc"]
    assert [store.id async for store in client.vector_stores.list(limit=2)] == ids[::-1]
    before = await client.vector_stores.list(order="asc", before=ids[2], limit=1)
    assert [store.id for store in before.data] == [ids[1]]


async def test_a_deleted_store_is_gone(toy: ToyOpenAI, client: AsyncOpenAI, store_id: str) -> None:
    file_id = await attached(toy, client, store_id, "guide.txt")
    assert exact(await client.vector_stores.delete(store_id)).deleted
    with pytest.raises(NotFoundError, match=f"Vector store with id '{store_id}' not found"):
        await client.vector_stores.retrieve(store_id)
    assert (await client.files.retrieve(file_id)).filename == "guide.txt"


async def test_a_file_is_read_in_its_time(toy: ToyOpenAI, client: AsyncOpenAI, store_id: str) -> None:
    toy.vector_stores.index_seconds = LATER
    file_id = toy.files.add("été.md", "Où est-ce ?".encode())["id"]
    sent = await client.vector_stores.files.create(store_id, file_id=file_id, attributes={"year": 2026, "old": False})
    assert (exact(sent).status, sent.attributes, sent.usage_bytes) == ("in_progress", {"year": 2026, "old": False}, 0)
    assert "filename" not in sent.model_fields_set
    store = await client.vector_stores.retrieve(store_id)
    assert (store.status, store.file_counts.in_progress, store.file_counts.total) == ("in_progress", 1, 1)
    assert not [one async for one in client.vector_stores.files.content(file_id, vector_store_id=store_id)]

    toy.vector_stores.index_seconds = 0
    read = exact(await client.vector_stores.files.retrieve(file_id, vector_store_id=store_id))
    assert (read.status, read.last_error, read.usage_bytes) == ("completed", None, 12)
    store = exact(await client.vector_stores.retrieve(store_id))
    assert (store.status, store.file_counts.completed, store.usage_bytes) == ("completed", 1, 12)
    pieces = [exact(one) async for one in client.vector_stores.files.content(file_id, vector_store_id=store_id)]
    assert [(one.type, one.text) for one in pieces] == [("text", "Où est-ce ?")]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.txt", b" \n", "invalid_file"),
        ("latin.txt", "été".encode("latin-1"), "invalid_file"),
        ("broken.pdf", b"%PDF", "server_error"),
    ],
)
async def test_a_file_may_fail(
    toy: ToyOpenAI, client: AsyncOpenAI, store_id: str, name: str, content: bytes, code: str
) -> None:
    toy.vector_stores.failing["broken.pdf"] = ("server_error", "An internal error occurred.")
    file_id = await attached(toy, client, store_id, name, content)
    file = exact(await client.vector_stores.files.retrieve(file_id, vector_store_id=store_id))
    assert file.status == "failed"
    assert file.last_error is not None
    assert (file.last_error.code, bool(file.last_error.message)) == (code, True)
    store = await client.vector_stores.retrieve(store_id)
    assert (store.status, store.file_counts.failed) == ("completed", 1)


async def test_a_failed_file_can_be_attached_again(toy: ToyOpenAI, client: AsyncOpenAI, store_id: str) -> None:
    toy.vector_stores.failing["guide.txt"] = ("server_error", "An internal error occurred.")
    file_id = await attached(toy, client, store_id, "guide.txt")
    assert (await client.vector_stores.retrieve(store_id)).file_counts.failed == 1
    toy.vector_stores.failing.clear()
    assert (await client.vector_stores.retrieve(store_id)).file_counts.failed == 1
    await client.vector_stores.files.create(store_id, file_id=file_id)
    counts = (await client.vector_stores.retrieve(store_id)).file_counts
    assert (counts.completed, counts.total) == (1, 1)


async def test_bytes_of_a_pdf_are_its_text(toy: ToyOpenAI, client: AsyncOpenAI, store_id: str) -> None:
    file_id = await attached(toy, client, store_id, "a.pdf", b"%PDF caf\xe9")
    pieces = [one.text async for one in client.vector_stores.files.content(file_id, vector_store_id=store_id)]
    assert pieces == ["%PDF café"]


async def test_a_file_may_stay_in_progress(toy: ToyOpenAI, client: AsyncOpenAI, store_id: str) -> None:
    toy.vector_stores.stuck.add("guide.txt")
    file_id = await attached(toy, client, store_id, "guide.txt")
    await attached(toy, client, store_id, "other.txt")
    assert (await client.vector_stores.files.retrieve(file_id, vector_store_id=store_id)).status == "in_progress"
    counts = (await client.vector_stores.retrieve(store_id)).file_counts
    assert (counts.in_progress, counts.completed) == (1, 1)


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.eml", "a.odt", "README", "a.PNG"])
async def test_other_kinds_of_files_are_refused(toy: ToyOpenAI, client: AsyncOpenAI, store_id: str, name: str) -> None:
    with pytest.raises(BadRequestError) as refused:
        await attached(toy, client, store_id, name)
    assert (refused.value.code, refused.value.param) == ("unsupported_file", "file_id")
    assert toy.invalid == []
    assert (await client.vector_stores.retrieve(store_id)).file_counts.total == 0


async def test_files_are_listed_by_status(toy: ToyOpenAI, client: AsyncOpenAI, store_id: str) -> None:
    toy.vector_stores.stuck.add("b.txt")
    a, b, c = [await attached(toy, client, store_id, name) for name in ("a.txt", "b.txt", "c.txt")]
    files = client.vector_stores.files
    assert [file.id async for file in files.list(store_id, limit=2)] == [c, b, a]
    assert [file.id async for file in files.list(store_id, filter="completed", limit=1)] == [c, a]
    assert [file.id async for file in files.list(store_id, filter="in_progress")] == [b]
    unknown: Any = "done"
    with pytest.raises(BadRequestError):
        await files.list(store_id, filter=unknown)


async def test_attributes_are_replaced(toy: ToyOpenAI, client: AsyncOpenAI, store_id: str) -> None:
    file_id = await attached(toy, client, store_id, "guide.txt")
    files = client.vector_stores.files
    changed = exact(await files.update(file_id, vector_store_id=store_id, attributes={"language": "fr"}))
    assert changed.attributes == {"language": "fr"}
    emptied = await files.update(file_id, vector_store_id=store_id, attributes=None)
    assert emptied.attributes == {}


async def test_a_detached_file_stays_uploaded(toy: ToyOpenAI, client: AsyncOpenAI, store_id: str) -> None:
    file_id = await attached(toy, client, store_id, "guide.txt")
    assert exact(await client.vector_stores.files.delete(file_id, vector_store_id=store_id)).deleted
    with pytest.raises(NotFoundError):
        await client.vector_stores.files.retrieve(file_id, vector_store_id=store_id)
    assert (await client.files.retrieve(file_id)).id == file_id


async def test_a_deleted_file_leaves_its_stores(toy: ToyOpenAI, client: AsyncOpenAI, store_id: str) -> None:
    file_id = await attached(toy, client, store_id, "guide.txt")
    await client.files.delete(file_id)
    store = await client.vector_stores.retrieve(store_id)
    assert (store.file_counts.total, store.usage_bytes) == (0, 0)


async def test_chunking_is_told(toy: ToyOpenAI, client: AsyncOpenAI, store_id: str) -> None:
    file_id = toy.files.add("a.txt", b"x")["id"]
    auto = exact(await client.vector_stores.files.create(store_id, file_id=file_id, chunking_strategy={"type": "auto"}))
    sizes = {"max_chunk_size_tokens": 200, "chunk_overlap_tokens": 50}
    strategy: Any = {"type": "static", "static": sizes}
    own = exact(await client.vector_stores.files.create(store_id, file_id=file_id, chunking_strategy=strategy))
    assert [file.chunking_strategy and file.chunking_strategy.to_dict() for file in (auto, own)] == [
        {"type": "static", "static": {"max_chunk_size_tokens": 800, "chunk_overlap_tokens": 400}},
        strategy,
    ]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/vector_stores", {"nom": "x"}),
        ("/vector_stores", {"name": 3}),
        ("/vector_stores", {"metadata": {str(number): "x" for number in range(17)}}),
        ("/vector_stores", {"metadata": {"key": "x" * 513}}),
        ("/vector_stores", {"metadata": {"k" * 65: "x"}}),
        ("/vector_stores", {"expires_after": {"anchor": "last_active_at", "days": 0}}),
        ("/vector_stores/{store}/files", {}),
        ("/vector_stores/{store}/files", {"file_id": "{file}", "attributes": {"a": [1]}}),
        (
            "/vector_stores/{store}/files",
            {
                "file_id": "{file}",
                "chunking_strategy": {
                    "type": "static",
                    "static": {"max_chunk_size_tokens": 200, "chunk_overlap_tokens": 101},
                },
            },
        ),
        ("/vector_stores/{store}/file_batches", {}),
        ("/vector_stores/{store}/file_batches", {"file_ids": []}),
        ("/vector_stores/{store}/file_batches", {"file_ids": ["{file}"], "files": [{"file_id": "{file}"}]}),
    ],
)
async def test_invalid_bodies_are_refused(
    toy: ToyOpenAI, client: AsyncOpenAI, store_id: str, path: str, body: dict[str, object]
) -> None:
    file_id = toy.files.add("a.txt", b"x")["id"]
    filled = {key: file_id if value == "{file}" else value for key, value in body.items()}
    with pytest.raises(BadRequestError):
        await client.post(path.format(store=store_id), cast_to=object, body=filled)
    assert len(toy.invalid) == 1
    assert list(toy.vector_stores.stores) == [store_id]
    assert not toy.vector_stores.stores[store_id].files


async def test_unknown_ids_are_not_found(client: AsyncOpenAI, store_id: str) -> None:
    files, batches = client.vector_stores.files, client.vector_stores.file_batches
    for call in (
        client.vector_stores.retrieve("vs_x"),
        client.vector_stores.update("vs_x", name="x"),
        client.vector_stores.delete("vs_x"),
        client.vector_stores.search("vs_x", query="x"),
        client.vector_stores.create(file_ids=["file-x"]),
        files.create("vs_x", file_id="file-x"),
        files.create(store_id, file_id="file-x"),
        files.retrieve("file-x", vector_store_id=store_id),
        files.delete("file-x", vector_store_id=store_id),
        batches.create(store_id, file_ids=["file-x"]),
        batches.retrieve("vsfb_x", vector_store_id=store_id),
        batches.cancel("vsfb_x", vector_store_id=store_id),
    ):
        with pytest.raises(NotFoundError):
            await call


async def test_an_unknown_store_may_be_a_bad_request(toy: ToyOpenAI, client: AsyncOpenAI) -> None:
    toy.vector_stores.missing_store_status = 400
    with pytest.raises(BadRequestError, match="not found"):
        await client.vector_stores.retrieve("vs_x")
    assert toy.invalid == []


async def test_an_expired_store_takes_and_finds_nothing(toy: ToyOpenAI, client: AsyncOpenAI) -> None:
    store = await client.vector_stores.create(expires_after={"anchor": "last_active_at", "days": 1})
    toy.vector_stores.stores[store.id].last_active_at -= 86400
    assert (await client.vector_stores.retrieve(store.id)).status == "expired"
    with pytest.raises(BadRequestError, match="is expired"):
        await attached(toy, client, store.id, "a.txt")
    with pytest.raises(BadRequestError, match="is expired"):
        await client.vector_stores.search(store.id, query="x")


async def test_a_search_keeps_a_store_alive(toy: ToyOpenAI, client: AsyncOpenAI) -> None:
    store = await client.vector_stores.create(expires_after={"anchor": "last_active_at", "days": 1})
    toy.vector_stores.stores[store.id].last_active_at -= 86300
    await client.vector_stores.search(store.id, query="x")
    searched = await client.vector_stores.retrieve(store.id)
    assert (searched.last_active_at or 0) >= store.created_at


async def test_a_store_is_made_with_files(toy: ToyOpenAI, client: AsyncOpenAI) -> None:
    file_id = toy.files.add("a.txt", b"x")["id"]
    store = await client.vector_stores.create(file_ids=[file_id])
    assert (await client.vector_stores.retrieve(store.id)).file_counts.completed == 1


async def test_errors_say_what_they_are(client: AsyncOpenAI) -> None:
    with pytest.raises(APIStatusError) as refused:
        await client.vector_stores.retrieve("vs_x")
    assert refused.value.response.json() == {
        "error": {
            "message": "Vector store with id 'vs_x' not found.",
            "type": "invalid_request_error",
            "param": None,
            "code": None,
        }
    }
