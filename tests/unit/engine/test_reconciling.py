"""What a start finds after the program ended at any moment."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import apsw
import pytest

from iaposte_desktop.domain.knowledge import FileStatus
from iaposte_desktop.engine.stores import EmbeddedVectorStores
from iaposte_desktop.engine.text.words import TOKENISER_VERSION
from tests.qt.until import until

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.platform.isolation import WorkerProcesses
    from iaposte_desktop.workspace.workspace import SqlWorkspace
    from tests.fakes.clock import ManualClock
    from tests.unit.engine.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_what_the_catalogue_does_not_know_is_removed(desk: Desk) -> None:
    store_id, lost_id = await desk.store(), await desk.store()
    kept = await desk.completed(store_id, desk.file("kept.txt", "A kept parcel."))
    gone = await desk.completed(store_id, desk.file("gone.txt", "A zebrafactory."))
    await desk.completed(lost_id, desk.file("lost.txt", "A lost parcel."))
    await desk.catalog.delete_files([gone.id])
    await desk.catalog.delete_store(lost_id)
    await desk.stores.reconcile()
    assert not (desk.engine_dir / lost_id).exists()
    assert b"zebra" not in desk.bytes_kept(store_id)
    assert [passage.file_id for passage in await desk.search(store_id, "parcel zebrafactory")] == [kept.id]


async def test_what_was_on_its_way_into_the_index_is_removed(desk: Desk) -> None:
    store_id = await desk.store()
    await desk.completed(store_id, desk.file("kept.txt", "A kept parcel."))
    (desk.engine_dir / store_id / "staging" / "file_1.db").write_bytes(b"zebrafactory")
    await desk.stores.reconcile()
    assert b"zebra" not in desk.bytes_kept(store_id)


async def test_a_folder_that_is_none_of_ours_is_left_alone(desk: Desk) -> None:
    other = desk.engine_dir / "other"
    other.mkdir(parents=True)
    await desk.stores.reconcile()
    assert other.exists()


async def test_an_index_of_other_tables_is_read_again(desk: Desk) -> None:
    store_id = await desk.store()
    file = await desk.completed(store_id, desk.file("a.txt", "A parcel."))
    _set_meta(desk, store_id, "format_version", 1)
    await desk.stores.reconcile()
    assert (await desk.stores.retrieve_file(store_id, file.id)).status is FileStatus.IN_PROGRESS
    assert await desk.search(store_id, "parcel") == ()
    _ = [event async for event in desk.stores.retry_files(store_id, [file.id])]
    assert [passage.file_id for passage in await desk.search(store_id, "parcel")] == [file.id]


GUIDE = "# Returns\n\nLes colis sont remboursés.\n\n## Deadline\n\nThirty days after delivery, in writing."


async def test_an_index_of_another_tokeniser_is_made_anew_while_it_is_searched(desk: Desk) -> None:
    store_id = await desk.store()
    await desk.add(
        store_id,
        desk.file("returns guide.md", GUIDE),
        desk.file("b.csv", "part,price\nAB-12,3\n"),
        desk.file("c.txt", "A parcel."),
    )
    queries = ("returns guide", "deadline thirty days", "colis remboursés", "AB-12", "parcel")
    before = [await desk.search(store_id, query) for query in queries]
    columns = _kept_columns(desk, store_id)
    assert all(before)
    _set_meta(desk, store_id, "tokeniser_version", 0)
    await desk.stores.reconcile()
    assert [await desk.search(store_id, query) for query in queries] == before
    await _until_current(desk, store_id)
    assert [await desk.search(store_id, query) for query in queries] == before
    assert _kept_columns(desk, store_id) == columns


async def test_files_come_and_go_while_an_index_is_made_anew(desk: Desk) -> None:
    store_id = await desk.store()
    files = await desk.add(store_id, *(desk.file(f"{n}.txt", f"The parcel number {n}.") for n in range(20)))
    _set_meta(desk, store_id, "tokeniser_version", 0)
    await desk.stores.reconcile()
    await desk.stores.remove_files(store_id, [file.id for file in files[::2]])
    added = await desk.completed(store_id, desk.file("new.txt", "A new parcel."))
    await _until_current(desk, store_id)
    found = await desk.stores.search([store_id], "parcel", limit=50)
    assert {passage.file_id for passage in found} == {added.id, *(file.id for file in files[1::2])}


async def test_making_an_index_anew_goes_on_at_the_next_start(
    desk: Desk, workspace: SqlWorkspace, workers: WorkerProcesses, clock: ManualClock
) -> None:
    store_id = await desk.store()
    await desk.add(store_id, *(desk.file(f"{n}.txt", f"The parcel number {n}.") for n in range(20)))
    _set_meta(desk, store_id, "tokeniser_version", 0)
    ended = EmbeddedVectorStores(desk.engine_dir, workspace.catalog, workers, clock, {})
    await ended.reconcile()
    await until(lambda: _files_in(desk.engine_dir / store_id / "index.new.db") >= 3)
    await ended.aclose()
    assert 3 <= _files_in(desk.engine_dir / store_id / "index.new.db") < 20
    await desk.stores.reconcile()
    await _until_current(desk, store_id)
    found = await desk.stores.search([store_id], "parcel", limit=50)
    assert sorted(passage.file_name for passage in found) == sorted(f"{n}.txt" for n in range(20))


def _set_meta(desk: Desk, store_id: str, key: str, value: int) -> None:
    with closing(apsw.Connection(str(desk.engine_dir / store_id / "index.db"))) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = ?", (value, key))


async def _until_current(desk: Desk, store_id: str) -> None:
    folder = desk.engine_dir / store_id
    await until(lambda: not (folder / "index.new.db").exists())
    with closing(apsw.Connection(str(folder / "index.db"))) as connection:
        assert connection.execute("SELECT value FROM meta WHERE key = 'tokeniser_version'").get == TOKENISER_VERSION


def _kept_columns(desk: Desk, store_id: str) -> list[bytes]:
    with closing(apsw.Connection(str(desk.engine_dir / store_id / "index.db"))) as connection:
        return sorted(columns for (columns,) in connection.execute("SELECT columns FROM chunk_columns"))


def _files_in(index: Path) -> int:
    if not index.exists():
        return 0
    with closing(apsw.Connection(str(index))) as connection:
        return int(connection.execute("SELECT count(*) FROM files").get)


PROGRAM = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from iaposte_desktop.domain.knowledge import FileToAdd
from iaposte_desktop.engine.stores import EmbeddedVectorStores
from iaposte_desktop.platform.isolation import WorkerProcesses
from iaposte_desktop.workspace.open import open_workspace

async def main():
    workspace_db, backups, engine_dir, store_id, folder = sys.argv[1:]
    now = lambda: datetime.now(UTC)
    workspace = await open_workspace(Path(workspace_db), backups=Path(backups), clock=now)
    stores = EmbeddedVectorStores(Path(engine_dir), workspace.catalog, WorkerProcesses(), now, {})
    async for event in stores.add_files(store_id, [FileToAdd(path) for path in sorted(Path(folder).iterdir())]):
        print(event.file.name, event.stage, flush=True)

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
@pytest.mark.parametrize("events", [45, 60, 75, 90])
async def test_a_program_killed_while_it_adds_loses_nothing(
    desk: Desk, workspace: SqlWorkspace, tmp_path: Path, events: int
) -> None:
    store_id = await desk.store()
    await asyncio.to_thread(_run_and_kill, desk, tmp_path, store_id, events)
    await desk.stores.reconcile()
    files = await desk.stores.files(store_id)
    assert len(files) == 30
    assert {file.status for file in files} <= {FileStatus.COMPLETED, FileStatus.IN_PROGRESS}
    unfinished = [file.id for file in files if file.status is not FileStatus.COMPLETED]
    assert unfinished
    _ = [event async for event in desk.stores.retry_files(store_id, unfinished)]
    assert {file.status for file in await desk.stores.files(store_id)} == {FileStatus.COMPLETED}
    found = await desk.stores.search([store_id], "parcel", limit=50)
    assert sorted(passage.file_name for passage in found) == [f"{n:02}.txt" for n in range(30)]


def _run_and_kill(desk: Desk, tmp_path: Path, store_id: str, events: int) -> None:
    """Kill it once it has told of so many events; the store is one that the test's own workspace made."""
    for n in range(30):
        desk.file(f"{n:02}.txt", f"The parcel number {n}.")
    profile = desk.engine_dir.parents[1]
    (workspace_db,) = profile.rglob("workspace.db")
    arguments = (workspace_db, tmp_path / "more backups", desk.engine_dir, store_id, desk.folder)
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, *map(str, arguments)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for _ in range(events):
        assert process.stdout.readline()
    os.kill(process.pid, signal.SIGKILL)
    process.stdout.close()
    process.wait()
