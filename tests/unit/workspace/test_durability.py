"""What is acknowledged is there, whatever happens to the process, the disk or the folder."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.reducer import replay
from iaposte_desktop.workspace.open import open_workspace
from tests.unit.workspace.samples import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).parents[3]
resource = pytest.importorskip("resource", reason="signals, limits and modes of POSIX")

LIMIT_BYTES = 900_000


def command(program: str, folder: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "tests.unit.workspace.child", program, str(folder), *more]


def outcome(
    program: str, folder: Path, *more: str, wrapper: Sequence[str] = (), before: Callable[[], None] | None = None
) -> list[list[str]]:
    """The words that the child told, line by line."""
    done = subprocess.run(
        [*wrapper, *command(program, folder, *more)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        preexec_fn=before,  # Sets a limit, and this process runs no other threads that hold locks.
    )
    assert done.returncode == 0, done.stderr
    return [line.split() for line in done.stdout.splitlines()]


@pytest.mark.parametrize("seed", range(10))
async def test_nothing_acknowledged_is_lost_when_the_process_is_killed(tmp_path: Path, seed: int) -> None:
    child = await asyncio.create_subprocess_exec(
        *command("write_for_ever", tmp_path), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert child.stdout is not None
    first = await child.stdout.readline()
    await asyncio.sleep(random.Random(seed).uniform(0, 0.3))
    child.kill()
    told = [line.split() for line in (first + await child.stdout.read()).decode().splitlines() if line]
    await child.wait()
    last = {what: int(number) for what, number in (words for words in told if len(words) == 2)}

    workspace = await open_workspace(tmp_path / "workspace.db", backups=tmp_path / "backups", clock=lambda: NOW)
    draft = await workspace.drafts.retrieve("thread_1")
    messages = await workspace.threads.messages("thread_1")
    runs = await workspace.journal.unfinished()
    entries = await workspace.journal.entries("run_1")
    await workspace.aclose()
    assert workspace.repair is None
    assert last.get("draft", 0) <= (draft.sequence if draft else 0)
    assert draft is None or draft.text == f"text {draft.sequence}"
    assert {f"msg_{number}" for number in range(1, last.get("message", 0) + 1)} <= {each.id for each in messages}
    assert last.get("event", 0) <= len(entries)
    assert [run.sequence for run in runs] == ([len(entries)] if entries else [])
    assert not entries or runs[0] == replay(entries)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("a file system of its own needs root")
    made = subprocess.run([mount, "-t", "tmpfs", "-o", "size=2m", "none", str(folder)], capture_output=True, text=True)
    if made.returncode != 0:
        pytest.skip(f"no file system can be mounted here: {made.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_refuses_the_write_and_the_rest_goes_on(small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(bytes(300_000))
    refused, kept, went_on = outcome("fill_the_disk", small_disk, "go on")
    assert refused[:2] == ["refused", "DiskFull"]
    assert kept == ["kept", refused[2], "True"]
    assert int(refused[2]) > 0
    assert went_on == ["went", "on"]


def test_a_file_that_may_not_grow_counts_as_a_full_disk(tmp_path: Path) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT_BYTES, LIMIT_BYTES))

    refused, kept = outcome("fill_the_disk", tmp_path, before=limit)
    assert refused[:2] == ["refused", "DiskFull"]
    assert kept == ["kept", refused[2], "True"]
    assert int(refused[2]) > 0
    assert outcome("write_once", tmp_path) == [["written"]]


def test_a_disk_that_is_full_from_the_start_is_told(small_disk: Path) -> None:
    with pytest.raises(OSError, match="No space left"):
        (small_disk / "ballast").write_bytes(bytes(3_000_000))
    assert outcome("write_once", small_disk) == [["refused", "DiskFull"]]
    (small_disk / "ballast").unlink()
    assert outcome("write_once", small_disk) == [["written"]]


@pytest.fixture
def bound_by_modes() -> list[str]:
    """What makes a command heed the modes of files: root without the right to pass them over."""
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("root is let through every mode, and there is no setpriv to change that")
    return [setpriv, "--bounding-set=-dac_override,-dac_read_search"]


def test_a_read_only_folder_is_told(tmp_path: Path, bound_by_modes: list[str]) -> None:
    tmp_path.chmod(0o500)
    assert outcome("write_once", tmp_path, wrapper=bound_by_modes) == [["refused", "ProfileReadOnly"]]
    tmp_path.chmod(0o700)
    assert outcome("write_once", tmp_path, wrapper=bound_by_modes) == [["written"]]
    tmp_path.chmod(0o500)
    before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    assert outcome("write_once", tmp_path, wrapper=bound_by_modes) == [["refused", "ProfileReadOnly"]]
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == before
    tmp_path.chmod(0o700)


def test_a_read_only_file_is_told(tmp_path: Path, bound_by_modes: list[str]) -> None:
    outcome("write_once", tmp_path)
    (tmp_path / "workspace.db").chmod(0o400)
    assert outcome("write_once", tmp_path, wrapper=bound_by_modes) == [["refused", "ProfileReadOnly"]]


def test_a_read_only_disk_is_told(small_disk: Path) -> None:
    assert outcome("write_once", small_disk) == [["written"]]
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert outcome("write_once", small_disk) == [["refused", "ProfileReadOnly"]]


async def test_files_are_private_whatever_the_umask(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "profile"
    before = os.umask(0)
    try:
        workspace = await open_workspace(folder / "workspace.db", backups=folder / "backups", clock=lambda: NOW)
        modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()}
        await workspace.aclose()
    finally:
        os.umask(before)
    assert modes == dict.fromkeys(["workspace.db", "workspace.db-wal", "workspace.db-shm"], 0o600)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


async def test_files_and_folder_that_were_open_to_others_are_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"
    await (await open_workspace(path, backups=tmp_path / "backups", clock=lambda: NOW)).aclose()
    tmp_path.chmod(0o755)
    path.chmod(0o644)
    await (await open_workspace(path, backups=tmp_path / "backups", clock=lambda: NOW)).aclose()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700
