"""Copies of stores between this machine and a server, over the whole program and a real server."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.application.changes import FileProgressed
from iaposte_desktop.application.copying import CopyPlan, Destination
from iaposte_desktop.application.pricing import storage_per_day
from iaposte_desktop.domain.file_attributes import COPIED_FROM
from iaposte_desktop.domain.knowledge import FileStatus, UploadStage
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.domain.tasks import TaskKind, TaskStatus
from tests.fakes.toy_openai.faults import Status
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.qt.until import until
from tests.unit.application.house import House, completed, connected, filled
from tests.unit.engine.made_files import xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.application.program import Program
    from iaposte_desktop.platform.paths import Profile
    from iaposte_desktop.platform.settings import SettingsFile

HERE = "embedded"
TEAM = "conn_team"
CONTENT = "GET /vector_stores/{store_id}/files/{file_id}/content"


@pytest.fixture
def house(profile: Profile, settings: SettingsFile, tmp_path: Path) -> House:
    return House(profile, settings, tmp_path / "desk")


async def destination(program: Program, store_id: str, place: str) -> Destination:
    return next(each for each in await program.copying.destinations(store_id) if each.place == place)


def stop_after(program: Program, ready: int) -> None:
    """Cancel the copy once so many files are there."""
    done = 0

    def count(change: object) -> None:
        nonlocal done
        done += isinstance(change, FileProgressed) and change.event.stage is UploadStage.DONE
        if done >= ready:
            for task in program.board.list():
                program.board.cancel(task.id)

    program.changes.subscribe(count)


async def test_to_a_server_and_back(house: House) -> None:
    terms = house.file("terms.md", "# Terms\n\nReturns within 14 days.\n")
    prices = house.file("prices.xlsx", xlsx(Prices=[["lamp", 40]]))
    with ToyOpenAI(key=None) as toy:
        async with house.opened() as program:
            await connected(program, toy)
            store = await filled(program, is_internal=True, metadata={"team": "Nantes"})
            await program.knowledge.upload(store.id, [terms, prices], attributes={"title": "T"})
            there = await destination(program, store.id, TEAM)
            assert there == Destination(TEAM)
            size = terms.stat().st_size + prices.stat().st_size
            assert await program.copying.plan(store.id, there) == CopyPlan(2, 0, size, None)
            copied = await program.copying.copy(store.id, there)
            assert (copied.task.kind, copied.task.status, copied.task.done) == (TaskKind.COPY, TaskStatus.COMPLETED, 2)
            assert (copied.store.name, copied.store.is_internal, copied.store.provider) == ("Shop", True, TEAM)
            assert copied.store.metadata["team"] == "Nantes"
            files = await completed(program, copied.store.id)
            originals = await completed(program, store.id)
            assert {name: dict(file.attributes) for name, file in files.items()} == {
                name: {"title": "T", COPIED_FROM: file.sha256} for name, file in originals.items()
            }
            # The key tells that they are here already, wherever the way back ends.
            destinations = await program.copying.destinations(copied.store.id)
            back = next(each for each in destinations if each.store and each.store.id == store.id)
            assert (await program.copying.plan(copied.store.id, back)).files == 0
        async with house.opened() as program:  # Elsewhere nothing is known of the originals.
            await program.knowledge.refresh()
            terms.unlink()
            await program.knowledge.purge(store.id)
            home = await destination(program, copied.store.id, HERE)
            returned = await program.copying.copy(copied.store.id, home)
            assert sorted(await completed(program, returned.store.id)) == ["prices.xlsx.txt", "terms.md"]
            [passage, *_] = await program.knowledge.search([returned.store.id], "returns days")
            assert "within 14 days" in passage.text
            again = await destination(program, copied.store.id, HERE)
            assert (again.is_continued, again.store and again.store.id) == (True, returned.store.id)
            assert (await program.copying.copy(copied.store.id, again)).task.total == 0
            assert len(await completed(program, returned.store.id)) == 2
    assert house.staged() == []


async def test_a_second_press_goes_on_where_the_first_one_stopped(house: House) -> None:
    paths = [house.file(f"{number:02}.md", f"# Text\n\nNumber {number}.\n") for number in range(20)]
    with ToyOpenAI(key=None) as toy:
        async with house.opened() as program:
            await connected(program, toy)
            store = await filled(program, *paths)
            stop_after(program, 3)
            stopped = await program.copying.copy(store.id, await destination(program, store.id, TEAM))
            assert stopped.task.status is TaskStatus.CANCELLED
            ready = [f for f in await program.knowledge.files(stopped.store.id) if f.status is FileStatus.COMPLETED]
            assert 3 <= len(ready) < 20
        async with house.opened() as program:
            await program.knowledge.refresh()
            again = await destination(program, store.id, TEAM)
            assert (again.is_continued, again.store and again.store.id) == (True, stopped.store.id)
            assert (await program.copying.plan(store.id, again)).files == 20 - len(ready)
            went_on = await program.copying.copy(store.id, again)
            assert went_on.task.status is TaskStatus.COMPLETED
            assert sorted(await completed(program, stopped.store.id)) == [path.name for path in paths]
            assert len(toy.vector_stores.store(stopped.store.id).files) == 20


async def test_a_copy_goes_on_at_the_next_start(house: House) -> None:
    paths = [house.file(f"{number:02}.md", f"# Text\n\nNumber {number}.\n") for number in range(20)]
    with ToyOpenAI(key=None) as toy:
        async with house.opened() as program:
            await connected(program, toy)
            store = await filled(program, *paths)
            events: list[object] = []
            program.changes.subscribe(events.append)
            there = await destination(program, store.id, TEAM)
            program.scope.start(program.copying.copy(store.id, there), "copy")
            await until(lambda: any(isinstance(change, FileProgressed) for change in events))
        async with house.opened() as program:
            await program.knowledge.refresh()
            [copy] = [each for each in await program.knowledge.stores() if each.provider == TEAM]
            assert sorted(await completed(program, copy.id)) == [path.name for path in paths]


async def test_what_failed_is_sent_anew(house: House) -> None:
    paths = [house.file(f"{number}.md", f"# Text\n\nNumber {number}.\n") for number in range(3)]
    with ToyOpenAI(key=None) as toy:
        async with house.opened() as program:
            await connected(program, toy)
            store = await filled(program, *paths)
            toy.fail(Status(400), on="POST /vector_stores/{store_id}/files")
            first = await program.copying.copy(store.id, await destination(program, store.id, TEAM))
            assert (first.task.status, first.task.failed) == (TaskStatus.COMPLETED, 1)
            again = await destination(program, store.id, TEAM)
            assert (await program.copying.copy(store.id, again)).task.done == 1
            assert sorted(await completed(program, first.store.id)) == ["0.md", "1.md", "2.md"]


async def test_between_two_servers_and_two_stores_of_this_machine(house: House) -> None:
    with ToyOpenAI(key=None) as one, ToyOpenAI(key=None) as two:
        async with house.opened() as program:
            await connected(program, one)
            await connected(program, two, "Other")
            store = await filled(program, house.file("a.md", "# A\n\nLamps.\n"))
            first = await program.copying.copy(store.id, await destination(program, store.id, TEAM))
            second = await program.copying.copy(
                first.store.id, await destination(program, first.store.id, "conn_other")
            )
            here = await program.copying.copy(store.id, await destination(program, store.id, HERE))
            assert (here.store.name, here.store.provider) == ("Shop (2)", HERE)
            for copied in (second, here):
                assert list(await completed(program, copied.store.id)) == ["a.md"]
            assert (await completed(program, second.store.id))["a.md"].attributes == (
                await completed(program, first.store.id)
            )["a.md"].attributes


async def test_a_file_that_is_there_by_itself_is_no_second_time(house: House) -> None:
    with ToyOpenAI(key=None):
        async with house.opened() as program:
            path = house.file("a.md", "# A\n\nLamps.\n")
            store = await filled(program, path, house.file("b.md", "# B\n\nBulbs.\n"))
            other = await filled(program, path, name="Other")
            copied = await program.copying.copy(store.id, Destination(HERE, other))
            assert copied.task.total == 1
            assert sorted(await completed(program, other.id)) == ["a.md", "b.md"]


async def test_the_first_gigabyte_costs_nothing() -> None:
    assert storage_per_day(1024**3) == 0
    assert storage_per_day(3 * 1024**3) == Decimal("0.20")


async def test_what_storage_costs_is_known_of_openai_alone(house: House) -> None:
    with ToyOpenAI(key=None) as toy:
        async with house.opened() as program:
            team = await connected(program, toy)
            store = await filled(program, house.file("a.md", "# A\n\nLamps.\n"))
            assert (await program.copying.plan(store.id, Destination(HERE))).usd_per_day == 0
            assert (await program.copying.plan(store.id, Destination(team.id))).usd_per_day is None
            await program.connections.save(
                replace(team, id="conn_openai", name="OpenAI", base_url="https://api.openai.com/v1")
            )
            assert (await program.copying.plan(store.id, Destination("conn_openai"))).usd_per_day == 0


async def test_a_file_of_which_nothing_can_be_had_is_named(house: House) -> None:
    with ToyOpenAI(key=None) as toy:
        async with house.opened() as program:
            await connected(program, toy)
            store = await program.knowledge.create(StoreDetails("Team"), TEAM)
            path = house.file("a.md", "# A\n\nLamps.\n")
            await program.knowledge.upload(store.id, [path])
            path.unlink()
            toy.fail(Status(404), on=CONTENT)
            copied = await program.copying.copy(store.id, Destination(HERE))
            assert copied.left_out == ("a.md",)
