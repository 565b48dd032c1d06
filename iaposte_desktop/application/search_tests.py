"""Search tests: “this query must find this file”, run by hand, and by itself once a store's files have changed."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from iaposte_desktop.application.changes import Changed, SearchTestsRun, Topic
from iaposte_desktop.application.gathering import Gathered
from iaposte_desktop.domain.errors import IAPosteError, InvalidValue, NotFound
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.search import SearchTest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from iaposte_desktop.application.changes import Change, ChangeFeed
    from iaposte_desktop.application.knowledge import Knowledge
    from iaposte_desktop.domain.knowledge import Passage
    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.repositories import SearchTestRepository

FILES_LOOKED_AT: Final = 10
_PASSAGES: Final = 50
_SETTLED: Final = 1.0
"""Seconds without a change after which a store's files are taken to be all there."""

log = logging.getLogger(__name__)


class SearchTestState(StrEnum):
    """`OUTDATED`: not run since the store's files last changed, or never."""

    PASSED = "passed"
    FAILED = "failed"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class CheckedTest:
    test: SearchTest
    state: SearchTestState


class SearchTests:
    """Stores at a server are not searched unasked: that may cost money."""

    def __init__(
        self, repository: SearchTestRepository, knowledge: Knowledge, changes: ChangeFeed, clock: Clock
    ) -> None:
        self._repository = repository
        self._knowledge = knowledge
        self._changes = changes
        self._clock = clock
        self._changed_at: dict[str, datetime] = {}
        self._all_changed_at: datetime | None = None
        self._all_are_pending = False
        self._news = Gathered(_SETTLED)
        changes.subscribe(self._on_change)

    async def of_store(self, store_id: str) -> tuple[CheckedTest, ...]:
        """Oldest first."""
        tests = await self._repository.of_store(store_id)
        changed_at = self._last_change(store_id)
        return tuple(CheckedTest(test, _state(test, changed_at)) for test in tests)

    async def add(self, store_id: str, query: str, file_name: str) -> SearchTest:
        """Run at once. The same query and file are one test. Raises InvalidValue for an empty query."""
        query = " ".join(query.split())
        if not query:
            raise InvalidValue("query")
        for known in await self._repository.of_store(store_id):
            if (known.query.casefold(), known.file_name) == (query.casefold(), file_name):
                return known
        test = SearchTest(new_id("test"), store_id, query, file_name, self._clock())
        await self._repository.save([test])
        (ran,) = await self.run(store_id, [test.id])
        return ran

    async def remove(self, store_id: str, test_ids: Collection[str]) -> None:
        await self._repository.delete(tuple(test_ids))
        self._changes.publish(Changed(Topic.SEARCH_TESTS, store_id))

    async def run(self, store_id: str, test_ids: Collection[str] | None = None) -> tuple[SearchTest, ...]:
        """All of the store's tests, or those of these ids, as they are now. Raises ProviderError."""
        ran: list[SearchTest] = []
        broken: list[SearchTest] = []
        for test in await self._repository.of_store(store_id):
            if test_ids is None or test.id in test_ids:
                started_at = self._clock()
                found = await self._knowledge.search([store_id], test.query, limit=_PASSAGES)
                now = replace(test, run_at=started_at, rank=_rank(found, test.file_name))
                ran.append(now)
                if test.has_passed and not now.has_passed:
                    broken.append(now)
        await self._repository.save(ran)
        self._changes.publish(SearchTestsRun(store_id, tuple(ran), tuple(broken)))
        return tuple(ran)

    async def follow(self) -> None:
        """Until it is cancelled: run the tests of stores whose files have changed, and of all once synonyms have;
        forget those of stores that are gone."""
        while True:
            pending = await self._news.taken()
            if self._all_are_pending:
                self._all_are_pending = False
                pending |= {store.id for store in await self._knowledge.stores()}
            for store_id in pending:
                try:
                    await self._look_after(store_id)
                except IAPosteError as error:
                    log.info("the search tests of %s could not be run: %s", store_id, error.code)

    async def _look_after(self, store_id: str) -> None:
        tests = await self._repository.of_store(store_id)
        if not tests:
            return
        try:
            is_remote = (await self._knowledge.capabilities(store_id)).is_remote
        except NotFound:
            if store_id not in {store.id for store in await self._knowledge.binned()}:
                await self._repository.forget(store_id)
            return
        changed_at = self._last_change(store_id)
        if not is_remote and any(_state(test, changed_at) is SearchTestState.OUTDATED for test in tests):
            await self.run(store_id)

    def _last_change(self, store_id: str) -> datetime | None:
        times = (self._changed_at.get(store_id), self._all_changed_at)
        return max((time for time in times if time is not None), default=None)

    def _on_change(self, change: Change) -> None:
        if isinstance(change, Changed) and change.topic is Topic.SYNONYMS:
            self._all_changed_at = self._clock()
            self._all_are_pending = True
            self._news.tell()
            return
        if not (isinstance(change, Changed) and change.topic in {Topic.FILES, Topic.STORES} and change.id):
            return
        if change.topic is Topic.FILES:
            self._changed_at[change.id] = self._clock()
        self._news.tell(change.id)


def _state(test: SearchTest, changed_at: datetime | None) -> SearchTestState:
    if test.run_at is None or (changed_at is not None and test.run_at < changed_at):
        return SearchTestState.OUTDATED
    return SearchTestState.PASSED if test.has_passed else SearchTestState.FAILED


def _rank(passages: Iterable[Passage], file_name: str) -> int | None:
    """From 1, over files; None beyond the first ten."""
    files = list(dict.fromkeys(passage.file_id for passage in passages))
    names = {passage.file_id: passage.file_name for passage in passages}
    first = [names[file_id].casefold() for file_id in files[:FILES_LOOKED_AT]]
    return first.index(file_name.casefold()) + 1 if file_name.casefold() in first else None
