"""What a look at files says of them before they are added, and what is added then."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.application.connections import Connections
from iaposte_desktop.application.preflight import Choice, Finding, Preflight, accepted, is_harmless, summary
from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.domain.ports.file_inspector import FileReport
from iaposte_desktop.domain.ports.personal_data import PersonalDataKind as Kind
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.domain.usage import FREE, UNKNOWN_COST
from iaposte_desktop.platform.connections import ConnectionsFile
from tests.fakes.connector import ScriptedConnector
from tests.fakes.inspector import ScriptedInspector
from tests.fakes.secrets import MemorySecrets
from tests.unit.application.office import SCRIPTED

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.application.preflight import Candidate
    from tests.unit.application.office import Office


class Desk:
    """A store of the office, looked at through a scripted inspector."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.inspector = ScriptedInspector()
        self.connections = Connections(
            ConnectionsFile(office.folder / "connections.json"),
            ScriptedConnector(),
            MemorySecrets(),
            {},
            {},
            SCRIPTED,
            office.circuits,
            office.settings,
            office.changes,
        )
        self.preflight = Preflight(office.knowledge, self.inspector, self.connections)

    def file(self, name: str, text: str = "") -> Path:
        path = self.office.folder / "drop" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text or f"The text of {name}.")
        return path

    async def look(self, store_id: str, *paths: Path) -> list[Candidate]:
        look = await self.preflight.look(store_id, paths)
        seen: list[Candidate] = []
        while batch := await look.next():
            seen += batch
        assert len(seen) == look.total
        return seen


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office)


def findings(candidates: list[Candidate]) -> dict[str, tuple[Finding, Choice]]:
    return {candidate.report.path.name: (candidate.finding, candidate.choice) for candidate in candidates}


async def test_each_file_is_compared_with_the_store_and_with_those_before_it(desk: Desk) -> None:
    store_id = await desk.office.store(same="As it was.", older="Old prices.")
    seen = await desk.look(
        store_id,
        desk.file("new.txt"),
        desk.file("copy of new.txt", "The text of new.txt."),
        desk.file("same again.txt", "As it was."),
        desk.file("older.txt", "New prices."),
        desk.file("photo.jpg"),
    )
    assert findings(seen) == {
        "new.txt": (Finding.NEW, Choice.ADD),
        "copy of new.txt": (Finding.TWICE, Choice.SKIP),
        "same again.txt": (Finding.PRESENT, Choice.SKIP),
        "older.txt": (Finding.OTHER_CONTENT, Choice.REPLACE),
        "photo.jpg": (Finding.UNREADABLE, Choice.SKIP),
    }
    assert seen[1].twin == "new.txt"
    assert seen[2].like is not None
    assert seen[2].like.name == "same.txt"
    told = summary(seen)
    assert (told.added, told.unreadable, told.present, told.skipped) == (2, 1, 2, 0)
    assert not is_harmless(seen)
    assert is_harmless(seen[:1])


async def test_a_newer_version_replaces_and_counts_up(desk: Desk) -> None:
    store_id = await desk.office.store(prices="Old prices.")
    (old,) = await desk.office.knowledge.files(store_id)
    await desk.office.knowledge.set_attributes(store_id, {old.id: {"title": "Prices", "version": "2026-09"}})
    await desk.office.knowledge.add(store_id, accepted(await desk.look(store_id, desk.file("prices.txt", "New."))))
    (new,) = await desk.office.knowledge.files(store_id)
    assert new.id != old.id
    assert new.attributes == {"title": "Prices", "version": "2026-10"}


async def test_what_is_chosen_is_what_is_added(desk: Desk) -> None:
    store_id = await desk.office.store(same="As it was.", older="Old prices.")
    new, same, older, bad = await desk.look(
        store_id,
        desk.file("new.txt"),
        desk.file("again.txt", "As it was."),
        desk.file("older.txt", "New prices."),
        desk.file("photo.jpg"),
    )
    chosen = [
        new.with_choice(Choice.SKIP),
        same.with_choice(Choice.REPLACE),
        older.with_choice(Choice.ADD),
        bad.with_choice(Choice.ADD),
    ]
    assert bad.with_choice(Choice.ADD) == bad
    files = accepted(chosen)
    assert [(file.path.name, file.replaces is None) for file in files] == [("again.txt", False), ("older.txt", True)]
    assert summary(chosen).skipped == 1


async def test_two_files_of_a_name_do_not_replace_one_file_twice(desk: Desk) -> None:
    store_id = await desk.office.store(prices="Old prices.")
    seen = await desk.look(store_id, desk.file("a/prices.txt", "One."), desk.file("b/prices.txt", "Two."))
    assert [candidate.finding for candidate in seen] == [Finding.OTHER_CONTENT, Finding.NEW]


async def test_personal_data_of_what_is_added_is_summed_up(desk: Desk) -> None:
    store_id = await desk.office.store()
    for name in ("a.txt", "b.txt", "c.txt"):
        path = desk.file(name)
        desk.inspector.reports[name] = FileReport(path, tokens=100, personal_data={Kind.EMAIL: 2, Kind.PHONE: 1})
    seen = await desk.look(store_id, desk.file("a.txt"), desk.file("b.txt"), desk.file("c.txt"))
    assert not is_harmless(seen)
    told = summary([seen[0].with_choice(Choice.SKIP), *seen[1:]])
    assert told.personal_data == {Kind.EMAIL: 4, Kind.PHONE: 2}
    assert told.tokens == 200


async def test_two_are_looked_at_at_once_and_no_more_is_read_ahead(desk: Desk) -> None:
    store_id = await desk.office.store()
    paths = [desk.file(f"{number:03}.txt") for number in range(40)]
    seen = await desk.look(store_id, *paths)
    assert desk.inspector.most_at_once == 2
    assert [candidate.report.path for candidate in seen] == paths


async def test_a_look_that_is_closed_stops_what_is_being_read(desk: Desk) -> None:
    store_id = await desk.office.store()
    desk.inspector.gate.clear()
    look = await desk.preflight.look(store_id, [desk.file(f"{number}.txt") for number in range(9)])
    waiting = asyncio.create_task(look.next())
    await desk.inspector.two_begun.wait()
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await look.aclose()
    assert desk.inspector.begun == desk.inspector.cancelled == ["0.txt", "1.txt"]


async def test_folders_are_walked_and_hidden_files_passed_over(desk: Desk) -> None:
    store_id = await desk.office.store()
    for name in ("in/b.txt", "in/deep/a.md", "in/.hidden.txt", "in/.git/c.txt", "in/photo.jpg"):
        desk.file(name)
    seen = await desk.look(store_id, desk.office.folder / "drop" / "in")
    assert list(findings(seen)) == ["b.txt", "a.md"]


async def test_storage_costs_what_is_known_of_the_place(desk: Desk) -> None:
    store = await desk.office.knowledge.create(StoreDetails("Shop"))
    assert await desk.preflight.storage_cost(store.id, 3 * 1024**3) == FREE
    await desk.connections.save(Connection("scripted", "Team", ConnectionKind.OPENAI))
    assert (await desk.preflight.storage_cost(store.id, 3 * 1024**3)).usd == Decimal("0.20")
    assert (await desk.preflight.storage_cost(store.id, 1000)).usd == 0
    await desk.connections.save(Connection("scripted", "Team", ConnectionKind.COMPATIBLE, base_url="https://x/v1"))
    assert await desk.preflight.storage_cost(store.id, 1000) == UNKNOWN_COST
