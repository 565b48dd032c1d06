"""What the tests of processes share: running a job to its end, and asking the system whether a process is there."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

from iaposte_desktop.domain.ports.isolation import JobLimits

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from iaposte_desktop.domain.ports.isolation import IsolatedJobs

JOBS = "tests.unit.platform.jobs"
GENEROUS = JobLimits(seconds=30)


async def results(workers: IsolatedJobs, job: str, limits: JobLimits = GENEROUS, **arguments: Any) -> list[Any]:
    return [item async for item in workers.run(f"{JOBS}:{job}", arguments, limits)]


def is_running(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def is_zombie(process_id: int) -> bool:
    """Ended, and waiting for a parent who does not ask. For orphans: who adopts them is the system's business."""
    status = Path(f"/proc/{process_id}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z"


async def until(condition: Callable[[], bool]) -> None:
    """The per-test timeout ends a wait that never succeeds."""
    while not condition():  # noqa: ASYNC110 - the state of another process sends no event
        await asyncio.sleep(0.01)
