"""The program without a face: every use case over one set of ports, started and closed as one."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from iaposte_desktop.application.task_scope import TaskScope
from iaposte_desktop.domain.runs import Run

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from iaposte_desktop.application.archiving import Archiving
    from iaposte_desktop.application.assistants import AssistantLibrary
    from iaposte_desktop.application.changes import ChangeFeed
    from iaposte_desktop.application.connections import Connections
    from iaposte_desktop.application.copying import Copying
    from iaposte_desktop.application.drafting import Drafting
    from iaposte_desktop.application.drafts import Drafts
    from iaposte_desktop.application.folder_sync import FolderSync
    from iaposte_desktop.application.health import StoreHealth
    from iaposte_desktop.application.knowledge import Knowledge
    from iaposte_desktop.application.meaning import Meaning
    from iaposte_desktop.application.models import Models
    from iaposte_desktop.application.notes import Notes
    from iaposte_desktop.application.past_answers import PastAnswers
    from iaposte_desktop.application.preflight import Preflight
    from iaposte_desktop.application.pricing import Prices
    from iaposte_desktop.application.questions import Questions
    from iaposte_desktop.application.sample import SampleShop
    from iaposte_desktop.application.search_tests import SearchTests
    from iaposte_desktop.application.sources import Sources
    from iaposte_desktop.application.staging import Staging
    from iaposte_desktop.application.synonyms import Synonyms
    from iaposte_desktop.application.tasks import TaskBoard
    from iaposte_desktop.application.threads import Threads
    from iaposte_desktop.domain.tasks import Task


@dataclass(frozen=True, slots=True)
class Repaired:
    """The workspace was damaged. `kept_at` is the damaged file; `source` says where the present one comes from:
    `recovered` (what could be read), `backup` or `new`."""

    kept_at: Path
    source: str


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a start found to mend: runs ended as interrupted, runs that go on at their provider, how many files go on
    being indexed, and the workspace itself."""

    runs: tuple[Run, ...]
    resumed: tuple[Run, ...]
    files: int
    repaired: Repaired | None


class Program:
    """Lives on the loop it was opened on; use cases are awaited there."""

    def __init__(
        self,
        *,
        threads: Threads,
        drafts: Drafts,
        drafting: Drafting,
        assistants: AssistantLibrary,
        knowledge: Knowledge,
        preflight: Preflight,
        questions: Questions,
        health: StoreHealth,
        search_tests: SearchTests,
        archiving: Archiving,
        copying: Copying,
        staging: Staging,
        folders: FolderSync,
        notes: Notes,
        sources: Sources,
        past_answers: PastAnswers,
        synonyms: Synonyms,
        meaning: Meaning,
        connections: Connections,
        models: Models,
        prices: Prices,
        board: TaskBoard,
        sample: SampleShop,
        changes: ChangeFeed,
        repaired: Repaired | None,
        on_error: Callable[[str, BaseException], None],
        close: Callable[[], Awaitable[None]],
    ) -> None:
        self.threads = threads
        self.drafts = drafts
        self.drafting = drafting
        self.assistants = assistants
        self.knowledge = knowledge
        self.preflight = preflight
        self.questions = questions
        self.health = health
        self.search_tests = search_tests
        self.archiving = archiving
        self.copying = copying
        self.folders = folders
        self.notes = notes
        self.sources = sources
        self.synonyms = synonyms
        self.meaning = meaning
        self.connections = connections
        self.models = models
        self.prices = prices
        self.board = board
        self.sample = sample
        self.changes = changes
        self.scope = TaskScope(on_error)
        self._repaired = repaired
        self._close = close
        self._staging = staging
        self.past_answers = past_answers
        self._resuming: dict[str, asyncio.Task[Run]] = {}

    async def recover(self) -> Recovered:
        """Once, at start: end what a killed process left, and go on with its uploads, and with the runs that a provider
        still has, in the background. From then on followed folders are watched."""
        left_runs = await self.drafting.recover(await self.board.load())
        for run in left_runs.resumable:
            self._resuming[run.thread_id] = self.scope.start(self.drafting.resume(run), f"resume {run.id}")
        self.scope.start(self.questions.forget_old(), "forget old questions")
        self.scope.start(self.search_tests.follow(), "search tests")
        self.scope.start(self.meaning.follow(), "meaning")
        left = await self.knowledge.unfinished()
        uploads = [
            self.scope.start(self.knowledge.retry(store_id, file_ids), f"resume {store_id}")
            for store_id, file_ids in left.items()
        ]
        self.scope.start(self._tidy(uploads), "tidy staging")
        self.scope.start(self.folders.watch(), "watch folders")
        return Recovered(left_runs.ended, left_runs.resumable, sum(map(len, left.values())), self._repaired)

    async def _tidy(self, uploads: Sequence[asyncio.Task[Task]]) -> None:
        await asyncio.gather(*uploads, return_exceptions=True)
        await self._staging.tidy()

    def resuming(self, thread_id: str) -> asyncio.Task[Run] | None:
        """The run that `recover` went on with in this thread, or None. Awaiting it raises as `Drafting.resume` does."""
        return self._resuming.get(thread_id)

    async def aclose(self) -> None:
        """End background work so that it goes on at the next start, then close every port."""
        await self.scope.aclose()
        await self._close()
