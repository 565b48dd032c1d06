from __future__ import annotations

import time
from typing import Any

import pytest
from openai import APIStatusError, AsyncOpenAI, BadRequestError, NotFoundError, PermissionDeniedError

from tests.fakes.toy_openai.server import ToyOpenAI
from tests.fakes.toy_openai.tests.exactness import exact


async def uploaded(client: AsyncOpenAI, *names: str) -> list[str]:
    return [(await client.files.create(file=(name, name.encode()), purpose="assistants")).id for name in names]


async def test_a_file_arrives_as_it_was_sent(toy: ToyOpenAI, client: AsyncOpenAI) -> None:
    content = b'\r\n--a\x00"b"\xff\r\n\r\n'
    file = exact(await client.files.create(file=("prix d’été.txt", content), purpose="user_data"))
    assert (file.filename, file.bytes, file.purpose, file.status) == ("prix d’été.txt", 14, "user_data", "processed")
    assert toy.files.contents == {file.id: content}
    assert toy.files.names == {file.id: "prix d’été.txt"}
    assert await client.files.retrieve(file.id) == file


async def test_a_file_is_added_without_a_request(toy: ToyOpenAI, client: AsyncOpenAI) -> None:
    added = toy.files.add("guide.txt", b"text")
    assert (await client.files.retrieve(added["id"])).filename == "guide.txt"


async def test_names_lose_their_folder(client: AsyncOpenAI) -> None:
    file = await client.files.create(file=("a/b/guide.txt", b"x"), purpose="assistants")
    assert file.filename == "guide.txt"


async def test_names_may_lose_what_is_not_ascii(toy: ToyOpenAI, client: AsyncOpenAI) -> None:
    toy.vector_stores.underscores_names = True
    file = await client.files.create(file=("été.txt", b"x"), purpose="assistants")
    assert file.filename == "_t_.txt"


async def test_lists_go_from_the_newest_page_by_page(client: AsyncOpenAI) -> None:
    ids = await uploaded(client, "a.txt", "b.txt", "c.txt", "d.txt", "e.txt")
    assert [file.id async for file in client.files.list(limit=2)] == ids[::-1]
    assert [file.id async for file in client.files.list(limit=2, order="asc")] == ids
    page = await client.files.list(limit=2, after=ids[3])
    assert ([file.id for file in page.data], page.has_more) == ([ids[2], ids[1]], True)
    last = await client.files.list(limit=2, after=ids[2])
    assert ([file.id for file in last.data], last.has_more) == ([ids[1], ids[0]], False)


async def test_lists_may_be_of_one_purpose(client: AsyncOpenAI) -> None:
    await uploaded(client, "a.txt")
    other = await client.files.create(file=("b.jsonl", b"{}"), purpose="batch")
    assert [file.id async for file in client.files.list(purpose="batch")] == [other.id]


@pytest.mark.parametrize(
    "query", [{"limit": 0}, {"limit": 10001}, {"limit": "x"}, {"order": "up"}, {"after": "file-x"}]
)
async def test_impossible_lists_are_refused(toy: ToyOpenAI, client: AsyncOpenAI, query: dict[str, object]) -> None:
    with pytest.raises(BadRequestError) as refused:
        await client.get("/files", cast_to=object, options={"params": query})
    assert refused.value.param == next(iter(query))
    assert len(toy.invalid) == 1


async def test_a_file_of_the_assistants_is_not_given_back(client: AsyncOpenAI) -> None:
    (file_id,) = await uploaded(client, "a.txt")
    with pytest.raises(PermissionDeniedError, match="Not allowed to download files of purpose: assistants"):
        await client.files.content(file_id)


async def test_another_file_is_given_back(client: AsyncOpenAI) -> None:
    file = await client.files.create(file=("b.jsonl", b'{"a": 1}\n\xff'), purpose="batch")
    assert (await client.files.content(file.id)).content == b'{"a": 1}\n\xff'


async def test_a_deleted_file_is_gone(toy: ToyOpenAI, client: AsyncOpenAI) -> None:
    (file_id,) = await uploaded(client, "a.txt")
    assert exact(await client.files.delete(file_id)).deleted
    assert (toy.files.contents, toy.files.names) == ({}, {})
    for call in (client.files.retrieve, client.files.delete, client.files.content):
        with pytest.raises(NotFoundError, match=f"No such File object: {file_id}"):
            await call(file_id)
    assert toy.invalid == []


async def test_a_file_tells_when_it_expires(client: AsyncOpenAI) -> None:
    before = int(time.time())
    expires_after: Any = {"anchor": "created_at", "seconds": 7200}
    file = await client.files.create(file=("a.txt", b"x"), purpose="assistants", expires_after=expires_after)
    assert file.expires_at is not None
    assert before + 7200 <= file.expires_at <= int(time.time()) + 7200


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"purpose": "assistants", "expires_after": {"anchor": "created_at", "seconds": 60}}, "expires_after.seconds"),
        ({"purpose": "assistants", "expires_after": {"anchor": "now", "seconds": 7200}}, "expires_after.anchor"),
        ({"purpose": "reading"}, "purpose"),
    ],
)
async def test_impossible_uploads_are_refused(
    toy: ToyOpenAI, client: AsyncOpenAI, fields: dict[str, Any], param: str
) -> None:
    with pytest.raises(BadRequestError) as refused:
        await client.files.create(file=("a.txt", b"x"), **fields)
    assert refused.value.param == param
    assert len(toy.invalid) == 1
    assert toy.files.names == {}


async def test_an_upload_without_its_file_is_refused(client: AsyncOpenAI) -> None:
    form: Any = {"headers": {"content-type": "multipart/form-data"}}
    with pytest.raises(APIStatusError, match="'file' is a required property"):
        await client.post(
            "/files", cast_to=object, body={"purpose": "assistants"}, files=[("other", ("a.txt", b"x"))], options=form
        )
