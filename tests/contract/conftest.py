from __future__ import annotations

from typing import TYPE_CHECKING

import pytest_asyncio

from iaposte_desktop.engine.stores import EmbeddedVectorStores
from tests.contract.shelf import Shelf
from tests.fakes.scripted_stores import ScriptedStores

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import pytest

    from iaposte_desktop.platform.isolation import WorkerProcesses
    from iaposte_desktop.platform.paths import Profile
    from iaposte_desktop.workspace.workspace import SqlWorkspace
    from tests.fakes.clock import ManualClock


@pytest_asyncio.fixture(loop_scope="session", params=["embedded", "scripted"])
async def shelf(
    request: pytest.FixtureRequest,
    profile: Profile,
    workspace: SqlWorkspace,
    workers: WorkerProcesses,
    clock: ManualClock,
    tmp_path: Path,
) -> AsyncIterator[Shelf]:
    stores: EmbeddedVectorStores | ScriptedStores = (
        ScriptedStores(clock)
        if request.param == "scripted"
        else EmbeddedVectorStores(
            folder=profile.engine_dir, catalog=workspace.catalog, jobs=workers, clock=clock, extra_extractors={}
        )
    )
    folder = tmp_path / "files"
    folder.mkdir()
    yield Shelf(stores, clock, folder)
    await stores.aclose()
