from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.platform.isolation import WorkerProcesses

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def jobs() -> AsyncIterator[WorkerProcesses]:
    processes = WorkerProcesses(2)
    yield processes
    await processes.aclose()
