"""What every test keeps to, and the parts that tests of several rooms share.

A record at WARNING or above fails the test, unless it is marked `expected_log("part of it")`; what is marked must come.
A coroutine leaves no task behind. Tests that use `workers` or `stores` run on the session's loop, since worker
processes belong to the loop that started them: `pytestmark = pytest.mark.asyncio(loop_scope="session")`.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import os
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings

from iaposte_desktop.platform.isolation import WorkerProcesses
from iaposte_desktop.platform.paths import Profile
from iaposte_desktop.workspace.open import open_workspace
from tests.fakes.clock import ManualClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from iaposte_desktop.workspace.workspace import SqlWorkspace


# Qt ends the process where it finds no screen, and would open windows where it finds one.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A console that is made while pytest-xdist sets this keeps that width, whatever a test asks for.
os.environ.pop("COLUMNS", None)

# Nor is the keyring of whoever runs the tests read or written, by a test or by a process that one starts.
# `make test-secrets` has a bus of its own.
if os.environ.get("IAPOSTE_SECRET_SERVICE") != "1":
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"


# A landing is judged by the same examples each time; on a desk they vary, and find what nobody thought of. A machine
# that is busy is no defect: no example has a time limit.
settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("desk"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "expected_log(text): a record at WARNING or above that holds `text` must come")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.function):
            marker = item.get_closest_marker("asyncio")
            is_shared = marker is not None and marker.kwargs.get("loop_scope") == "session"
            # First in, last out: after every fixture of the test has been taken down.
            item.fixturenames.insert(0, "no_task_left_on_session_loop" if is_shared else "no_task_left")


class _Records(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def expected_records_alone(request: pytest.FixtureRequest) -> Iterator[None]:
    handler = _Records()
    root = logging.getLogger()
    root.addHandler(handler)
    yield
    root.removeHandler(handler)
    expected = [marker.args[0] for marker in request.node.iter_markers("expected_log")]
    told = [f"{record.levelname} {record.name}: {record.getMessage()}" for record in handler.records]
    unexpected = [text for text in told if not any(part in text for part in expected)]
    assert not unexpected, f"unexpected log records: {unexpected}"
    missing = [part for part in expected if not any(part in text for text in told)]
    assert not missing, f"log records that did not come: {missing}"


@pytest.fixture
async def no_task_left() -> AsyncIterator[None]:
    before = asyncio.all_tasks()
    yield
    await _settled(before)


@pytest_asyncio.fixture(loop_scope="session")
async def no_task_left_on_session_loop() -> AsyncIterator[None]:
    before = asyncio.all_tasks()
    yield
    await _settled(before)


async def _settled(before: set[asyncio.Task[object]]) -> None:
    """Tasks that were told to end get a few turns of the loop to do so."""
    left: set[asyncio.Task[object]] = set()
    for _ in range(10):
        left = {
            task
            for task in asyncio.all_tasks() - before - {asyncio.current_task()}
            # Workers are kept for the next test.
            if not task.get_name().startswith("worker-")
        }
        if not left:
            return
        await asyncio.sleep(0)
    pytest.fail(f"tasks left: {sorted(task.get_name() for task in left)}")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    made = Profile.at(tmp_path / "profile")
    made.prepare()
    return made


@pytest.fixture
async def workspace(profile: Profile, clock: ManualClock) -> AsyncIterator[SqlWorkspace]:
    opened = await open_workspace(profile.workspace_db, backups=profile.backups, clock=clock)
    yield opened
    await opened.aclose()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def workers() -> AsyncIterator[WorkerProcesses]:
    """Shared by all tests of this test process; a job never sees what another one left."""
    processes = WorkerProcesses(2)
    yield processes
    await processes.aclose()
