"""The files of a store: what the server lists, with names, and what only the ledger knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from iaposte_desktop.domain.errors import FileProblem, NotFound
from iaposte_desktop.domain.knowledge import FileError, FileStatus
from tests.fakes.toy_openai.faults import Fault
from tests.fakes.toy_openai.messages import Reply
from tests.unit.providers.vector_stores.bench import CONTENT, Bench, ended, now, one, store_of


@dataclass(frozen=True, slots=True)
class Pieces(Fault):
    """The content of a file, in pieces."""

    texts: tuple[str, ...]

    def reply(self, reply: Reply) -> Reply:
        return replace(reply, body={**reply.body, "data": [{"type": "text", "text": text} for text in self.texts]})


def foreign(bench: Bench, count: int) -> str:
    """The id of a store that another program has filled."""
    files = [bench.toy.files.add(f"{number:03}.txt", b"From elsewhere.") for number in range(count)]
    return bench.toy.vector_stores.create("Foreign", file_ids=[file["id"] for file in files]).id


async def test_what_another_program_added_has_its_name_and_size(bench: Bench) -> None:
    bench.toy.vector_stores.index_seconds = 0
    store_id = foreign(bench, 1)
    (file,) = await bench.open().files(store_id)
    assert (file.id, file.name, file.bytes) == (next(iter(bench.toy.files.names)), "000.txt", 15)
    assert (file.status, file.source_path, file.sha256) == (FileStatus.COMPLETED, "", "")
    assert timedelta() <= now() - file.created_at < timedelta(minutes=1)


async def test_names_are_asked_for_once_for_hundreds_of_files(bench: Bench) -> None:
    store_id = foreign(bench, 230)
    stores = bench.open()
    for _ in range(2):
        assert [file.name for file in await stores.files(store_id)] == [f"{number:03}.txt" for number in range(230)]
    assert bench.toy.count("GET", "/files") == 1
    assert bench.toy.count("GET", "/files/{file_id}") == 0
    assert bench.toy.count("GET", "/vector_stores/{store_id}/files") == 6


async def test_a_new_name_among_known_ones_costs_one_request(bench: Bench) -> None:
    store_id = foreign(bench, 30)
    stores = bench.open()
    await stores.files(store_id)
    added = bench.toy.files.add("new.txt", b"New.")
    bench.toy.vector_stores.attach(bench.toy.vector_stores.stores[store_id], [{"file_id": added["id"]}])
    assert (await stores.files(store_id))[-1].name == "new.txt"
    assert (bench.toy.count("GET", "/files"), bench.toy.count("GET", "/files/{file_id}")) == (1, 1)


async def test_what_was_added_from_here_needs_no_names(bench: Bench) -> None:
    stores = bench.open()
    store_id = await store_of(stores)
    await ended(stores, store_id, *bench.paths(3))
    again = bench.open()
    assert [file.name for file in await again.files(store_id)] == ["000.txt", "001.txt", "002.txt"]
    assert bench.toy.count("GET", "/files") == bench.toy.count("GET", "/files/{file_id}") == 0


async def test_what_another_program_took_out_is_gone(bench: Bench) -> None:
    stores = bench.open()
    store_id = await store_of(stores)
    file = await one(stores, store_id, bench.file("a.txt"))
    bench.toy.vector_stores.stores[store_id].files.clear()
    assert await stores.files(store_id) == ()
    for ask in (stores.retrieve_file(store_id, file.id), stores.content(store_id, file.id)):
        with pytest.raises(NotFound):
            await ask


async def test_a_file_answers_to_the_servers_id_too(bench: Bench) -> None:
    stores = bench.open()
    store_id = await store_of(stores)
    file = await one(stores, store_id, bench.file("a.txt", "Lamps."))
    (server_id,) = bench.toy.files.names
    assert file.id != server_id
    assert await stores.retrieve_file(store_id, server_id) == file
    content = await stores.content(store_id, server_id)
    assert (content.file, content.text) == (file, "Lamps.")
    assert await stores.original(store_id, server_id) == bench.folder / "a.txt"
    await stores.remove_files(store_id, [server_id])
    assert await stores.files(store_id) == ()
    assert await bench.ledger.of_store("conn_1", store_id) == ()


async def test_a_file_that_failed_at_the_server_says_why(bench: Bench) -> None:
    bench.toy.vector_stores.failing["000.txt"] = ("invalid_file", "The file could not be parsed.")
    store_id = foreign(bench, 1)
    bench.toy.vector_stores.index_seconds = 0
    (file,) = await bench.open().files(store_id)
    assert (file.status, file.error) == (
        FileStatus.FAILED,
        FileError(FileProblem.SERVER, "The file could not be parsed."),
    )


async def test_removing_deletes_the_file_itself(bench: Bench) -> None:
    stores = bench.open()
    store_id = foreign(bench, 2)
    first, _ = await stores.files(store_id)
    await stores.remove_files(store_id, [first.id])
    assert bench.names_at_server == bench.attached(store_id) == ["001.txt"]


async def test_a_file_of_another_store_is_not_deleted_by_way_of_this_one(bench: Bench) -> None:
    stores = bench.open()
    held, other = foreign(bench, 1), await store_of(stores)
    (file,) = await stores.files(held)
    await stores.remove_files(other, [file.id])
    assert bench.names_at_server == ["000.txt"]


async def test_the_original_is_the_file_as_it_was_added(bench: Bench) -> None:
    stores = bench.open()
    store_id = await store_of(stores)
    file = await one(stores, store_id, bench.file("prices.csv", "Lune;49"))
    assert await stores.original(store_id, file.id) == bench.folder / "prices.csv"
    bench.path("prices.csv", "Lune;59")
    assert await stores.original(store_id, file.id) is None
    assert await stores.original(foreign(bench, 1), list(bench.toy.files.names)[-1]) is None


async def test_content_in_pieces_is_one_text(bench: Bench) -> None:
    stores = bench.open()
    store_id = await store_of(stores)
    file = await one(stores, store_id, bench.file("a.txt", "One."))
    bench.toy.fail(Pieces(("Page one.", "Page two.")), on=CONTENT)
    content = await stores.content(store_id, file.id)
    assert content.text == "Page one.\n\nPage two."
    assert [content.text[part.start :][: len(part.text)] for part in content.parts] == ["Page one.\n\n", "Page two."]


@pytest.mark.parametrize("pieces", [(), ("", " \n")])
async def test_a_file_without_text_has_no_content(bench: Bench, pieces: tuple[str, ...]) -> None:
    stores = bench.open()
    store_id = await store_of(stores)
    file = await one(stores, store_id, bench.file("a.txt", "One."))
    bench.toy.fail(Pieces(pieces), on=CONTENT)
    with pytest.raises(NotFound):
        await stores.content(store_id, file.id)
