"""A worker never outlives the program, however that ended."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.unit.platform.processes import is_running, is_zombie, until

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and process ids as Unix has them")

PROGRAM = """
import asyncio, sys
from iaposte_desktop.domain.ports.isolation import JobLimits
from iaposte_desktop.platform.isolation import WorkerProcesses

async def main():
    workers = WorkerProcesses(1, frozenset({"tests"}))
    job, mark = sys.argv[1:]
    arguments = {"mark": mark} | ({"seconds": 600} if job == "sleep" else {})
    async for item in workers.run(f"tests.unit.platform.jobs:{job}", arguments, JobLimits(seconds=1)):
        await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.fixture
def started() -> Iterator[list[int]]:
    """Processes that a failed test would leave behind."""
    ids: list[int] = []
    yield ids
    for process_id in ids:
        if is_running(process_id):
            os.kill(process_id, signal.SIGKILL)


@pytest.mark.parametrize("job", ["sleep", "hold_the_interpreter"])
async def test_a_worker_ends_when_the_program_is_killed(tmp_path: Path, started: list[int], job: str) -> None:
    mark = tmp_path / "worker"
    root = Path(__file__).parents[3]
    program = await asyncio.create_subprocess_exec(sys.executable, "-c", PROGRAM, job, str(mark), cwd=root)
    await until(lambda: mark.exists() and mark.read_text() != "")
    worker = int(mark.read_text())
    started.append(worker)
    assert is_running(worker)
    program.kill()
    await program.wait()
    await until(lambda: not is_running(worker) or is_zombie(worker))
