"""“This query must find this file”, over scripted stores and a real workspace."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.application.changes import Changed, SearchTestsRun, Topic
from iaposte_desktop.application.search_tests import SearchTests, SearchTestState
from iaposte_desktop.domain.errors import InvalidValue
from iaposte_desktop.domain.ports.vector_stores import StoreCapabilities
from tests.fakes.scripted_stores import ScriptedStores
from tests.qt.until import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.fakes.clock import ManualClock
    from tests.unit.application.office import Office

REFUND = "A refund takes ten days."
HERE = StoreCapabilities(frozenset({".txt"}), max_file_bytes=100_000, is_remote=False)


@pytest.fixture
def office(office: Office) -> Office:
    """Its stores are on this machine."""
    here = ScriptedStores(office.clock, capabilities=HERE)
    office.stores = here
    office.providers[here.name] = here
    return office


@pytest.fixture
def search_tests(office: Office) -> SearchTests:
    return SearchTests(office.workspace.search_tests, office.knowledge, office.changes, office.clock)


@asynccontextmanager
async def followed(search_tests: SearchTests) -> AsyncIterator[None]:
    following = asyncio.create_task(search_tests.follow())
    yield
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)


def runs(office: Office) -> list[SearchTestsRun]:
    return [change for change in office.heard if isinstance(change, SearchTestsRun)]


async def states(search_tests: SearchTests, store_id: str) -> list[SearchTestState]:
    return [checked.state for checked in await search_tests.of_store(store_id)]


class TestRun:
    async def test_the_rank_counts_files(self, office: Office, search_tests: SearchTests) -> None:
        store_id = await office.store(
            refund="A refund takes ten days.\n\nA refund goes to your account.", late="Late: ask for a refund."
        )
        first = await search_tests.add(store_id, "refund takes", "refund.txt")
        second = await search_tests.add(store_id, "refund takes", "late.txt")
        assert (first.rank, second.rank) == (1, 2)
        assert await states(search_tests, store_id) == [SearchTestState.PASSED, SearchTestState.PASSED]

    async def test_a_file_that_is_not_found_fails(self, office: Office, search_tests: SearchTests) -> None:
        store_id = await office.store(refund=REFUND)
        test = await search_tests.add(store_id, "warranty", "refund.txt")
        assert (test.rank, test.run_at) == (None, office.clock())
        assert await states(search_tests, store_id) == [SearchTestState.FAILED]

    async def test_beyond_the_first_ten_files_is_not_found(self, office: Office, search_tests: SearchTests) -> None:
        store_id = await office.store(**{f"n{number:02}": f"A refund {'x ' * number}" for number in range(11)})
        found = await office.knowledge.search([store_id], "refund", limit=50)
        ranks = [(await search_tests.add(store_id, "refund", passage.file_name)).rank for passage in found]
        assert ranks == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, None]

    async def test_one_alone(self, office: Office, search_tests: SearchTests, clock: ManualClock) -> None:
        store_id = await office.store(refund=REFUND)
        one = await search_tests.add(store_id, "refund", "refund.txt")
        await search_tests.add(store_id, "days", "refund.txt")
        clock.advance(seconds=60)
        await search_tests.run(store_id, [one.id])
        first, second = await office.workspace.search_tests.of_store(store_id)
        assert first.run_at == clock()
        assert second.run_at != clock()

    async def test_the_same_query_and_file_are_one_test(self, office: Office, search_tests: SearchTests) -> None:
        store_id = await office.store(refund=REFUND)
        one = await search_tests.add(store_id, "Refund  days", "refund.txt")
        assert await search_tests.add(store_id, "refund days", "refund.txt") == one
        assert len(await search_tests.of_store(store_id)) == 1

    async def test_an_empty_query_is_none(self, office: Office, search_tests: SearchTests) -> None:
        with pytest.raises(InvalidValue):
            await search_tests.add(await office.store(refund=REFUND), "  ", "refund.txt")

    async def test_removed(self, office: Office, search_tests: SearchTests) -> None:
        store_id = await office.store(refund=REFUND)
        test = await search_tests.add(store_id, "refund", "refund.txt")
        await search_tests.remove(store_id, [test.id])
        assert await search_tests.of_store(store_id) == ()


class TestFollowing:
    async def test_what_passed_and_fails_now_is_told(
        self, office: Office, search_tests: SearchTests, clock: ManualClock
    ) -> None:
        store_id = await office.store(refund=REFUND, late="Nothing about it.")
        await search_tests.add(store_id, "refund", "refund.txt")
        await search_tests.add(store_id, "warranty", "refund.txt")
        clock.advance(seconds=1)
        (file, _) = sorted(await office.knowledge.files(store_id), key=lambda each: each.name != "refund.txt")
        office.heard.clear()
        async with followed(search_tests):
            await office.knowledge.remove_files(store_id, [file.id])
            await until(lambda: runs(office))
        (ran,) = runs(office)
        assert [test.query for test in ran.broken] == ["refund"]
        assert len(ran.tests) == 2

    async def test_changed_synonyms_are_tried_on_every_store(
        self, office: Office, search_tests: SearchTests, clock: ManualClock
    ) -> None:
        stores = [await office.store(refund=REFUND), await office.store(refund=REFUND)]
        for store_id in stores:
            await search_tests.add(store_id, "refund", "refund.txt")
        clock.advance(seconds=1)
        office.heard.clear()
        async with followed(search_tests):
            office.changes.publish(Changed(Topic.SYNONYMS, ""))
            await until(lambda: len(runs(office)) == 2)
        assert {ran.store_id for ran in runs(office)} == set(stores)

    async def test_a_newer_version_of_the_file_counts(
        self, office: Office, search_tests: SearchTests, clock: ManualClock
    ) -> None:
        store_id = await office.store(refund=REFUND)
        await search_tests.add(store_id, "refund", "refund.txt")
        clock.advance(seconds=1)
        office.heard.clear()
        newer = office.folder / "newer" / "refund.txt"
        newer.parent.mkdir()
        newer.write_text("A refund takes five days now.", "utf-8")
        (file,) = await office.knowledge.files(store_id)
        async with followed(search_tests):
            await office.knowledge.upload(store_id, [newer], replaces=file.id)
            assert await states(search_tests, store_id) == [SearchTestState.OUTDATED]
            await until(lambda: runs(office))
        assert runs(office)[0].broken == ()
        assert await states(search_tests, store_id) == [SearchTestState.PASSED]

    async def test_a_server_is_not_searched_unasked(
        self, office: Office, search_tests: SearchTests, clock: ManualClock
    ) -> None:
        office.providers[office.stores.name] = office.stores = ScriptedStores(office.clock)
        store_id = await office.store(refund=REFUND, other="Other.")
        await search_tests.add(store_id, "refund", "refund.txt")
        clock.advance(seconds=1)
        office.heard.clear()
        async with followed(search_tests):
            await office.knowledge.remove_files(store_id, ["file_of_no_one"])
            await asyncio.sleep(1.3)
        assert runs(office) == []
        assert await states(search_tests, store_id) == [SearchTestState.OUTDATED]
