from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.platform.isolation import WorkerProcesses

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def workers() -> AsyncIterator[WorkerProcesses]:
    """One worker, which also takes jobs from the tests."""
    processes = WorkerProcesses(1, frozenset({"iaposte_desktop", "tests"}))
    yield processes
    await processes.aclose()
