"""Killed at any moment: what is completed is found once, and nothing else is there."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.knowledge import FileStatus

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.workspace.workspace import SqlWorkspace
    from tests.unit.engine.desk import Desk

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(sys.platform == "win32", reason="kill -9"),
]

ROUNDS = 6

# Adds, replaces and removes at random until it is killed; each file has a word that no other has.
PROGRAM = """
import asyncio, random, sys
from datetime import UTC, datetime
from pathlib import Path
from iaposte_desktop.domain.knowledge import FileStatus, FileToAdd
from iaposte_desktop.engine.stores import EmbeddedVectorStores
from iaposte_desktop.platform.isolation import WorkerProcesses
from iaposte_desktop.workspace.open import open_workspace

async def main():
    workspace_db, backups, engine_dir, store_id, folder, seed = sys.argv[1:]
    rng = random.Random(int(seed))
    now = lambda: datetime.now(UTC)
    workspace = await open_workspace(Path(workspace_db), backups=Path(backups), clock=now)
    stores = EmbeddedVectorStores(Path(engine_dir), workspace.catalog, WorkerProcesses(), now, {})
    await stores.reconcile()
    print("ready", flush=True)
    for turn in range(1000):
        held = [file.id for file in await stores.files(store_id) if file.status is FileStatus.COMPLETED]
        if held and rng.random() < 0.3:
            await stores.remove_files(store_id, rng.sample(held, min(2, len(held))))
        paths = []
        for n in range(rng.randint(1, 4)):
            word = f"word{seed}x{turn}x{n}"
            paths.append(Path(folder, f"{word}.txt"))
            paths[-1].write_text(f"The parcel of {word}. " * rng.randint(1, 400))
        replaces = rng.choice(held) if held and rng.random() < 0.3 else None
        files = [FileToAdd(path, {}, replaces if path == paths[0] else None) for path in paths]
        async for event in stores.add_files(store_id, files):
            print(event.stage, flush=True)

asyncio.run(main())
"""


async def test_index_originals_and_catalogue_agree_after_every_kill(
    desk: Desk, workspace: SqlWorkspace, tmp_path: Path
) -> None:
    store_id = await desk.store()
    rng = random.Random()
    for seed in range(ROUNDS):
        await asyncio.to_thread(_run_and_kill, desk, tmp_path, store_id, seed, rng.randint(1, 60))
        await desk.stores.reconcile()
        left = await desk.stores.unfinished()
        _ = [event async for event in desk.stores.retry_files(store_id, left.get(store_id, ()))]
        await _check(desk, store_id)


async def _check(desk: Desk, store_id: str) -> None:
    files = await desk.stores.files(store_id)
    assert {file.status for file in files} <= {FileStatus.COMPLETED}
    originals = desk.engine_dir / store_id / "originals"
    assert sorted(path.name for path in originals.iterdir()) == sorted(file.id for file in files)
    for file in files:
        word = file.name.removesuffix(".txt")
        text = (desk.folder / file.name).read_text()
        assert "".join(part.text for part in (await desk.stores.content(store_id, file.id)).parts) == text.strip()
        found = {passage.file_id for passage in await desk.search(store_id, word)}
        assert found == {file.id}
    assert not any((desk.engine_dir / store_id / "staging").glob("*"))
    known = {file.name for file in files}
    for path in desk.folder.iterdir():
        if path.name not in known:
            assert await desk.search(store_id, path.stem) == ()


def _run_and_kill(desk: Desk, tmp_path: Path, store_id: str, seed: int, lines: int) -> None:
    (workspace_db,) = desk.engine_dir.parents[1].rglob("workspace.db")
    arguments = (workspace_db, tmp_path / "more backups", desk.engine_dir, store_id, desk.folder, seed)
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, *map(str, arguments)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for _ in range(1 + lines):
        assert process.stdout.readline()
    os.kill(process.pid, signal.SIGKILL)
    process.stdout.close()
    process.wait()
