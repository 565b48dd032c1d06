"""Followed folders: what is found in them, and what becomes of the store once a person agrees."""

from __future__ import annotations

import asyncio
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.application.changes import Changed, Topic
from iaposte_desktop.application.folder_changes import ChangeKind, FolderScan, OnDisk, changes_in
from iaposte_desktop.application.folder_sync import FolderSync
from iaposte_desktop.domain.errors import NotFound
from iaposte_desktop.domain.knowledge import FileStatus, VectorStoreFile

if TYPE_CHECKING:
    from iaposte_desktop.application.folder_sync import FolderState
    from tests.unit.application.office import Office

MOMENT = datetime(2026, 12, 1, tzinfo=UTC)


class Followed:
    """A store of the office that follows a folder."""

    def __init__(self, office: Office, store_id: str) -> None:
        self.office = office
        self.store_id = store_id
        self.root = office.folder / "share"
        self.root.mkdir()
        self.sync = FolderSync(office.workspace.folders, office.knowledge, office.changes, office.clock)
        self.folder_id = ""

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    async def look(self) -> FolderState:
        return await self.sync.look(self.folder_id)

    async def taken_over(self) -> None:
        state = await self.look()
        await self.sync.take_over(self.folder_id, state.changes)

    async def names(self) -> list[str]:
        return [file.name for file in await self.office.knowledge.files(self.store_id)]


@pytest.fixture
async def followed(office: Office) -> Followed:
    made = Followed(office, await office.store())
    made.write("prices.txt", "Lune costs 49.")
    made.write("deep/terms.md", "Two weeks.")
    made.folder_id = (await made.sync.follow(made.store_id, made.root)).folder.id
    await made.taken_over()
    return made


def found(state: FolderState) -> list[tuple[str, str]]:
    assert state.is_reachable
    return [(change.kind.value, change.path.name) for change in state.changes]


async def test_nothing_changes_before_a_person_agrees(office: Office) -> None:
    made = Followed(office, await office.store())
    made.write("prices.txt", "Lune costs 49.")
    state = await made.sync.follow(made.store_id, made.root)
    assert found(state) == [("added", "prices.txt")]
    assert await made.names() == []
    assert (await made.sync.follow(made.store_id, made.root)).folder == state.folder
    assert len(await made.sync.of_store(made.store_id)) == 1


async def test_what_is_the_same_is_not_touched(followed: Followed) -> None:
    before = await followed.office.knowledge.files(followed.store_id)
    os.utime(followed.root / "prices.txt", (1, 1))
    assert found(await followed.look()) == []
    await followed.taken_over()
    assert await followed.office.knowledge.files(followed.store_id) == before


async def test_added_changed_removed_and_moved_files_are_told_apart_and_taken_over(followed: Followed) -> None:
    followed.write("removed.txt", "To be gone.")
    await followed.taken_over()
    followed.write("prices.txt", "Lune costs 59.")
    followed.write("new.txt", "A new one.")
    (followed.root / "deep/terms.md").rename(followed.root / "terms 2026.md")
    (followed.root / "removed.txt").unlink()
    assert found(await followed.look()) == [
        ("added", "new.txt"),
        ("changed", "prices.txt"),
        ("removed", "removed.txt"),
        ("moved", "terms 2026.md"),
    ]
    await followed.taken_over()
    files = {file.name: file for file in await followed.office.knowledge.files(followed.store_id)}
    assert sorted(files) == ["new.txt", "prices.txt", "terms 2026.md"]
    assert files["prices.txt"].attributes == {"version": "2"}
    assert files["terms 2026.md"].attributes == {}
    assert found(await followed.look()) == []


async def test_what_was_not_chosen_stays_and_is_offered_again(followed: Followed) -> None:
    followed.write("new.txt", "A new one.")
    (followed.root / "prices.txt").unlink()
    state = await followed.look()
    await followed.sync.take_over(followed.folder_id, [c for c in state.changes if c.kind is ChangeKind.ADDED])
    assert sorted(await followed.names()) == ["new.txt", "prices.txt", "terms.md"]
    assert found(await followed.look()) == [("removed", "prices.txt")]


@pytest.mark.parametrize("how", ["gone", "empty", "a file"])
async def test_a_folder_that_cannot_be_reached_has_removed_nothing(followed: Followed, how: str) -> None:
    shutil.rmtree(followed.root)
    if how == "empty":
        followed.root.mkdir()
    elif how == "a file":
        followed.root.write_text("not a folder")
    state = await followed.look()
    assert (state.is_reachable, state.changes) == (False, ())


async def test_hidden_files_and_links_that_lead_out_are_passed_over(followed: Followed) -> None:
    followed.write(".hidden.txt", "Hidden.")
    followed.write(".git/config.txt", "Hidden.")
    outside = followed.office.folder / "outside.txt"
    outside.write_text("Outside.")
    (followed.root / "link.txt").symlink_to(outside)
    (followed.root / "inside.txt").symlink_to(followed.root / "prices.txt")
    (followed.root / "all").symlink_to(followed.office.folder, target_is_directory=True)
    assert found(await followed.look()) == [("added", "inside.txt")]


async def test_the_watch_tells_of_changes_and_only_of_changes(followed: Followed) -> None:
    told = asyncio.Event()
    followed.office.changes.subscribe(
        lambda change: told.set() if change == Changed(Topic.FOLDERS, followed.store_id) else None
    )
    watching = asyncio.create_task(followed.sync.watch(every=0.01))
    await asyncio.sleep(0.1)
    assert not told.is_set()
    followed.write("new.txt", "A new one.")
    await asyncio.wait_for(told.wait(), 10)
    (state,) = await followed.sync.of_store(followed.store_id)
    assert found(state) == [("added", "new.txt")]
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)


async def test_a_folder_that_is_not_watched_is_looked_at_when_asked(followed: Followed) -> None:
    await followed.sync.set_watched(followed.folder_id, False)
    followed.write("new.txt", "A new one.")
    watching = asyncio.create_task(followed.sync.watch(every=0.01))
    await asyncio.sleep(0.1)
    (state,) = await followed.sync.of_store(followed.store_id)
    assert (state.folder.is_watched, found(state)) == (False, [])
    assert found(await followed.look()) == [("added", "new.txt")]
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)


async def test_a_change_at_the_moment_of_the_end_does_not_keep_the_watch_going(followed: Followed) -> None:
    for _ in range(20):
        watching = asyncio.create_task(followed.sync.watch(every=60))
        await asyncio.sleep(0.02)
        followed.office.changes.publish(Changed(Topic.STORES, followed.store_id))
        watching.cancel()
        await asyncio.wait([watching], timeout=5)
        assert watching.cancelled()


async def test_a_store_that_is_gone_is_followed_by_nothing(followed: Followed) -> None:
    forgotten = asyncio.Event()
    watching = asyncio.create_task(followed.sync.watch(every=60))
    await asyncio.sleep(0.05)
    followed.office.changes.subscribe(
        lambda change: forgotten.set() if change == Changed(Topic.FOLDERS, followed.store_id) else None
    )
    await followed.office.stores.delete(followed.store_id)
    followed.office.changes.publish(Changed(Topic.STORES, followed.store_id))
    await asyncio.wait_for(forgotten.wait(), 10)
    assert await followed.office.workspace.folders.list() == ()
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)


async def test_unfollowing_keeps_the_files(followed: Followed) -> None:
    await followed.sync.unfollow(followed.folder_id)
    assert await followed.sync.of_store(followed.store_id) == ()
    assert len(await followed.names()) == 2
    with pytest.raises(NotFound):
        await followed.look()


def held(name: str, *, modified_at: datetime | None = MOMENT) -> VectorStoreFile:
    return VectorStoreFile(
        id=f"file_{name}",
        store_id="vs_1",
        name=name,
        source_path=f"/share/{name}",
        sha256="0" * 64,
        bytes=10,
        status=FileStatus.COMPLETED,
        created_at=MOMENT,
        source_modified_at=modified_at,
    )


def test_files_of_a_part_that_could_not_be_entered_are_not_removed() -> None:
    root = Path("/share")
    scanned = FolderScan({root / "a.txt": OnDisk(10, MOMENT)}, unread=[root / "deep"])
    changes = changes_in(root, scanned, [held("a.txt"), held("deep/b.txt"), held("c.txt")], {})
    assert changes is not None
    assert [(change.kind, change.path.name) for change in changes] == [(ChangeKind.REMOVED, "c.txt")]


def test_a_file_of_the_same_size_and_time_is_not_read() -> None:
    root, same = Path("/share"), OnDisk(10, MOMENT)
    scanned = FolderScan({root / "a.txt": same, root / "b.txt": same})
    hashes = {(root / name, same): "1" * 64 for name in ("a.txt", "b.txt")}
    changes = changes_in(root, scanned, [held("a.txt"), held("b.txt", modified_at=None)], hashes)
    assert changes is not None
    assert [change.path.name for change in changes] == ["b.txt"]
