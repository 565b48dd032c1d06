"""After a program was killed: each step of an upload is gone on from, and nothing is doubled."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.errors import FileProblem, NotFound
from iaposte_desktop.domain.knowledge import FileError, FileStatus, FileToAdd, UploadStage
from tests.contract.closing import closing
from tests.fakes.toy_openai.faults import Status
from tests.unit.providers.vector_stores.bench import DETACH, Bench, now, one, retried, sha256, store_of

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.domain.uploads import Upload


def uploaded(bench: Bench, path: Path) -> str:
    """The id of the file at the server."""
    file_id: str = bench.toy.files.add(path.name, path.read_bytes())["id"]
    return file_id


def attached(bench: Bench, store_id: str, path: Path) -> str:
    file_id = uploaded(bench, path)
    bench.toy.vector_stores.attach(bench.toy.vector_stores.stores[store_id], [{"file_id": file_id}])
    return file_id


async def went_on(bench: Bench, row: Upload) -> Upload:
    """The row after a restart and a retry, which ends completed and sends the server nothing twice."""
    await bench.ledger.save([row])
    stores = bench.open()
    (shown,) = await stores.files(row.store_id)
    assert (shown.id, shown.status) == (row.id, FileStatus.IN_PROGRESS)
    assert (await stores.retrieve(row.store_id)).counts.in_progress == 1
    (file,) = await retried(stores, row.store_id, row.id)
    assert (file.id, file.status, file.error) == (row.id, FileStatus.COMPLETED, None)
    assert await stores.files(row.store_id) == (file,)
    counts = (await stores.retrieve(row.store_id)).counts
    assert (counts.completed, counts.total) == (1, 1)
    assert bench.names_at_server == bench.attached(row.store_id) == [row.name]
    (left,) = await bench.ledger.of_store("conn_1", row.store_id)
    return left


@pytest.fixture
async def store_id(bench: Bench) -> str:
    return await store_of(bench.open())


async def test_what_was_left_is_known_before_any_request(bench: Bench, store_id: str) -> None:
    other = await store_of(bench.open(), "Other")
    rows = [bench.row(where, bench.path(name)) for where, name in ((store_id, "a"), (other, "b"), (store_id, "c"))]
    done = bench.row(store_id, bench.path("d"), status=FileStatus.COMPLETED)
    await bench.ledger.save([*rows, done])
    before = len(bench.toy.requests)
    assert await bench.open().unfinished() == {store_id: (rows[0].id, rows[2].id), other: (rows[1].id,)}
    assert len(bench.toy.requests) == before


async def test_what_closing_cancelled_goes_on_at_the_next_start(bench: Bench, store_id: str) -> None:
    stores = bench.open()
    begun = set()
    bench.toy.vector_stores.index_seconds = 3600  # None is ready before the end.
    async with closing(stores.add_files(store_id, bench.paths(12))) as events:
        async for event in events:
            begun.add(event.file.id)
            if event.stage is UploadStage.INDEXING:
                assert await stores.unfinished() == {}
                break
    assert await stores.unfinished() == {}
    await stores.keep_unfinished(store_id, [*begun, "file_unknown"])
    stores = bench.open()
    left = (await stores.unfinished())[store_id]
    assert set(left) == begun
    bench.toy.vector_stores.index_seconds = 0
    assert {file.status for file in await retried(stores, store_id, *left)} == {FileStatus.COMPLETED}
    assert bench.names_at_server == bench.attached(store_id) == [f"{n:03}.txt" for n in range(12)]


async def test_before_anything_was_sent(bench: Bench, store_id: str) -> None:
    path = bench.path("a.txt")
    row = await went_on(bench, bench.row(store_id, path))
    assert (row.sha256, row.is_attached) == (sha256(path), True)
    assert bench.toy.count("POST", "/files") == 1


async def test_uploaded_without_an_answer(bench: Bench, store_id: str) -> None:
    path = bench.path("a.txt")
    file_id = uploaded(bench, path)
    row = await went_on(bench, bench.row(store_id, path))
    assert (row.file_id, row.sha256) == (file_id, sha256(path))
    assert bench.toy.count("POST", "/files") == 0


async def test_uploaded_and_not_attached(bench: Bench, store_id: str) -> None:
    path = bench.path("a.txt")
    row = bench.row(store_id, path, file_id=uploaded(bench, path), sha256=sha256(path))
    assert (await went_on(bench, row)).file_id == row.file_id
    assert bench.toy.count("POST", "/files") == 0


@pytest.mark.parametrize("is_noted", [True, False])
async def test_attached_and_ready_meanwhile(bench: Bench, store_id: str, is_noted: bool) -> None:
    path = bench.path("a.txt")
    file_id = attached(bench, store_id, path)
    row = bench.row(store_id, path, file_id=file_id, sha256=sha256(path), is_attached=is_noted)
    await bench.ledger.save([row])
    stores = bench.open()
    (shown,) = await stores.files(store_id)
    assert (shown.id, shown.status) == (row.id, FileStatus.IN_PROGRESS)
    assert (await stores.retrieve(store_id)).counts.in_progress >= 1
    (file,) = await retried(stores, store_id, row.id)
    assert file.status is FileStatus.COMPLETED
    assert bench.toy.count("POST", "/files") == bench.toy.count("POST", "/vector_stores/{store_id}/files") == 0
    assert (await stores.retrieve(store_id)).counts.total == 1


async def test_attached_and_still_indexing(bench: Bench, store_id: str) -> None:
    path = bench.path("a.txt")
    bench.toy.vector_stores.index_seconds = 0.2
    row = bench.row(store_id, path, file_id=attached(bench, store_id, path), sha256=sha256(path), is_attached=True)
    await went_on(bench, row)
    assert bench.toy.count("POST", "/vector_stores/{store_id}/files") == 0


@pytest.mark.parametrize("is_answered", [True, False])
async def test_a_source_that_vanished_is_not_missed_once_the_server_has_it(
    bench: Bench, store_id: str, is_answered: bool
) -> None:
    path = bench.path("a.txt")
    file_id = uploaded(bench, path)
    row = bench.row(store_id, path, **({"file_id": file_id, "sha256": sha256(path)} if is_answered else {}))
    path.unlink()
    assert (await went_on(bench, row)).file_id == file_id


async def test_a_source_that_vanished_before_it_was_sent(bench: Bench, store_id: str) -> None:
    path = bench.path("a.txt")
    row = bench.row(store_id, path)
    await bench.ledger.save([row])
    path.unlink()
    (file,) = await retried(bench.open(), store_id, row.id)
    assert file.error is not None
    assert file.error.problem is FileProblem.VANISHED


async def test_a_source_that_was_changed_is_sent_anew_and_the_old_text_deleted(bench: Bench, store_id: str) -> None:
    path = bench.path("a.txt", "Old.")
    row = bench.row(store_id, path, file_id=attached(bench, store_id, path), sha256=sha256(path), is_attached=True)
    bench.path("a.txt", "New and longer.")
    await went_on(bench, row)
    assert list(bench.toy.files.contents.values()) == [b"New and longer."]


async def test_a_converted_file_is_found_though_its_size_is_not_known(bench: Bench, store_id: str) -> None:
    path = bench.path("prices.csv", "Lune;49\nSoleil;129")
    file_id = bench.toy.files.add("prices.csv.txt", b"Lune;49\n\nSoleil;129")["id"]
    row = bench.row(store_id, path, is_converted=True)
    await bench.ledger.save([row])
    (file,) = await retried(bench.open(), store_id, row.id)
    assert (file.status, file.is_converted) == (FileStatus.COMPLETED, True)
    assert list(bench.toy.files.names) == [file_id]


async def test_a_file_that_is_no_longer_at_the_server_is_sent_again(bench: Bench, store_id: str) -> None:
    path = bench.path("a.txt")
    row = bench.row(store_id, path, file_id="file-gone", sha256=sha256(path), is_attached=True)
    await bench.ledger.save([row])
    (file,) = await retried(bench.open(), store_id, row.id)
    assert file.status is FileStatus.COMPLETED
    assert bench.names_at_server == bench.attached(store_id) == ["a.txt"]


async def test_an_upload_of_long_ago_is_another_one(bench: Bench, store_id: str) -> None:
    path = bench.path("a.txt")
    uploaded(bench, path)
    row = bench.row(store_id, path, created_at=now() + timedelta(hours=2))
    await bench.ledger.save([row])
    await retried(bench.open(), store_id, row.id)
    assert bench.names_at_server == ["a.txt", "a.txt"]


async def test_two_rows_of_one_name_take_two_uploads(bench: Bench, store_id: str) -> None:
    (bench.folder / "one").mkdir()
    (bench.folder / "two").mkdir()
    paths = [bench.path("one/a.txt", "Text 1."), bench.path("two/a.txt", "Text 2.")]
    for path in paths:
        uploaded(bench, path)
    rows = [bench.row(store_id, path) for path in paths]
    await bench.ledger.save(rows)
    files = await retried(bench.open(), store_id, *(row.id for row in rows))
    assert [file.status for file in files] == [FileStatus.COMPLETED] * 2
    assert bench.attached(store_id) == ["a.txt", "a.txt"]
    assert bench.toy.count("POST", "/files") == 0


async def test_many_rows_are_gone_on_with_at_the_cost_of_one_list(bench: Bench, store_id: str) -> None:
    rows = [bench.row(store_id, file.path) for file in bench.paths(30)]
    await bench.ledger.save(rows)
    await retried(bench.open(), store_id, *(row.id for row in rows))
    assert bench.attached(store_id) == [f"{n:03}.txt" for n in range(30)]
    assert bench.toy.count("GET", "/files") == 1


async def test_a_replacement_that_was_ready_takes_its_place(bench: Bench, store_id: str) -> None:
    stores = bench.open()
    old = await one(stores, store_id, bench.file("old.txt"))
    path = bench.path("new.txt")
    row = bench.row(
        store_id,
        path,
        file_id=attached(bench, store_id, path),
        sha256=sha256(path),
        is_attached=True,
        replaces=old.id,
    )
    await bench.ledger.save([row])
    stores = bench.open()
    assert (await stores.retrieve(store_id)).counts.in_progress == 1
    await retried(stores, store_id, row.id)
    assert [file.id for file in await stores.files(store_id)] == [row.id]
    assert bench.names_at_server == ["new.txt"]


async def test_an_old_file_that_cannot_be_removed_yet_is_removed_by_a_retry(bench: Bench, store_id: str) -> None:
    stores = bench.open()
    old = await one(stores, store_id, bench.file("old.txt"))
    bench.toy.fail(Status(500), on=DETACH, times=None)
    new = await one(stores, store_id, FileToAdd(bench.path("new.txt"), replaces=old.id))
    assert new.status is FileStatus.FAILED
    bench.toy.heal()
    stores = bench.open()
    assert {file.status for file in await stores.files(store_id)} == {FileStatus.COMPLETED, FileStatus.FAILED}
    (again,) = await retried(stores, store_id, new.id)
    assert again.status is FileStatus.COMPLETED
    assert [file.id for file in await stores.files(store_id)] == [new.id]
    assert bench.names_at_server == ["new.txt"]


async def test_a_file_that_failed_at_the_server_and_is_here_no_longer_is_read_there_again(
    bench: Bench, store_id: str
) -> None:
    path = bench.path("a.txt")
    bench.toy.vector_stores.failing["a.txt"] = ("server_error", "Something went wrong.")
    failed = await one(bench.open(), store_id, FileToAdd(path))
    assert failed.error == FileError(FileProblem.SERVER, "Something went wrong.")
    bench.toy.vector_stores.failing.clear()
    path.unlink()
    (file,) = await retried(bench.open(), store_id, failed.id)
    assert file.status is FileStatus.COMPLETED
    assert bench.toy.count("POST", "/files") == 1


async def test_ids_of_others_are_passed_over_and_unknown_ones_are_not_found(bench: Bench, store_id: str) -> None:
    foreign = attached(bench, store_id, bench.path("foreign.txt"))
    stores = bench.open()
    assert await retried(stores, store_id, foreign) == []
    with pytest.raises(NotFound):
        await retried(stores, store_id, "file_unknown")
