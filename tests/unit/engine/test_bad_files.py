"""Damaged, lying and hostile files: each costs itself, with a reason, and nothing else."""

from __future__ import annotations

import asyncio
import threading
from contextlib import aclosing
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from iaposte_desktop.application.explain import explain_file
from iaposte_desktop.compose import EXTRACTORS
from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.domain.knowledge import FileStatus, FileToAdd, UploadStage
from iaposte_desktop.engine.stores import EmbeddedVectorStores
from tests.corpus import bad_files
from tests.corpus.good_files import SENTENCE, good_files
from tests.unit.engine.desk import Desk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from iaposte_desktop.domain.knowledge import VectorStoreFile
    from iaposte_desktop.platform.isolation import WorkerProcesses
    from iaposte_desktop.platform.paths import Profile
    from iaposte_desktop.workspace.workspace import SqlWorkspace
    from tests.corpus.bad_files import BadFile
    from tests.fakes.clock import ManualClock

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(400)]

SECRET = "canarisecret"


@pytest_asyncio.fixture(loop_scope="session")
async def whole_desk(
    profile: Profile, workspace: SqlWorkspace, workers: WorkerProcesses, clock: ManualClock, tmp_path: Path
) -> AsyncIterator[Desk]:
    """With the formats that other rooms read."""
    stores = EmbeddedVectorStores(profile.engine_dir, workspace.catalog, workers, clock, EXTRACTORS)
    folder = tmp_path / "watched" / "files"
    folder.mkdir(parents=True)
    yield Desk(stores, workspace.catalog, profile.engine_dir, folder)
    await stores.aclose()


async def test_each_is_refused_with_a_reason_or_read(whole_desk: Desk) -> None:
    desk = whole_desk
    canary = desk.folder.parent / "canary.txt"
    canary.write_text(f"{SECRET}\n")
    bad = bad_files.write(desk.folder)
    assert len(bad) > 300
    before = listing(desk.folder.parent)
    store_id = await desk.store()
    ended = await desk.add(store_id, *(each.path for each in bad))
    surprises = {
        each.path.name: file.error or "read" for each, file in zip(bad, ended, strict=True) if is_surprise(each, file)
    }
    assert surprises == {}
    for file in ended:
        if file.error is not None:
            for language in ("en", "fr"):
                assert str(explain_file(file.error, language))
    assert listing(desk.folder.parent) == before
    assert SECRET.encode() not in desk.bytes_kept(store_id)
    for number, (suffix, content) in enumerate(good_files().items()):
        good = desk.file(f"whole-{number}{suffix}", content)
        (file,) = await desk.add(await desk.store(), good)
        assert file.status is FileStatus.COMPLETED, (suffix, file.error)
    assert await desk.search(store_id, SENTENCE)


async def test_what_vanishes_or_changes_while_it_is_read(whole_desk: Desk) -> None:
    desk = whole_desk
    store_id = await desk.store()
    paths = [desk.file(f"moving-{number}.txt", f"{SENTENCE} {number}\n" * 2_000) for number in range(12)]
    is_over = threading.Event()
    disturbing = asyncio.create_task(asyncio.to_thread(disturb, paths, is_over))
    statuses = []
    async with aclosing(desk.stores.add_files(store_id, [FileToAdd(path) for path in paths])) as events:
        async for event in events:
            if event.stage is UploadStage.DONE:
                statuses.append(event.file)
    is_over.set()
    await disturbing
    assert len(statuses) == len(paths)
    reasons = {file.error.problem for file in statuses if file.error is not None}
    assert reasons <= {FileProblem.VANISHED, FileProblem.CHANGED, FileProblem.EMPTY, FileProblem.DUPLICATE}
    for file in statuses:
        if file.status is FileStatus.COMPLETED:
            assert (await desk.stores.content(store_id, file.id)).text.count(SENTENCE) <= 2_000


def is_surprise(bad: BadFile, ended: VectorStoreFile) -> bool:
    """Two of them may be the same bytes."""
    if ended.error is None:
        return not bad.may_be_read
    return ended.error.problem not in bad.problems | {FileProblem.DUPLICATE}


def disturb(paths: list[Path], is_over: threading.Event) -> None:
    """Until told to stop: cut, write and remove them in turn."""
    turn = 0
    while not is_over.wait(0.002):
        path = paths[turn % len(paths)]
        match turn % 3:
            case 0:
                path.write_text(f"{SENTENCE} again {turn}\n" * 500)
            case 1:
                path.write_text("")
            case _:
                path.unlink(missing_ok=True)
        turn += 1


def listing(folder: Path) -> set[str]:
    return {str(path) for path in folder.rglob("*")}
