"""Vectors in the background, over the whole program and a server that makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.assistants import ModelRef
from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.domain.tasks import TaskKind, TaskStatus
from tests.fakes.toy_openai.faults import RateLimited, Status
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.qt.until import until
from tests.unit.application.house import House

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from iaposte_desktop.application.program import Program
    from iaposte_desktop.platform.paths import Profile
    from iaposte_desktop.platform.settings import SettingsFile

EMBEDDINGS = "POST /embeddings"
MODEL = ModelRef("conn_1", "toy-embed-1")
TEXTS = {"brolly": "Every brolly is sold with a cover.", "refund": "A refund takes ten days.", "late": "Late parcels."}


@pytest.fixture
def toy() -> Iterator[ToyOpenAI]:
    with ToyOpenAI(key=None) as server:
        yield server


@pytest.fixture
def house(profile: Profile, settings: SettingsFile, tmp_path: Path) -> House:
    return House(profile, settings, tmp_path / "desk")


async def furnished(program: Program, toy: ToyOpenAI, folder: Path, model: ModelRef | None = MODEL) -> str:
    """A store with three files, to be searched by meaning."""
    folder.mkdir(parents=True, exist_ok=True)
    await program.connections.save(Connection("conn_1", "Toy", ConnectionKind.LOCAL, base_url=toy.base_url))
    store = await program.knowledge.create(StoreDetails("Shop", embedding_model=model))
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    await program.knowledge.upload(store.id, [folder])
    return store.id


async def until_complete(program: Program, store_id: str, total: int = 3) -> None:
    def is_complete() -> bool:
        state = program.meaning.state(store_id)
        return state is not None and (state.done, state.total) == (total, total)

    await until(is_complete)


async def found(program: Program, store_id: str, query: str) -> list[str]:
    return [passage.file_name for passage in await program.knowledge.search([store_id], query)]


def tasks(program: Program) -> list[TaskStatus]:
    return [task.status for task in program.board.list() if task.kind is TaskKind.EMBED]


async def test_a_store_gets_its_vectors_and_follows_its_files(house: House, toy: ToyOpenAI) -> None:
    async with house.opened() as program:
        store_id = await furnished(program, toy, house.desk)
        await until_complete(program, store_id)
        assert await found(program, store_id, "umbrella") == ["brolly.txt"]
        await until(lambda: set(tasks(program)) == {TaskStatus.COMPLETED})
        (brolly,) = [file for file in await program.knowledge.files(store_id) if file.name == "brolly.txt"]
        await program.knowledge.remove_files(store_id, [brolly.id])
        await until_complete(program, store_id, 2)
        assert await found(program, store_id, "umbrella") == []
    assert toy.invalid == []


async def test_a_restart_asks_only_for_what_has_no_vector(house: House, toy: ToyOpenAI) -> None:
    async with house.opened() as program:
        store_id = await furnished(program, toy, house.desk)
        await until_complete(program, store_id)
        toy.fail(Status(401), on=EMBEDDINGS, times=None)
        await program.knowledge.upload(store_id, [house.file("more.txt", "Lamps have a warranty.")])
        await until(lambda: TaskStatus.FAILED in tasks(program))
    toy.heal()
    before = len(toy.requests)
    async with house.opened() as program:
        await until_complete(program, store_id, 4)
    asked = [each.json for each in toy.requests[before:] if each.path.endswith("/embeddings")]
    assert [each["input"] for each in asked] == [["Lamps have a warranty."]]


async def test_waits_as_it_is_told_and_goes_on(house: House, toy: ToyOpenAI) -> None:
    toy.fail(RateLimited("1"), on=EMBEDDINGS)
    async with house.opened() as program:
        store_id = await furnished(program, toy, house.desk)
        await until_complete(program, store_id)
        assert await found(program, store_id, "umbrella") == ["brolly.txt"]


async def test_a_server_that_fails_leaves_the_words_and_the_reason(house: House, toy: ToyOpenAI) -> None:
    toy.fail(Status(401), on=EMBEDDINGS, times=None)
    async with house.opened() as program:
        store_id = await furnished(program, toy, house.desk)

        def has_failed() -> bool:
            state = program.meaning.state(store_id)
            return state is not None and state.error is not None and state.error.code == "key_refused"

        await until(has_failed)
        assert await found(program, store_id, "brolly") == ["brolly.txt"]
        toy.heal()
        await program.connections.save(program.connections.retrieve("conn_1"))
        await until_complete(program, store_id)


async def test_a_task_that_is_cancelled_stops_and_can_be_taken_up_again(house: House, toy: ToyOpenAI) -> None:
    toy.fail(RateLimited("60"), on=EMBEDDINGS, times=None)
    async with house.opened() as program:
        store_id = await furnished(program, toy, house.desk)
        await until(lambda: TaskStatus.RUNNING in tasks(program) and toy.count("POST", "/embeddings") > 0)
        (task,) = [task for task in program.board.list() if task.kind is TaskKind.EMBED and not task.is_over]
        program.board.cancel(task.id)
        await until(lambda: TaskStatus.CANCELLED in tasks(program))
        toy.heal()
        await program.meaning.retry(store_id)
        await until_complete(program, store_id)


async def test_switched_off_its_vectors_go(house: House, toy: ToyOpenAI) -> None:
    async with house.opened() as program:
        store_id = await furnished(program, toy, house.desk)
        await until_complete(program, store_id)
        await program.knowledge.update(store_id, StoreDetails("Shop"))
        await until(lambda: program.meaning.state(store_id) is None)
        assert await found(program, store_id, "umbrella") == []


async def test_models_and_estimates(house: House, toy: ToyOpenAI) -> None:
    async with house.opened() as program:
        store_id = await furnished(program, toy, house.desk, model=None)
        assert await program.meaning.models() == {"conn_1": ("toy-embed-1",)}
        estimate = await program.meaning.estimate(store_id, MODEL)
        assert 10 < estimate.tokens < 60
        assert toy.count("POST", "/embeddings") == 0
