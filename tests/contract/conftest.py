from __future__ import annotations

import time
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.engine.stores import EmbeddedVectorStores
from iaposte_desktop.engine.text_reader import EngineTextReader
from iaposte_desktop.providers.vector_stores.stores import HostedVectorStores
from iaposte_desktop.providers.wire import Wire
from tests.contract.shelf import Shelf
from tests.fakes.scripted_stores import ScriptedStores
from tests.fakes.secrets import MemorySecrets
from tests.fakes.toy_openai import store_records, vector_stores
from tests.fakes.toy_openai.server import ToyOpenAI

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from iaposte_desktop.domain.ports.vector_stores import VectorStores
    from iaposte_desktop.platform.isolation import WorkerProcesses
    from iaposte_desktop.platform.paths import Profile
    from iaposte_desktop.workspace.workspace import SqlWorkspace
    from tests.fakes.clock import ManualClock


@pytest_asyncio.fixture(loop_scope="session", params=["embedded", "scripted", "hosted"])
async def shelf(
    request: pytest.FixtureRequest,
    profile: Profile,
    workspace: SqlWorkspace,
    workers: WorkerProcesses,
    clock: ManualClock,
    tmp_path: Path,
) -> AsyncIterator[Shelf]:
    stores: VectorStores
    match request.param:
        case "scripted":
            stores = ScriptedStores(clock)
        case "embedded":
            stores = EmbeddedVectorStores(
                folder=profile.engine_dir, catalog=workspace.catalog, jobs=workers, clock=clock, extra_extractors={}
            )
        case _:
            toy = request.getfixturevalue("toy")
            wire = Wire(Connection("toy", "Toy", ConnectionKind.LOCAL, base_url=toy.base_url), MemorySecrets())
            stores = HostedVectorStores(wire, workspace.uploads, EngineTextReader(workers, {}), clock)
    folder = tmp_path / "files"
    folder.mkdir()
    yield Shelf(stores, clock, folder)
    await stores.aclose()


@pytest.fixture
def toy(clock: ManualClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[ToyOpenAI]:
    """A server whose stores age by the test's clock, and which nothing invalid was asked of."""
    server_time = SimpleNamespace(time=lambda: clock().timestamp(), monotonic=time.monotonic)
    monkeypatch.setattr(store_records, "time", server_time)
    monkeypatch.setattr(vector_stores, "time", server_time)
    with ToyOpenAI(key=None) as toy:
        yield toy
    assert toy.invalid == []
