from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from iaposte_desktop.engine.stores import EmbeddedVectorStores
from iaposte_desktop.engine.text.synonyms import SynonymTable
from tests.unit.engine.desk import Desk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from iaposte_desktop.platform.isolation import WorkerProcesses
    from iaposte_desktop.platform.paths import Profile
    from iaposte_desktop.workspace.workspace import SqlWorkspace
    from tests.fakes.clock import ManualClock


@pytest_asyncio.fixture(loop_scope="session")
async def desk(
    profile: Profile, workspace: SqlWorkspace, workers: WorkerProcesses, clock: ManualClock, tmp_path: Path
) -> AsyncIterator[Desk]:
    synonyms = SynonymTable([("colis", "paquet", "parcel")])
    stores = EmbeddedVectorStores(profile.engine_dir, workspace.catalog, workers, clock, {}, synonyms)
    folder = tmp_path / "files"
    folder.mkdir()
    yield Desk(stores, workspace.catalog, profile.engine_dir, folder, synonyms)
    await stores.aclose()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path
