from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from iaposte_desktop.domain.errors import ProfileInUse, ProfileReadOnly
from iaposte_desktop.platform.instance import InstanceLock

HOLDER = """
import sys, time
from pathlib import Path
from iaposte_desktop.platform.instance import InstanceLock
lock = InstanceLock(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(600)
"""


async def test_the_lock_vanishes_with_a_killed_program(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    first = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDER, str(path), stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[3]
    )
    assert first.stdout is not None
    assert (await first.stdout.readline()).strip() == b"held"
    with pytest.raises(ProfileInUse):
        InstanceLock(path)
    first.kill()
    await first.communicate()
    InstanceLock(path).release()


def test_a_second_lock_is_refused_until_the_first_is_released(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with InstanceLock(path), pytest.raises(ProfileInUse):
        InstanceLock(path)
    second = InstanceLock(path)
    second.release()
    second.release()
    assert path.exists()


def open_descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts open descriptors")
def test_a_refusal_leaves_nothing_open(tmp_path: Path) -> None:
    with InstanceLock(tmp_path / "lock"):
        before = open_descriptors()
        for _ in range(5):
            with pytest.raises(ProfileInUse):
                InstanceLock(tmp_path / "lock")
        assert open_descriptors() == before


def test_a_profile_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProfileReadOnly):
        InstanceLock(tmp_path / "absent" / "lock")
