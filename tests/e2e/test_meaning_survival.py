"""Killed while vectors are made: what has one is not paid for twice."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from iaposte_desktop.domain.assistants import ModelRef
from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.faces import FACES
from tests.fakes.toy_openai.faults import Delay
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.qt.until import until

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = 200
AT_WORK = """
import asyncio, sys
from pathlib import Path
from iaposte_desktop.faces import FACES

async def work():
    async with FACES.program(Path(sys.argv[1])):
        await asyncio.sleep(60)

asyncio.run(work())
"""


def test_killed_while_vectors_are_made_it_goes_on_where_it_was(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    with ToyOpenAI(key=None) as toy:
        toy.fail(Delay(0.2), on="POST /embeddings", times=None)
        asyncio.run(_furnish(profile, tmp_path / "notes.md", toy.base_url))
        child = subprocess.Popen([sys.executable, "-c", AT_WORK, str(profile)])
        while toy.count("POST", "/embeddings") < 3:
            assert child.poll() is None
            time.sleep(0.005)
        child.send_signal(signal.SIGKILL)
        child.wait()
        batches = len(_asked(toy))
        assert len(_texts(toy)) < TEXTS
        asyncio.run(_until_complete(profile))
        asked = [text for batch in _asked(toy) for text in batch]
        assert len(set(asked)) == TEXTS
        # What was under way when it was killed, and no more than that, is asked again.
        assert TEXTS <= len(asked) <= TEXTS + len(_asked(toy)[batches - 1])
        assert toy.invalid == []


async def _furnish(profile: Path, notes: Path, url: str) -> None:
    texts = (f"# Note {number}\n\nThe word is mot{number:03}x.\n\n" for number in range(TEXTS))
    notes.write_text("".join(texts), "utf-8")
    async with FACES.program(profile) as opened:
        await opened.program.connections.save(Connection("conn_1", "Toy", ConnectionKind.LOCAL, base_url=url))
        store = await opened.program.knowledge.create(StoreDetails("Shop"))
        await opened.program.knowledge.upload(store.id, [notes])
        model = ModelRef("conn_1", "toy-embed-1")
        await opened.program.knowledge.update(store.id, StoreDetails("Shop", embedding_model=model))


async def _until_complete(profile: Path) -> None:
    async with FACES.program(profile) as opened:
        (store,) = await opened.program.knowledge.stores()

        def is_complete() -> bool:
            state = opened.program.meaning.state(store.id)
            return state is not None and state.done == state.total == TEXTS

        await until(is_complete)


def _asked(toy: ToyOpenAI) -> list[list[str]]:
    return [request.json["input"] for request in toy.requests if request.path == "/embeddings"]


def _texts(toy: ToyOpenAI) -> set[str]:
    return {text for batch in _asked(toy) for text in batch}
