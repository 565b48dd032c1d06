"""A store out into one file and in again, over the whole program."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.application.archiving import free_name
from iaposte_desktop.application.changes import FileProgressed, TaskChanged
from iaposte_desktop.domain.assistants import ModelRef
from iaposte_desktop.domain.errors import ArchiveNotWritten, ArchiveProblem, ArchiveRefused, DiskFull
from iaposte_desktop.domain.knowledge import ExpiresAfter, FileStatus
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.domain.search import SearchTest
from iaposte_desktop.domain.tasks import TaskKind, TaskStatus
from iaposte_desktop.platform.clock import utc_now
from iaposte_desktop.workspace.open import open_workspace
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.qt.until import until
from tests.unit.application.house import House, completed, connected, filled
from tests.unit.engine.made_files import pdf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iaposte_desktop.application.program import Program
    from iaposte_desktop.platform.paths import Profile
    from iaposte_desktop.platform.settings import SettingsFile

DETAILS = {
    "is_internal": True,
    "expires_after": ExpiresAfter(30),
    "metadata": {"team": "Nantes"},
    "takes_past_answers": True,
}


@pytest.fixture
def house(profile: Profile, settings: SettingsFile, tmp_path: Path) -> House:
    return House(profile, settings, tmp_path / "desk")


def rewritten(archive: Path, changes: Mapping[str, bytes | None]) -> None:
    """Members replaced, or taken out where there is None."""
    source = archive.with_suffix(".old")
    archive.rename(source)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(archive, "w") as new:
        for name in old.namelist():
            content = changes.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)


async def keep_test(house: House, store_id: str, query: str, file_name: str) -> None:
    """While the program is closed."""
    workspace = await open_workspace(house.profile.workspace_db, backups=house.profile.backups, clock=utc_now)
    await workspace.search_tests.save([SearchTest("test_1", store_id, query, file_name, utc_now())])
    await workspace.aclose()


async def kept_tests(house: House, store_id: str) -> list[tuple[str, str]]:
    workspace = await open_workspace(house.profile.workspace_db, backups=house.profile.backups, clock=utc_now)
    tests = await workspace.search_tests.of_store(store_id)
    await workspace.aclose()
    return [(test.query, test.file_name) for test in tests]


async def test_a_store_comes_back_as_it_was(house: House, tmp_path: Path) -> None:
    terms = house.file("terms.md", "# Terms\n\nReturns within 14 days.\n")
    prices = house.file("prices.pdf", pdf(["A lamp costs 40 euros."]))
    attributes = {"title": "Terms", "version": 2.0, "valid_until": "2027-01-31", "is_final": True}
    archive = tmp_path / "shop.zip"
    async with house.opened() as program:
        store = await filled(program, terms, **DETAILS)
        await program.knowledge.upload(store.id, [prices], attributes=attributes)
    await keep_test(house, store.id, "How long may I return?", "terms.md")
    async with house.opened() as program:
        before = await completed(program, store.id)
        task = await program.archiving.export(store.id, archive)
        assert (task.kind, task.status, task.done, task.failed) == (TaskKind.EXPORT, TaskStatus.COMPLETED, 2, 0)
        imported = await program.archiving.import_store(archive)
        made = imported.store
        assert made is not None
        assert (made.name, made.is_internal, made.expires_after) == ("Shop (2)", True, ExpiresAfter(30))
        assert (made.metadata, made.takes_past_answers) == ({"team": "Nantes"}, True)
        after = await completed(program, made.id)
        assert {name: file.sha256 for name, file in after.items()} == {
            name: file.sha256 for name, file in before.items()
        }
        assert after["prices.pdf"].attributes == attributes
        [passage, *_] = await program.knowledge.search([made.id], "lamp euros")
        assert passage.file_name == "prices.pdf"
        original = await program.knowledge.original(made.id, after["prices.pdf"].id)
        assert original is not None
        assert original.read_bytes() == prices.read_bytes()
    assert await kept_tests(house, made.id) == [("How long may I return?", "terms.md")]
    assert house.staged() == []


async def test_every_member_is_in_the_manifest_with_its_hash(house: House, tmp_path: Path) -> None:
    archive = tmp_path / "shop.zip"
    async with house.opened() as program:
        store = await filled(program, house.file("terms.md", "# Terms\n\nReturns.\n"), house.file("a.txt", "Lamps."))
        await program.archiving.export(store.id, archive)
    with zipfile.ZipFile(archive) as package:
        manifest = json.loads(package.read("manifest.json"))
        hashes = {
            name: hashlib.sha256(package.read(name)).hexdigest()
            for name in package.namelist()
            if name != "manifest.json"
        }
    assert {name: member["sha256"] for name, member in manifest["members"].items()} == hashes
    assert len(hashes) == 4, "an original and a text of each"
    assert manifest["format_version"] == 1


async def test_a_file_without_its_original_comes_from_its_text(house: House, tmp_path: Path) -> None:
    archive = tmp_path / "shop.zip"
    async with house.opened() as program:
        store = await filled(program, house.file("prices.pdf", pdf(["A lamp costs 40 euros."])))
        await program.archiving.export(store.id, archive)
        rewritten(archive, {"originals/00001/prices.pdf": None})
        await keep_nothing_else(program, archive)
        [made] = [each for each in await program.knowledge.stores() if each.id != store.id]
        assert list(await completed(program, made.id)) == ["prices.pdf.txt"]
        [passage, *_] = await program.knowledge.search([made.id], "lamp euros")
        assert "40 euros" in passage.text


async def keep_nothing_else(program: Program, archive: Path) -> None:
    imported = await program.archiving.import_store(archive)
    assert imported.damaged == ()
    assert imported.task.status is TaskStatus.COMPLETED


async def test_damaged_members_are_named_and_the_others_kept(house: House, tmp_path: Path) -> None:
    archive = tmp_path / "shop.zip"
    async with house.opened() as program:
        store = await filled(program, house.file("a.txt", "Lamps."), house.file("b.txt", "Bulbs."))
        await program.archiving.export(store.id, archive)
        rewritten(archive, {"originals/00001/a.txt": b"Lampz.", "texts/00001.txt": b"Lampz."})
        imported = await program.archiving.import_store(archive)
        assert imported.damaged == ("a.txt",)
        assert imported.store is not None
        assert list(await completed(program, imported.store.id)) == ["b.txt"]
        unpacked = next(task for task in program.board.list() if task.kind is TaskKind.IMPORT)
        assert (unpacked.status, unpacked.done, unpacked.failed) == (TaskStatus.COMPLETED, 2, 1)


async def test_the_setting_of_an_unknown_model_is_left_behind(house: House, tmp_path: Path) -> None:
    archive = tmp_path / "shop.zip"
    async with house.opened() as program:
        store = await filled(program, embedding_model=ModelRef("conn_elsewhere", "embed-1"), keeps_copies=False)
        await program.archiving.export(store.id, archive)
        imported = await program.archiving.import_store(archive)
        assert imported.store is not None
        assert imported.store.embedding_model is None
        assert imported.store.keeps_copies, "its files have no other place"


async def test_the_same_content_twice_in_an_archive_is_one_file(house: House, tmp_path: Path) -> None:
    archive = tmp_path / "shop.zip"
    async with house.opened() as program:
        store = await filled(program, house.file("a.txt", "Lamps."), house.file("b.txt", "Bulbs."))
        await program.archiving.export(store.id, archive)
        with zipfile.ZipFile(archive) as package:
            manifest = json.loads(package.read("manifest.json"))
        manifest["files"].append({**manifest["files"][0], "name": "again.txt"})
        rewritten(archive, {"manifest.json": json.dumps(manifest).encode()})
        imported = await program.archiving.import_store(archive)
        assert imported.store is not None
        assert sorted(await completed(program, imported.store.id)) == ["a.txt", "b.txt"]


async def test_a_cancelled_export_leaves_the_file_that_was_there(house: House, tmp_path: Path) -> None:
    archive = tmp_path / "shop.zip"
    archive.write_bytes(b"before")
    async with house.opened() as program:
        store = await filled(program, *(house.file(f"{number}.txt", f"Text {number}.") for number in range(5)))

        def cancel(change: object) -> None:
            if isinstance(change, TaskChanged) and change.task.kind is TaskKind.EXPORT and change.task.total:
                program.board.cancel(change.task.id)

        program.changes.subscribe(cancel)
        task = await program.archiving.export(store.id, archive)
        assert task.status is TaskStatus.CANCELLED
    assert archive.read_bytes() == b"before"
    assert [path.name for path in tmp_path.glob("*.zip*")] == ["shop.zip"]
    assert list(tmp_path.glob(".*")) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
async def test_a_full_disk_leaves_the_file_that_was_there(house: House, tmp_path: Path) -> None:
    archive = tmp_path / "shop.zip"
    archive.write_bytes(b"before")
    (tmp_path / ".shop.zip.part").symlink_to("/dev/full")
    async with house.opened() as program:
        store = await filled(program, house.file("a.txt", "Lamps."))
        with pytest.raises(DiskFull):
            await program.archiving.export(store.id, archive)
        assert program.board.list()[0].status is TaskStatus.FAILED
    assert archive.read_bytes() == b"before"


async def test_a_place_that_cannot_be_written(house: House, tmp_path: Path) -> None:
    async with house.opened() as program:
        store = await filled(program)
        with pytest.raises(ArchiveNotWritten):
            await program.archiving.export(store.id, tmp_path / "nowhere" / "shop.zip")


async def test_an_import_goes_on_at_the_next_start(house: House, tmp_path: Path) -> None:
    archive = tmp_path / "shop.zip"
    paths = [house.file(f"{number}.txt", f"Text of {number}.") for number in range(12)]
    async with house.opened() as program:
        store = await filled(program, *paths)
        await program.archiving.export(store.id, archive)
    archive_before = archive.read_bytes()
    async with house.opened() as program:
        events: list[object] = []
        program.changes.subscribe(events.append)
        program.scope.start(program.archiving.import_store(archive), "import")
        await until(lambda: any(isinstance(change, FileProgressed) for change in events))
    archive.unlink()
    async with house.opened() as program:
        made = next(each for each in await program.knowledge.stores() if each.name == "Shop (2)")
        assert sorted(await completed(program, made.id)) == sorted(path.name for path in paths)
        await until(lambda: not house.staged())
    archive.write_bytes(archive_before)


async def test_what_was_stopped_can_be_retried_after_a_restart(house: House, tmp_path: Path) -> None:
    archive = tmp_path / "shop.zip"
    paths = [house.file(f"{number}.txt", f"Text of {number}.") for number in range(12)]
    async with house.opened() as program:
        store = await filled(program, *paths)
        await program.archiving.export(store.id, archive)

        def cancel(change: object) -> None:
            if isinstance(change, FileProgressed) and change.event.file.store_id != store.id:
                for task in program.board.list():
                    program.board.cancel(task.id)

        program.changes.subscribe(cancel)
        imported = await program.archiving.import_store(archive)
        assert imported.task.status is TaskStatus.CANCELLED
    async with house.opened() as program:
        assert imported.store is not None
        files = await program.knowledge.files(imported.store.id)
        stopped = [file.id for file in files if file.status is FileStatus.CANCELLED]
        assert stopped
        await program.knowledge.retry(imported.store.id, stopped)
        assert len(await completed(program, imported.store.id)) == 12
    async with house.opened():
        await until(lambda: not house.staged())


async def test_an_import_cancelled_while_it_unpacks_makes_nothing(house: House, tmp_path: Path) -> None:
    archive = tmp_path / "shop.zip"
    async with house.opened() as program:
        store = await filled(program, house.file("a.txt", "Lamps."), house.file("b.txt", "Bulbs."))
        await program.archiving.export(store.id, archive)

        def cancel(change: object) -> None:
            if isinstance(change, TaskChanged) and change.task.kind is TaskKind.IMPORT:
                program.board.cancel(change.task.id)

        program.changes.subscribe(cancel)
        imported = await program.archiving.import_store(archive)
        assert (imported.store, imported.task.status) == (None, TaskStatus.CANCELLED)
        assert len(await program.knowledge.stores()) == 1
    assert house.staged() == []


async def test_what_is_no_archive_makes_nothing(house: House, tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    other.write_bytes(b"not a zip")
    async with house.opened() as program:
        with pytest.raises(ArchiveRefused) as refused:
            await program.archiving.import_store(other)
        assert refused.value.problem is ArchiveProblem.NOT_AN_ARCHIVE
        assert program.board.list()[0].reason == "archive_refused.not_an_archive"
        with pytest.raises(ArchiveRefused) as missing:
            await program.archiving.import_store(tmp_path / "missing.zip")
        assert missing.value.problem is ArchiveProblem.UNREADABLE
        assert await program.knowledge.stores() == ()
    assert house.staged() == []


async def test_a_hosted_store_is_written_with_what_can_be_had(house: House, tmp_path: Path) -> None:
    archive = tmp_path / "team.zip"
    with ToyOpenAI(key=None) as toy:
        async with house.opened() as program:
            connection = await connected(program, toy)
            store = await program.knowledge.create(StoreDetails("Team"), connection.id)
            kept, gone = house.file("kept.md", "# Kept\n\nLamps.\n"), house.file("gone.md", "# Gone\n\nBulbs.\n")
            await program.knowledge.upload(store.id, [kept, gone])
            gone.unlink()
            task = await program.archiving.export(store.id, archive)
            assert (task.status, task.failed) == (TaskStatus.COMPLETED, 0)
            imported = await program.archiving.import_store(archive)
            assert imported.store is not None
            assert sorted(await completed(program, imported.store.id)) == ["gone.md", "kept.md"]


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert free_name("Shop", []) == "Shop"
    assert free_name("Shop", ["shop", "Shop (2)"]) == "Shop (3)"
    assert len(free_name("x" * 256, ["x" * 256])) == 256
