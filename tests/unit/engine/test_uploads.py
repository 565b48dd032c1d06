"""What becomes of a file that is added, added again, retried, replaced, cancelled, or cannot be read."""

from __future__ import annotations

import asyncio
import errno
import os
import sys
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.errors import FileProblem, InvalidValue, NotFound
from iaposte_desktop.domain.knowledge import FileStatus, FileToAdd, UploadStage
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.engine.originals import problem_of
from tests.unit.engine import made_files

if TYPE_CHECKING:
    from tests.unit.engine.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="session")

UNIX = pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices are files on Unix alone")


async def test_stages_come_in_order_and_the_catalogue_knows_first(desk: Desk) -> None:
    store_id = await desk.store()
    files = [FileToAdd(desk.file(f"{n}.txt", f"Parcel {n}.")) for n in range(3)]
    stages: dict[str, list[UploadStage]] = {}
    async with aclosing(desk.stores.add_files(store_id, files)) as events:
        async for event in events:
            stages.setdefault(event.file.name, []).append(event.stage)
            kept = await desk.catalog.retrieve_file(event.file.id)
            if event.stage is UploadStage.DONE:
                assert kept == event.file
    order = [stage for stage in UploadStage if stage is not UploadStage.UPLOADING]
    assert set(stages) == {"0.txt", "1.txt", "2.txt"}
    assert all(list(dict.fromkeys(each)) == order for each in stages.values())


async def test_a_file_knows_when_it_was_changed_on_the_disk(desk: Desk) -> None:
    path = desk.file("prices.txt", "Lune costs 49.")
    file = await desk.completed(await desk.store(), path)
    assert file.source_modified_at is not None
    assert file.source_modified_at.timestamp() == pytest.approx(path.stat().st_mtime, abs=1e-3)
    assert (await desk.catalog.retrieve_file(file.id)).source_modified_at == file.source_modified_at


async def test_bad_files_fail_alone_each_with_its_problem(desk: Desk) -> None:
    store_id = await desk.store()
    bomb = made_files.docx("x", **{"word/bomb.xml": b" " * 600_000_000})
    assert len(bomb) < 1_500_000
    bad = {
        "photo.png": (b"\x89PNG", FileProblem.UNSUPPORTED),
        "empty.txt": (b"", FileProblem.EMPTY),
        "blank.md": (b" \n\n ", FileProblem.EMPTY),
        "lying.txt": (b"\x89PNG\r\n\x1a\n", FileProblem.MISLABELLED),
        "lying.pdf": (b"text", FileProblem.MISLABELLED),
        "locked.pdf": (made_files.pdf(["A text long enough."], password="k"), FileProblem.ENCRYPTED),
        "scan.pdf": (made_files.pdf([], []), FileProblem.SCANNED),
        "cut.pdf": (b"%PDF-1.7 cut", FileProblem.DAMAGED),
        "bomb.docx": (bomb, FileProblem.TOO_COMPLEX),
        "laughs.docx": (made_files.docx("&a;", prolog='<!DOCTYPE d [<!ENTITY a "ha">]>'), FileProblem.TOO_COMPLEX),
        "deep.docx": (made_files.docx("<w:p>" * 5_000 + "</w:p>" * 5_000), FileProblem.TOO_COMPLEX),
        "wide.xlsx": (wide_sheet(), FileProblem.MEMORY_LIMIT),
    }
    paths = [desk.file(name, content) for name, (content, _) in bad.items()]
    good = desk.file("good.txt", "A parcel.")
    *failed, completed = await desk.add(store_id, *paths, desk.folder / "gone.txt", good)
    problems = {file.name: file.error.problem for file in failed if file.error is not None}
    assert problems == {name: problem for name, (_, problem) in bad.items()} | {"gone.txt": FileProblem.VANISHED}
    assert completed.status is FileStatus.COMPLETED
    assert [passage.file_name for passage in await desk.search(store_id, "parcel text ha")] == ["good.txt"]


def wide_sheet() -> bytes:
    """Two cells, in the corners of the largest sheet there is."""
    import io
    import zipfile

    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made_files.xlsx(Wide=[["first"]]))) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/"):
                corner = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                data = data.replace(b"</sheetData>", corner)
            target.writestr(name, data)
    return made.getvalue()


async def test_nothing_is_left_on_its_way_into_the_index(desk: Desk) -> None:
    store_id = await desk.store()
    good, bad = await desk.add(store_id, desk.file("a.txt", "A parcel."), desk.file("b.pdf", b"%PDF-1.7 of no kind"))
    assert (good.status, bad.status) == (FileStatus.COMPLETED, FileStatus.FAILED)
    assert list((desk.engine_dir / store_id / "staging").iterdir()) == []


async def test_the_largest_sheet_there_is_costs_one_file(desk: Desk) -> None:
    store_id = await desk.store()
    file, good = await desk.add(store_id, desk.file("wide.xlsx", wide_sheet()), desk.file("good.txt", "A parcel."))
    assert file.status is FileStatus.FAILED
    assert good.status is FileStatus.COMPLETED


async def test_a_file_beyond_the_size_limit(desk: Desk) -> None:
    path = desk.folder / "huge.txt"
    with path.open("wb") as file:
        file.truncate(desk.stores.capabilities.max_file_bytes + 1)
    assert await desk.problem(await desk.store(), path) is FileProblem.TOO_LARGE


@UNIX
async def test_pipes_devices_and_folders_are_not_opened(desk: Desk) -> None:
    store_id = await desk.store()
    pipe, device, folder = (desk.folder / name for name in ("pipe.txt", "device.txt", "folder.txt"))
    os.mkfifo(pipe)
    device.symlink_to("/dev/zero")
    folder.mkdir()
    for path in (pipe, device, folder):
        assert await desk.problem(store_id, path) is FileProblem.NOT_A_FILE


@UNIX
async def test_a_link_to_a_file_is_followed_and_a_dangling_one_is_told(desk: Desk) -> None:
    store_id = await desk.store()
    link, dangling = desk.folder / "link.txt", desk.folder / "dangling.txt"
    link.symlink_to(desk.file("target.txt", "A parcel."))
    dangling.symlink_to(desk.folder / "nothing")
    assert (await desk.completed(store_id, link)).name == "link.txt"
    assert await desk.problem(store_id, dangling) is FileProblem.VANISHED


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a user that permissions hold for")
async def test_a_file_that_may_not_be_read(desk: Desk) -> None:
    path = desk.file("private.txt", "A parcel.")
    path.chmod(0)
    assert await desk.problem(await desk.store(), path) is FileProblem.UNREADABLE


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (OSError(errno.ENOSPC, "full"), FileProblem.DISK_FULL),
        (FileNotFoundError(errno.ENOENT, "gone"), FileProblem.VANISHED),
        (PermissionError(errno.EACCES, "denied"), FileProblem.UNREADABLE),
        (OSError(errno.EIO, "broken"), FileProblem.UNREADABLE),
    ],
)
async def test_what_the_system_says_of_a_file(error: OSError, problem: FileProblem) -> None:
    assert problem_of(error) is problem


async def test_the_same_bytes_are_kept_once(desk: Desk) -> None:
    store_id = await desk.store()
    first = await desk.completed(store_id, desk.file("first.txt", "A parcel."))
    (second,) = await desk.add(store_id, desk.file("second.txt", "A parcel."))
    assert second.error is not None
    assert (second.error.problem, second.error.detail) == (FileProblem.DUPLICATE, first.name)
    assert [path.name for path in (desk.engine_dir / store_id / "originals").iterdir()] == [first.id]
    assert len(await desk.search(store_id, "parcel")) == 1
    await desk.completed(await desk.store(), desk.file("other.txt", "A parcel."))


async def test_the_same_bytes_at_the_same_time_are_kept_once(desk: Desk) -> None:
    store_id = await desk.store()
    files = await desk.add(store_id, *(desk.file(f"{n}.txt", "A parcel.") for n in range(6)))
    assert [file.status for file in files].count(FileStatus.COMPLETED) == 1
    assert {file.error.problem for file in files if file.error} == {FileProblem.DUPLICATE}


async def test_a_duplicate_is_taken_once_the_other_is_gone(desk: Desk) -> None:
    store_id = await desk.store()
    first = await desk.completed(store_id, desk.file("first.txt", "A parcel."))
    (second,) = await desk.add(store_id, desk.file("second.txt", "A parcel."))
    await desk.stores.remove_files(store_id, [first.id])
    events = [event async for event in desk.stores.retry_files(store_id, [second.id])]
    assert events[-1].file.status is FileStatus.COMPLETED
    assert events[-1].file.id == second.id


async def test_a_replaced_file_is_gone_once_the_new_one_is_there(desk: Desk) -> None:
    store_id = await desk.store()
    old = await desk.completed(store_id, desk.file("terms.txt", "Thirty days."))
    new = FileToAdd(desk.file("terms.txt", "Sixty days."), replaces=old.id)
    events = await desk.events(store_id, new)
    assert [file.id for file in await desk.stores.files(store_id)] == [events[-1].file.id]
    assert await desk.search(store_id, "thirty") == ()
    with pytest.raises(NotFound):
        await desk.stores.content(store_id, old.id)


async def test_a_failed_replacement_replaces_nothing(desk: Desk) -> None:
    store_id = await desk.store()
    old = await desk.completed(store_id, desk.file("terms.txt", "Thirty days."))
    await desk.events(store_id, FileToAdd(desk.file("terms.pdf", "no PDF"), replaces=old.id))
    assert (await desk.search(store_id, "thirty"))[0].file_id == old.id


async def test_a_file_may_replace_itself_unchanged(desk: Desk) -> None:
    store_id = await desk.store()
    path = desk.file("terms.txt", "Thirty days.")
    old = await desk.completed(store_id, path)
    events = await desk.events(store_id, FileToAdd(path, replaces=old.id))
    assert [file.id for file in await desk.stores.files(store_id)] == [events[-1].file.id] != [old.id]


async def test_a_retry_reads_the_copy_that_was_kept(desk: Desk) -> None:
    """The state that a kill between index and catalogue leaves."""
    store_id = await desk.store()
    path = desk.file("a.txt", "A parcel.")
    file = await desk.completed(store_id, path)
    await desk.catalog.save_files([replace(file, status=FileStatus.IN_PROGRESS)])
    path.unlink()
    assert await desk.search(store_id, "parcel") == ()
    events = [event async for event in desk.stores.retry_files(store_id, [file.id])]
    assert events[-1].file == file
    assert len(await desk.search(store_id, "parcel")) == 1


async def test_a_store_without_copies_knows_the_path_alone(desk: Desk) -> None:
    store_id = (await desk.stores.create(StoreDetails("Links", keeps_copies=False))).id
    path = desk.file("note.txt", "Livraison en trois jours.")
    file = await desk.completed(store_id, path)
    assert file.bytes == path.stat().st_size
    assert not list((desk.engine_dir / store_id).rglob("note*"))
    assert [passage.file_name for passage in await desk.search(store_id, "livraison")] == ["note.txt"]
    assert await desk.stores.original(store_id, file.id) == path
    path.write_text("Livraison en deux jours.", "utf-8")
    assert await desk.stores.original(store_id, file.id) is None
    assert (await desk.stores.content(store_id, file.id)).text == "Livraison en trois jours."
    path.unlink()
    assert await desk.stores.original(store_id, file.id) is None


async def test_a_linked_file_that_changes_while_it_is_read_is_told(desk: Desk) -> None:
    store_id = (await desk.stores.create(StoreDetails("Links", keeps_copies=False))).id
    path = desk.file("note.txt", "Livraison en trois jours.")
    async with aclosing(desk.stores.add_files(store_id, [FileToAdd(path)])) as events:
        async for event in events:
            if event.stage is UploadStage.READING:
                path.write_text("Livraison en deux jours, ou plus.", "utf-8")
    assert event.file.error is not None
    assert event.file.error.problem is FileProblem.CHANGED
    (failed,) = await desk.stores.files(store_id)
    assert await desk.search(store_id, "livraison") == ()
    events = desk.stores.retry_files(store_id, [failed.id])
    assert [event.file.status async for event in events][-1] is FileStatus.COMPLETED


async def test_a_completed_file_is_not_read_again(desk: Desk) -> None:
    store_id = await desk.store()
    file = await desk.completed(store_id, desk.file("a.txt", "A parcel."))
    assert [event async for event in desk.stores.retry_files(store_id, [file.id])] == []


async def test_a_retry_of_a_file_of_another_store_is_refused(desk: Desk) -> None:
    file = await desk.completed(await desk.store(), desk.file("a.txt", "A parcel."))
    with pytest.raises(NotFound):
        _ = [event async for event in desk.stores.retry_files(await desk.store(), [file.id])]


async def test_what_was_cancelled_can_be_retried(desk: Desk) -> None:
    store_id = await desk.store()
    files = [FileToAdd(desk.file(f"{n}.txt", f"Parcel {n}.")) for n in range(8)]
    async with aclosing(desk.stores.add_files(store_id, files)) as events:
        async for event in events:
            if event.stage is UploadStage.READING:
                break
    left = await desk.stores.files(store_id)
    assert {file.status for file in left} <= {FileStatus.COMPLETED, FileStatus.CANCELLED}
    cancelled = [file.id for file in left if file.status is FileStatus.CANCELLED]
    assert cancelled
    _ = [event async for event in desk.stores.retry_files(store_id, cancelled)]
    assert {file.status for file in await desk.stores.files(store_id)} == {FileStatus.COMPLETED}
    assert (await desk.stores.retrieve(store_id)).counts.completed == 8


async def test_a_cancelled_task_cancels_its_files(desk: Desk) -> None:
    store_id = await desk.store()
    begun = asyncio.Event()

    async def add() -> None:
        files = [FileToAdd(desk.file(f"{n}.txt", f"Parcel {n}.")) for n in range(8)]
        async with aclosing(desk.stores.add_files(store_id, files)) as events:
            async for _ in events:
                begun.set()

    task = asyncio.create_task(add())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    statuses = {file.status for file in await desk.stores.files(store_id)}
    assert statuses <= {FileStatus.COMPLETED, FileStatus.CANCELLED}
    assert FileStatus.CANCELLED in statuses


async def test_removing_a_file_that_is_being_read(desk: Desk) -> None:
    store_id = await desk.store()
    files = [FileToAdd(desk.file(f"{n}.txt", f"Parcel {n}. " * 50_000)) for n in range(3)]
    ended = []
    async with aclosing(desk.stores.add_files(store_id, files)) as events:
        async for event in events:
            if event.stage is UploadStage.READING and event.file.name == "0.txt" and event.fraction == 0:
                await desk.stores.remove_files(store_id, [event.file.id])
            if event.stage is UploadStage.DONE:
                ended.append((event.file.name, event.file.status))
    assert sorted(ended) == [
        ("0.txt", FileStatus.CANCELLED),
        ("1.txt", FileStatus.COMPLETED),
        ("2.txt", FileStatus.COMPLETED),
    ]
    assert [file.name for file in await desk.stores.files(store_id)] == ["1.txt", "2.txt"]


async def test_deleting_a_store_that_is_being_filled(desk: Desk) -> None:
    store_id = await desk.store()
    files = [FileToAdd(desk.file(f"{n}.txt", f"Parcel {n}. " * 10_000)) for n in range(5)]
    is_deleted = False
    async with aclosing(desk.stores.add_files(store_id, files)) as events:
        async for event in events:
            if not is_deleted and event.stage is UploadStage.READING:
                await desk.stores.delete(store_id)
                is_deleted = True
            elif event.stage is UploadStage.DONE:
                assert event.file.status is FileStatus.CANCELLED
    assert is_deleted
    assert not (desk.engine_dir / store_id).exists()
    with pytest.raises(NotFound):
        await desk.stores.retrieve(store_id)


async def test_attributes_beyond_the_contract_are_refused_before_anything_happens(desk: Desk) -> None:
    store_id = await desk.store()
    file = FileToAdd(desk.file("a.txt", "A parcel."), {str(n): n for n in range(17)})
    with pytest.raises(InvalidValue):
        await desk.events(store_id, file)
    assert await desk.stores.files(store_id) == ()


@pytest.mark.parametrize("name", ["con.txt", "a" * 200 + ".txt", "..txt", "été 😀.txt", "a\u202etxt.txt", "-rf.md"])
async def test_odd_names_are_kept_and_shown(desk: Desk, name: str) -> None:
    store_id = await desk.store()
    file = await desk.completed(store_id, desk.file(name, "A parcel."))
    assert file.name == name
    original = await desk.stores.original(store_id, file.id)
    assert original is not None
    assert original.name.endswith(f".{name.rpartition('.')[2]}")
    assert len(original.name.encode()) <= 160
