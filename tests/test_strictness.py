"""The rules of `conftest.py`, tried on tests that break them, in a pytest of their own."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

SOURCE = """
import asyncio, logging, socket, warnings
import pytest

kept = []

def test_warning_in_the_log():
    logging.getLogger("x").warning("unplanned")

@pytest.mark.expected_log("planned")
def test_expected_record_that_does_not_come():
    pass

async def test_task_left():
    kept.append(asyncio.create_task(asyncio.sleep(60), name="mine"))

@pytest.mark.asyncio(loop_scope="session")
async def test_task_left_on_the_session_loop():
    kept.append(asyncio.create_task(asyncio.sleep(60), name="mine, shared"))

def test_python_warning():
    warnings.warn("old")

def test_network():
    socket.create_connection(("203.0.113.1", 80), 1)

@pytest.mark.expected_log("planned")
def test_good_log():
    logging.getLogger("x").error("all %s", "planned")

async def test_good_task():
    await asyncio.create_task(asyncio.sleep(0))
"""

TOLD = {
    "test_warning_in_the_log": "unexpected log records: ['WARNING x: unplanned']",
    "test_expected_record_that_does_not_come": "log records that did not come: ['planned']",
    "test_task_left": "tasks left: ['mine']",
    "test_task_left_on_the_session_loop": "tasks left: ['mine, shared']",
    "test_python_warning": "UserWarning: old",
    "test_network": "SocketConnectBlockedError",
}


def test_broken_rules_fail_and_kept_ones_pass(tmp_path: Path) -> None:
    path = tmp_path / "test_rules.py"
    path.write_text(SOURCE, "utf-8")
    command = [sys.executable, "-m", "pytest", str(path), "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT)]
    options = ["-p", "tests.conftest", "-p", "no:cacheprovider", "-p", "no:xdist", "-rA"]
    output = subprocess.run(
        [*command, *options], cwd=ROOT, capture_output=True, text=True, timeout=100, check=False
    ).stdout
    broken = set(re.findall(r"^(?:ERROR|FAILED) \S*::(\w+)", output, re.MULTILINE))
    assert broken == TOLD.keys(), output
    assert [text for text in TOLD.values() if text not in output] == [], output
