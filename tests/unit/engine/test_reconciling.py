"""What a start finds after the program ended at any moment."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.knowledge import FileStatus

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.workspace.workspace import SqlWorkspace
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


async def test_a_folder_that_is_none_of_ours_is_left_alone(desk: Desk) -> None:
    other = desk.engine_dir / "other"
    other.mkdir(parents=True)
    await desk.stores.reconcile()
    assert other.exists()


async def test_an_index_of_another_tokeniser_is_made_anew(desk: Desk) -> None:
    store_id = await desk.store()
    file = await desk.completed(store_id, desk.file("a.txt", "A parcel."))
    assert await desk.search(store_id, "parcel")
    with closing(sqlite3.connect(desk.engine_dir / store_id / "index.db")) as connection, connection:
        connection.execute("UPDATE meta SET value = 0 WHERE key = 'tokeniser_version'")
    await desk.stores.reconcile()
    assert (await desk.stores.retrieve_file(store_id, file.id)).status is FileStatus.IN_PROGRESS
    assert await desk.search(store_id, "parcel") == ()
    _ = [event async for event in desk.stores.retry_files(store_id, [file.id])]
    assert [passage.file_id for passage in await desk.search(store_id, "parcel")] == [file.id]


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
