"""Vector stores of the embedded engine and of a scripted one, behind one door; uploads as tasks."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from iaposte_desktop.application.changes import Change, Changed, ChangeFeed, FileProgressed, TaskChanged, Topic
from iaposte_desktop.application.knowledge import Knowledge
from iaposte_desktop.application.tasks import TaskBoard
from iaposte_desktop.domain.errors import (
    FileProblem,
    InvalidValue,
    KeyRefused,
    NotFound,
    ProviderUnavailable,
    StorageError,
)
from iaposte_desktop.domain.knowledge import ExpiresAfter, FileStatus, UploadStage
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.domain.tasks import TaskKind, TaskStatus
from iaposte_desktop.engine.stores import EmbeddedVectorStores
from tests.fakes.clock import ManualClock
from tests.fakes.scripted_stores import ScriptedStores
from tests.qt.until import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from iaposte_desktop.domain.knowledge import UploadEvent
    from iaposte_desktop.domain.ports.vector_stores import VectorStores
    from iaposte_desktop.domain.tasks import Task
    from iaposte_desktop.platform.isolation import WorkerProcesses
    from iaposte_desktop.platform.paths import Profile
    from iaposte_desktop.workspace.workspace import SqlWorkspace

pytestmark = pytest.mark.asyncio(loop_scope="session")


@dataclass(slots=True)
class Shop:
    """`here` keeps its stores in the workspace, `remote` does not; new stores go `here`."""

    workspace: SqlWorkspace
    clock: ManualClock
    here: EmbeddedVectorStores
    remote: ScriptedStores
    folder: Path
    heard: list[Change] = field(default_factory=list)
    board: TaskBoard = field(init=False)
    knowledge: Knowledge = field(init=False)
    providers: dict[str, VectorStores] = field(init=False)

    def __post_init__(self) -> None:
        changes = ChangeFeed()
        changes.subscribe(self.heard.append)
        self.board = TaskBoard(self.workspace.tasks, changes, self.clock)
        self.providers = {self.here.name: self.here, self.remote.name: self.remote}
        self.knowledge = Knowledge(
            self.providers, self.here.name, self.workspace.catalog, self.board, changes, self.clock
        )

    def file(self, name: str, text: str = "") -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text or f"Text of {name}.", "utf-8")
        return path

    def files(self, count: int) -> list[Path]:
        return [self.file(f"{number}.txt") for number in range(count)]

    async def names(self, store_id: str) -> list[str]:
        return [file.name for file in await self.knowledge.files(store_id)]

    async def statuses(self, store_id: str) -> list[FileStatus]:
        return [file.status for file in await self.knowledge.files(store_id)]


@pytest_asyncio.fixture(loop_scope="session")
async def shop(
    workspace: SqlWorkspace, clock: ManualClock, profile: Profile, workers: WorkerProcesses, tmp_path: Path
) -> AsyncIterator[Shop]:
    here = EmbeddedVectorStores(
        folder=profile.engine_dir, catalog=workspace.catalog, jobs=workers, clock=clock, extra_extractors={}
    )
    yield Shop(workspace, clock, here, ScriptedStores(clock), tmp_path / "files")
    await here.aclose()


@pytest_asyncio.fixture(loop_scope="session")
async def store_id(shop: Shop) -> str:
    return (await shop.knowledge.create(StoreDetails("Shop"))).id


class TestFolders:
    async def test_what_a_folder_holds_is_added(self, shop: Shop, store_id: str) -> None:
        for name in ("b.txt", "a.MD", "sub/deep/c.txt", "sub/.hidden.txt", ".git/d.txt", "e.exe", "sub/f.unknown"):
            shop.file(f"folder/{name}")
        task = await shop.knowledge.upload(store_id, [shop.folder / "folder"])
        assert await shop.names(store_id) == ["a.MD", "b.txt", "c.txt"]
        assert (task.total, task.done, task.failed, task.status) == (3, 3, 0, TaskStatus.COMPLETED)

    async def test_a_file_that_was_named_is_added_whatever_it_is(self, shop: Shop, store_id: str) -> None:
        await shop.knowledge.upload(store_id, [shop.file(".hidden.txt"), shop.file("program.exe")])
        files = await shop.knowledge.files(store_id)
        problems = {file.name: file.error and file.error.problem for file in files}
        assert problems == {".hidden.txt": None, "program.exe": FileProblem.UNSUPPORTED}

    async def test_a_file_named_twice_is_added_once(self, shop: Shop, store_id: str) -> None:
        path = shop.file("folder/a.txt")
        task = await shop.knowledge.upload(store_id, [path, path.parent, path])
        assert (task.total, await shop.names(store_id)) == (1, ["a.txt"])

    async def test_links_to_folders_are_not_followed(self, shop: Shop, store_id: str) -> None:
        shop.file("folder/a.txt")
        (shop.folder / "folder" / "loop").symlink_to(shop.folder / "folder", target_is_directory=True)
        await shop.knowledge.upload(store_id, [shop.folder / "folder"])
        assert await shop.names(store_id) == ["a.txt"]

    async def test_an_empty_folder_is_a_task_that_is_done(self, shop: Shop, store_id: str) -> None:
        (shop.folder / "empty").mkdir(parents=True)
        task = await shop.knowledge.upload(store_id, [shop.folder / "empty"])
        assert (task.status, task.total) == (TaskStatus.COMPLETED, 0)

    async def test_what_is_accepted(self, shop: Shop) -> None:
        assert {".txt", ".pdf", ".docx"} <= shop.knowledge.accepted_suffixes()


class TestUploads:
    async def test_a_task_tells_how_far_it_is(self, shop: Shop, store_id: str) -> None:
        task = await shop.knowledge.upload(store_id, [*shop.files(3), shop.folder / "nowhere.txt"])
        assert (task.kind, task.subject, task.target_id) == (TaskKind.UPLOAD, "Shop", store_id)
        assert (task.done, task.total, task.failed, task.reason) == (4, 4, 1, "file_refused")
        assert task.status is TaskStatus.COMPLETED
        told: list[Task] = [change.task for change in shop.heard if isinstance(change, TaskChanged)]
        assert [one.done for one in told] == sorted(one.done for one in told)
        assert told[0].status is TaskStatus.RUNNING
        assert told[-1] == task
        assert await shop.workspace.tasks.list() == (task,)

    async def test_a_task_whose_files_all_failed_failed(self, shop: Shop, store_id: str) -> None:
        task = await shop.knowledge.upload(store_id, [shop.folder / "nowhere.txt", shop.folder / "nor_here.txt"])
        assert (task.status, task.failed) == (TaskStatus.FAILED, 2)

    async def test_events_are_published_and_handed_on(self, shop: Shop, store_id: str) -> None:
        events: list[UploadEvent] = []
        await shop.knowledge.upload(store_id, shop.files(2), on_event=events.append)
        published = [change.event for change in shop.heard if isinstance(change, FileProgressed)]
        assert events == published
        assert sum(event.stage is UploadStage.DONE for event in events) == 2
        assert Changed(Topic.FILES, store_id) in shop.heard
        assert shop.heard[-2:-1] == [Changed(Topic.STORES, store_id)]

    async def test_attributes_and_replacing(self, shop: Shop, store_id: str) -> None:
        await shop.knowledge.upload(store_id, [shop.file("a.txt", "Old text.")], attributes={"year": 2025})
        (old,) = await shop.knowledge.files(store_id)
        assert old.attributes == {"year": 2025}
        await shop.knowledge.upload(store_id, [shop.file("a.txt", "New text.")], replaces=old.id)
        (new,) = await shop.knowledge.files(store_id)
        assert new.id != old.id
        assert (await shop.knowledge.content(store_id, new.id)).text.strip() == "New text."

    async def test_an_unknown_store(self, shop: Shop) -> None:
        with pytest.raises(NotFound):
            await shop.knowledge.upload("vs_unknown", shop.files(1))
        assert shop.board.list() == ()

    async def test_cancelled_from_the_board(self, shop: Shop) -> None:
        store = await shop.remote.create(StoreDetails("Remote"))
        shop.remote.gate.clear()
        uploading = asyncio.create_task(shop.knowledge.upload(store.id, shop.files(3)))
        await until(lambda: any(isinstance(change, FileProgressed) for change in shop.heard))
        shop.board.cancel(shop.board.list()[0].id)
        task = await uploading
        assert task.status is TaskStatus.CANCELLED
        assert await shop.statuses(store.id) == [FileStatus.CANCELLED] * 3

    async def test_retrying(self, shop: Shop, store_id: str) -> None:
        await shop.knowledge.upload(store_id, [shop.folder / "late.txt"])
        (failed,) = await shop.knowledge.files(store_id)
        shop.file("late.txt")
        task = await shop.knowledge.retry(store_id, [failed.id])
        assert (task.status, task.done, task.total) == (TaskStatus.COMPLETED, 1, 1)
        (mended,) = await shop.knowledge.files(store_id)
        assert (mended.id, mended.status) == (failed.id, FileStatus.COMPLETED)

    async def test_storage_that_fails_is_told(self, shop: Shop) -> None:
        store = await shop.remote.create(StoreDetails("Remote"))
        shop.remote.faults["add_files"] = StorageError("disk")
        with pytest.raises(StorageError):
            await shop.knowledge.upload(store.id, shop.files(1))
        (task,) = shop.board.list()
        assert (task.status, task.reason) == (TaskStatus.FAILED, "storage")


class TestClosing:
    async def closed_while_uploading(self, shop: Shop, store_id: str, count: int) -> None:
        uploading = asyncio.create_task(shop.knowledge.upload(store_id, shop.files(count)))
        await until(lambda: any(isinstance(change, FileProgressed) for change in shop.heard))
        uploading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await uploading

    async def test_what_was_under_way_goes_on_at_the_next_start(self, shop: Shop, store_id: str) -> None:
        await self.closed_while_uploading(shop, store_id, 12)
        statuses = await shop.statuses(store_id)
        assert len(statuses) == 12
        assert FileStatus.IN_PROGRESS in statuses
        assert set(statuses) <= {FileStatus.IN_PROGRESS, FileStatus.COMPLETED}
        assert [task.status for task in shop.board.list()] == [TaskStatus.INTERRUPTED]
        left = await shop.knowledge.unfinished()
        assert [len(ids) for ids in left.values()] == [statuses.count(FileStatus.IN_PROGRESS)]
        for file_ids in left.values():
            await shop.knowledge.retry(store_id, file_ids)
        assert await shop.statuses(store_id) == [FileStatus.COMPLETED] * 12
        assert await shop.knowledge.unfinished() == {}

    async def test_what_the_user_cancelled_before_stays_cancelled(self, shop: Shop, store_id: str) -> None:
        await shop.knowledge.upload(store_id, [shop.file("cancelled.txt")])
        (file,) = await shop.knowledge.files(store_id)
        await shop.workspace.catalog.save_files([replace(file, status=FileStatus.CANCELLED)])
        await self.closed_while_uploading(shop, store_id, 2)
        by_name = {one.name: one.status for one in await shop.knowledge.files(store_id)}
        assert by_name["cancelled.txt"] is FileStatus.CANCELLED

    async def test_a_file_removed_meanwhile_stays_removed(self, shop: Shop, store_id: str) -> None:
        uploading = asyncio.create_task(shop.knowledge.upload(store_id, shop.files(12)))
        await until(lambda: any(isinstance(change, FileProgressed) for change in shop.heard))
        removed = (await shop.knowledge.files(store_id))[-1]
        await shop.workspace.catalog.delete_files([removed.id])
        uploading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await uploading
        assert [task.status for task in shop.board.list()] == [TaskStatus.INTERRUPTED]

    async def test_a_remote_upload_ends_where_it_is(self, shop: Shop) -> None:
        store = await shop.remote.create(StoreDetails("Remote"))
        shop.remote.gate.clear()
        await self.closed_while_uploading(shop, store.id, 2)
        assert [task.status for task in shop.board.list()] == [TaskStatus.INTERRUPTED]


class TestStores:
    async def test_all_providers_by_name(self, shop: Shop) -> None:
        await shop.knowledge.create(StoreDetails("b"))
        await shop.remote.create(StoreDetails("A"))
        await shop.knowledge.create(StoreDetails("c"))
        await shop.knowledge.refresh()
        assert [(store.name, store.provider) for store in await shop.knowledge.stores()] == [
            ("A", "scripted"),
            ("b", "embedded"),
            ("c", "embedded"),
        ]

    async def test_details_that_are_refused(self, shop: Shop, store_id: str) -> None:
        refused = {
            "name": [StoreDetails(""), StoreDetails(" "), StoreDetails("n" * 257)],
            "metadata": [StoreDetails("a", metadata={"": "x"})],
            "expires_after": [StoreDetails("a", expires_after=ExpiresAfter(days)) for days in (0, 366)],
        }
        for name, all_details in refused.items():
            for details in all_details:
                with pytest.raises(InvalidValue) as created:
                    await shop.knowledge.create(details)
                with pytest.raises(InvalidValue) as updated:
                    await shop.knowledge.update(store_id, details)
                assert created.value.field == updated.value.field == name

    async def test_the_bin(self, shop: Shop, store_id: str) -> None:
        await shop.knowledge.upload(store_id, [shop.file("a.txt", "Refund in ten days.")])
        assert await shop.knowledge.delete(store_id)
        assert await shop.knowledge.stores() == ()
        assert [store.id for store in await shop.knowledge.binned()] == [store_id]
        restored = await shop.knowledge.restore(store_id)
        assert (restored.name, restored.counts.completed) == ("Shop", 1)
        assert len(await shop.knowledge.search([store_id], "refund")) == 1
        await shop.knowledge.delete(store_id)
        await shop.knowledge.purge(store_id)
        assert await shop.knowledge.binned() == ()
        with pytest.raises(NotFound):
            await shop.knowledge.restore(store_id)
        with pytest.raises(NotFound):
            await shop.knowledge.retrieve(store_id)

    async def test_a_remote_store_is_gone_at_once(self, shop: Shop) -> None:
        store = await shop.remote.create(StoreDetails("Remote"))
        assert not await shop.knowledge.delete(store.id)
        assert await shop.knowledge.binned() == ()
        with pytest.raises(NotFound):
            await shop.knowledge.retrieve(store.id)

    async def test_an_update_reaches_its_provider(self, shop: Shop) -> None:
        store = await shop.remote.create(StoreDetails("Remote"))
        await shop.knowledge.update(store.id, StoreDetails("Renamed"))
        assert (await shop.remote.retrieve(store.id)).name == "Renamed"

    async def test_removing_files(self, shop: Shop, store_id: str) -> None:
        await shop.knowledge.upload(store_id, shop.files(3))
        first, second, _ = await shop.knowledge.files(store_id)
        await shop.knowledge.remove_files(store_id, [first.id, second.id])
        assert await shop.names(store_id) == ["2.txt"]

    async def test_originals(self, shop: Shop, store_id: str) -> None:
        await shop.knowledge.upload(store_id, [shop.file("a.txt", "Refund in ten days.")])
        (file,) = await shop.knowledge.files(store_id)
        original = await shop.knowledge.original(store_id, file.id)
        assert original is not None
        assert original.read_text("utf-8") == "Refund in ten days."


class TestServers:
    async def test_what_is_changed_at_a_server_is_known_without_asking_for_it(self, shop: Shop) -> None:
        store = await shop.knowledge.create(StoreDetails("Remote"), "scripted")
        assert store.provider == "scripted"

        async def known() -> list[tuple[str, int]]:
            return [(each.name, each.counts.total) for each in await shop.knowledge.stores()]

        assert await known() == [("Remote", 0)]
        await shop.knowledge.upload(store.id, shop.files(2))
        assert await known() == [("Remote", 2)]
        (first, _) = await shop.knowledge.files(store.id)
        await shop.knowledge.remove_files(store.id, [first.id])
        assert await known() == [("Remote", 1)]
        await shop.knowledge.update(store.id, StoreDetails("Renamed"))
        assert await known() == [("Renamed", 1)]
        shop.remote.faults["list"] = KeyRefused()
        await shop.knowledge.delete(store.id)
        assert await known() == []

    async def test_one_that_fails_keeps_what_was_known_and_says_why(self, shop: Shop, store_id: str) -> None:
        await shop.remote.create(StoreDetails("Remote"))
        await shop.knowledge.refresh()
        shop.remote.faults["list"] = KeyRefused()
        await shop.knowledge.refresh()
        assert [error.code for error in shop.knowledge.failures.values()] == ["key_refused"]
        assert [store.name for store in await shop.knowledge.stores()] == ["Remote", "Shop"]
        del shop.remote.faults["list"]
        shop.heard.clear()
        await shop.knowledge.refresh()
        assert shop.knowledge.failures == {}
        assert shop.heard == [Changed(Topic.STORES, "")]

    async def test_one_on_this_machine_is_a_server_all_the_same(self, shop: Shop) -> None:
        local = replace(shop.remote.capabilities, is_remote=False)
        own = ScriptedStores(shop.clock, name="local", capabilities=local)
        shop.providers["local"] = own
        store = await shop.knowledge.create(StoreDetails("Own"), "local")
        own.faults["list"] = ProviderUnavailable()
        assert [each.name for each in await shop.knowledge.stores()] == ["Own"], "nothing is sent"
        assert not await shop.knowledge.delete(store.id)
        assert await shop.knowledge.binned() == ()

    async def test_where_a_store_is_that_no_reachable_server_has(self, shop: Shop, store_id: str) -> None:
        shop.remote.faults["retrieve"] = ProviderUnavailable()
        assert await shop.knowledge.homes([store_id, "vs_unknown"]) == {store_id: "embedded", "vs_unknown": ""}
        with pytest.raises(ProviderUnavailable):
            await shop.knowledge.search(["vs_unknown"], "refund")
        await shop.knowledge.refresh()
        homes = await shop.knowledge.homes([store_id, "vs_unknown"])
        assert homes == {store_id: "embedded"}, "it was not in its last list"

    async def test_a_place_that_is_gone(self, shop: Shop) -> None:
        assert shop.knowledge.places() == ("embedded", "scripted")
        assert ".pdf" not in shop.knowledge.accepted_suffixes("scripted")
        del shop.providers["scripted"]
        assert shop.knowledge.accepted_suffixes("scripted") == frozenset()
        with pytest.raises(NotFound):
            await shop.knowledge.create(StoreDetails("Remote"), "scripted")


class TestSearching:
    async def test_over_providers_best_first(self, shop: Shop, store_id: str) -> None:
        remote = await shop.remote.create(StoreDetails("Remote"))
        await shop.knowledge.upload(store_id, [shop.file("here.txt", "Refund in ten days.")])
        await shop.knowledge.upload(remote.id, [shop.file("remote.txt", "Refund by bank.")])
        found = await shop.knowledge.search([store_id, remote.id], "refund bank")
        assert {passage.store_id for passage in found} == {store_id, remote.id}
        assert [passage.score for passage in found] == sorted((passage.score for passage in found), reverse=True)
        assert len(await shop.knowledge.search([store_id, remote.id], "refund bank", limit=1)) == 1

    @pytest.mark.parametrize("way", ["unknown", "binned", "purged", "expired", "deleted elsewhere"])
    async def test_a_store_that_is_gone_is_passed_over(self, shop: Shop, store_id: str, way: str) -> None:
        gone = await shop.knowledge.create(StoreDetails("Gone", expires_after=ExpiresAfter(1)))
        for one in (store_id, gone.id):
            await shop.knowledge.upload(one, [shop.file("a.txt", "Refund in ten days.")])
        asked = [gone.id, store_id]
        assert len(await shop.knowledge.search(asked, "refund")) == 2
        if way == "unknown":
            asked = ["vs_unknown", store_id]
        elif way == "expired":
            shop.clock.advance(days=2)
        elif way == "deleted elsewhere":
            await shop.here.delete(gone.id)
        else:
            await shop.knowledge.delete(gone.id)
        if way == "purged":
            await shop.knowledge.purge(gone.id)
        found = await shop.knowledge.search(asked, "refund")
        assert [passage.store_id for passage in found] == [store_id]

    async def test_nothing_left_to_search(self, shop: Shop, store_id: str) -> None:
        await shop.knowledge.delete(store_id)
        assert await shop.knowledge.search([store_id], "refund") == ()
        assert await shop.knowledge.search([], "refund") == ()
