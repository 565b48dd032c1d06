"""Hundreds of damaged, lying and hostile files through the door of the stores: each costs itself alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.application.explain import explain
from iaposte_desktop.domain.errors import ErrorInfo, FileProblem
from iaposte_desktop.domain.knowledge import FileStatus
from iaposte_desktop.engine.stores import EmbeddedVectorStores
from tests.corpus import bad_files
from tests.unit.engine.desk import Desk

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.domain.knowledge import VectorStoreFile
    from iaposte_desktop.platform.isolation import WorkerProcesses
    from tests.fakes.clock import ManualClock

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(400)]

SECRET = "The canary sings of a secret."
MAIL_JOBS = {
    f".{kind}": f"iaposte_desktop.mail.{module}:extract_job" for kind, module in (("eml", "as_text"), ("mbox", "mbox"))
}
DUPLICATE = FileProblem.DUPLICATE


@pytest.fixture
def mail_desk(desk: Desk, workers: WorkerProcesses, clock: ManualClock) -> Desk:
    stores = EmbeddedVectorStores(desk.engine_dir, desk.catalog, workers, clock, MAIL_JOBS)
    return Desk(stores, desk.catalog, desk.engine_dir, desk.folder)


async def test_each_bad_file_costs_itself_alone(mail_desk: Desk, tmp_path: Path) -> None:
    desk = mail_desk
    canary = tmp_path / "canary.txt"
    canary.write_text(SECRET)
    store_id = await desk.store()
    expected = {bad.name: bad for bad in bad_files.bad_files(canary)}
    assert len(expected) >= 300
    paths = bad_files.write(desk.folder, canary)
    before = set(tmp_path.iterdir()) | set(tmp_path.parent.iterdir())
    files = {file.name: file for file in await desk.add(store_id, *paths)}
    wrong = [f"{name}: {told(files[name])}" for name, bad in expected.items() if not is_expected(files[name], bad)]
    assert not wrong, "\n".join(wrong)
    assert all(files[path.name].status is FileStatus.FAILED for path in paths if path.name not in expected)
    assert {f for f in files.values() if f.status is FileStatus.FAILED and not has_sentences(f)} == set()
    assert set(tmp_path.iterdir()) | set(tmp_path.parent.iterdir()) == before
    assert canary.read_text() == SECRET
    assert not [found for found in await desk.search(store_id, SECRET) if "canary" in found.text]
    good = await desk.completed(store_id, desk.file("good.txt", "An aubergine is purple."))
    assert (await desk.search(store_id, "aubergine"))[0].file_id == good.id


def is_expected(file: VectorStoreFile, bad: bad_files.BadFile) -> bool:
    if file.error is None:
        return bad.may_be_read and file.status is FileStatus.COMPLETED
    return file.error.problem in bad.problems | {DUPLICATE}


def told(file: VectorStoreFile) -> str:
    return f"{file.error.problem} {file.error.detail[:200]}" if file.error else file.status


def has_sentences(file: VectorStoreFile) -> bool:
    if file.error is None:
        return False
    info = ErrorInfo(f"file_refused.{file.error.problem}", file.error.detail)
    english, french = (explain(info, language).what for language in ("en", "fr"))
    return bool(english and french and english != french and english != explain(ErrorInfo("internal"), "en").what)
