"""The health of a store on this machine: real catalogue, real index."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from iaposte_desktop.application.changes import ChangeFeed
from iaposte_desktop.application.health import HealthReport, StoreHealth
from iaposte_desktop.application.knowledge import Knowledge
from iaposte_desktop.application.questions import Questions
from iaposte_desktop.application.tasks import TaskBoard
from iaposte_desktop.domain.errors import FileProblem, NotFound
from iaposte_desktop.domain.file_attributes import VALID_UNTIL
from iaposte_desktop.domain.knowledge import FileError, FileStatus, VectorStoreFile
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.domain.search import Question
from iaposte_desktop.engine.likeness import alike
from iaposte_desktop.engine.stores import EmbeddedVectorStores
from iaposte_desktop.engine.text.signature import signature

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from iaposte_desktop.platform.isolation import WorkerProcesses
    from iaposte_desktop.platform.paths import Profile
    from iaposte_desktop.workspace.workspace import SqlWorkspace
    from tests.fakes.clock import ManualClock

pytestmark = pytest.mark.asyncio(loop_scope="session")


@dataclass(slots=True)
class Ward:
    """A store, and files of it as the catalogue may hold them."""

    workspace: SqlWorkspace
    clock: ManualClock
    knowledge: Knowledge
    store_id: str

    async def holds(self, name: str, status: FileStatus = FileStatus.COMPLETED, days: float = 0, **others: Any) -> None:
        created_at = self.clock() - timedelta(days=days)
        file = VectorStoreFile(f"file_{name}", self.store_id, name, "", name, 10, status, created_at)
        await self.workspace.catalog.save_files([replace(file, **others)])

    async def asked(self, query: str, score: float = 0.0) -> None:
        question = Question(f"question_{query}", self.clock(), query, (self.store_id,), "thread_1", 0, score)
        await self.workspace.questions.add(question)

    async def report(self) -> HealthReport:
        questions = Questions(self.workspace.questions, self.clock)
        return await StoreHealth(self.knowledge, questions, alike, self.clock).report(self.store_id)


@pytest_asyncio.fixture(loop_scope="session")
async def ward(
    workspace: SqlWorkspace, clock: ManualClock, profile: Profile, workers: WorkerProcesses
) -> AsyncIterator[Ward]:
    stores = EmbeddedVectorStores(
        folder=profile.engine_dir, catalog=workspace.catalog, jobs=workers, clock=clock, extra_extractors={}
    )
    changes = ChangeFeed()
    board = TaskBoard(workspace.tasks, changes, clock)
    knowledge = Knowledge({stores.name: stores}, stores.name, workspace.catalog, board, changes, clock)
    yield Ward(workspace, clock, knowledge, (await knowledge.create(StoreDetails("Shop"))).id)
    await stores.aclose()


def names(files: tuple[VectorStoreFile, ...]) -> list[str]:
    return [file.name for file in files]


async def test_a_new_store_is_well(ward: Ward) -> None:
    await ward.holds("terms.md")
    report = await ward.report()
    assert report == HealthReport(ward.store_id, ward.clock())
    assert report.findings == 0


async def test_files_that_could_not_be_read_or_hold_no_text(ward: Ward) -> None:
    await ward.holds("broken.pdf", FileStatus.FAILED, error=FileError(FileProblem.DAMAGED))
    await ward.holds("scan.pdf", FileStatus.FAILED, error=FileError(FileProblem.SCANNED))
    await ward.holds("half.pdf", pages=10, scanned_pages=4)
    report = await ward.report()
    assert (names(report.failed), names(report.without_text)) == (["broken.pdf"], ["scan.pdf"])
    assert names(report.partly_scanned) == ["half.pdf"]
    assert report.findings == 3


async def test_what_is_no_longer_true_and_what_soon_will_not_be(ward: Ward) -> None:
    today = ward.clock().date()
    for name, days in (("past", -1), ("today", 0), ("soon", 30), ("later", 31)):
        await ward.holds(name, attributes={VALID_UNTIL: (today + timedelta(days=days)).isoformat()})
    report = await ward.report()
    assert (names(report.stale), names(report.soon_stale)) == (["past"], ["soon", "today"])


async def test_a_file_is_idle_when_it_had_its_chance(ward: Ward) -> None:
    await ward.holds("month-old", days=31)
    await ward.holds("new", days=1)
    assert names((await ward.report()).never_cited) == ["month-old"]
    await ward.holds("cited", days=40, citations=3, last_cited_at=ward.clock() - timedelta(hours=1))
    report = await ward.report()
    assert (names(report.never_cited), names(report.most_cited)) == (["month-old", "new"], ["cited"])


async def test_the_most_cited_are_ten_at_most(ward: Ward) -> None:
    for count in range(1, 13):
        await ward.holds(f"{count}", citations=count, last_cited_at=ward.clock())
    assert names((await ward.report()).most_cited) == [f"{count}" for count in range(12, 2, -1)]


async def test_files_that_are_nearly_the_same_newest_first(ward: Ward) -> None:
    words = [f"word{number % 91}x{number}" for number in range(400)]
    await ward.holds("terms-2025.md", days=5, signature=signature(words))
    await ward.holds("terms-2026.md", days=1, signature=signature([*words, "changed"]))
    await ward.holds("other.md", signature=signature(reversed(words)))
    (group,) = (await ward.report()).duplicates
    assert names(group) == ["terms-2026.md", "terms-2025.md"]


async def test_two_versions_of_a_file_that_were_added(ward: Ward, tmp_path: Path) -> None:
    terms = " ".join(f"Clause {number} of the terms says what is due in case {number}." for number in range(60))
    paths = [tmp_path / "old.txt", tmp_path / "new.txt", tmp_path / "other.txt"]
    for path, written in zip(paths, (terms, f"{terms} And this.", "Opening hours are nine to five."), strict=True):
        path.write_text(written, "utf-8")
    await ward.knowledge.upload(ward.store_id, paths)
    (group,) = (await ward.report()).duplicates
    assert sorted(names(group)) == ["new.txt", "old.txt"]


async def test_a_question_is_listed_until_the_files_answer_it(ward: Ward, tmp_path: Path) -> None:
    await ward.asked("warranty of the coffee grinder")
    await ward.asked("opening hours on sunday", 0.1)
    assert {each.query for each in (await ward.report()).unanswered} == {
        "warranty of the coffee grinder",
        "opening hours on sunday",
    }
    note = tmp_path / "hours.md"
    note.write_text("# Opening hours\n\nOn sunday the opening hours are nine to noon.\n", "utf-8")
    await ward.knowledge.upload(ward.store_id, [note])
    assert [each.query for each in (await ward.report()).unanswered] == ["warranty of the coffee grinder"]


async def test_a_store_that_is_gone(ward: Ward) -> None:
    await ward.knowledge.delete(ward.store_id)
    await ward.knowledge.purge(ward.store_id)
    with pytest.raises(NotFound):
        await ward.report()
