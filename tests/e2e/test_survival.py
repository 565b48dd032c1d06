"""Killed, damaged, full, read-only: the state after the next start is right."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.knowledge import FileStatus
from iaposte_desktop.launch import session
from iaposte_desktop.platform.paths import Profile
from tests.e2e.test_cli import SAMPLE, iaposte

if TYPE_CHECKING:
    from iaposte_desktop.application.program import Program

FILES = 60


@pytest.mark.parametrize("seed", range(4))
def test_an_upload_killed_at_any_moment_goes_on_without_hole_or_double(tmp_path: Path, seed: int) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(FILES):
        text = f"# Note {number}\n\nThe secret word of this note is mot{number:03}x.\n" + "Some filling text. " * 400
        (folder / f"{number:03}.md").write_text(text, encoding="utf-8")
    profile = tmp_path / "profile"
    child = subprocess.Popen(
        [sys.executable, "-m", "iaposte_desktop", "--profile", str(profile), "stores", "add", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while child.poll() is None and not list(Profile.at(profile).engine_dir.glob("*/originals/*")):
        time.sleep(0.005)
    time.sleep(random.Random(seed).uniform(0.0, 0.5))
    child.send_signal(signal.SIGKILL)
    child.wait()

    async def check(program: Program) -> None:
        (store,) = await program.knowledge.stores()
        files = await program.knowledge.files(store.id)
        assert len({file.name for file in files}) == len(files)
        for file in files:
            assert file.status is FileStatus.COMPLETED, file
            (passage, *_) = await program.knowledge.search([store.id], f"mot{int(file.name[:3]):03}x")
            assert passage.file_name == file.name
            content = await program.knowledge.content(store.id, file.id)
            assert content.text[passage.start : passage.end] == passage.text
        found = await program.knowledge.search([store.id], "secret word of this note", limit=50)
        places = [(passage.file_id, passage.start) for passage in found]
        assert len(set(places)) == len(places)

    asyncio.run(_with_recovered_program(profile, check))


async def _with_recovered_program(profile: Path, check) -> None:  # type: ignore[no-untyped-def]  # A local coroutine.
    with session(Profile.at(profile)) as held:
        program = await held.open_program()
        try:
            await program.recover()
            for _ in range(2000):
                stores = await program.knowledge.stores()
                if not any(store.counts.in_progress for store in stores):
                    break
                await asyncio.sleep(0.01)
            await check(program)
        finally:
            await program.aclose()


def test_a_damaged_workspace_is_repaired_told_and_kept(tmp_path: Path) -> None:
    assert iaposte("stores", "add", SAMPLE / "knowledge" / "factures.md", profile=tmp_path).returncode == 0
    database = Profile.at(tmp_path).workspace_db
    content = bytearray(database.read_bytes())
    content[4096:8192] = os.urandom(4096)
    database.write_bytes(content)
    listed = iaposte("stores", "list", "--json", profile=tmp_path)
    assert listed.returncode == 0, listed.stderr
    assert "The workspace was damaged" in listed.stderr
    kept = Path(listed.stderr.split("The damaged file is kept: ")[1].splitlines()[0].strip())
    assert kept.read_bytes() == bytes(content)
    again = iaposte("stores", "list", "--json", profile=tmp_path)
    assert "damaged" not in again.stderr
    assert json.loads(again.stdout or "[]") == json.loads(listed.stdout or "[]")


@pytest.mark.skipif(not Path("/sys").is_dir(), reason="needs a folder that refuses even the superuser")
def test_a_read_only_profile_is_told() -> None:
    done = iaposte("stores", "list", profile=Path("/sys/iaposte-profile"))
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert "IAPOSTE_PROFILE" in done.stderr


def test_a_newer_workspace_is_left_untouched(tmp_path: Path) -> None:
    import sqlite3

    assert iaposte("stores", "list", profile=tmp_path).returncode == 0
    database = Profile.at(tmp_path).workspace_db
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = database.read_bytes()
    done = iaposte("stores", "list", profile=tmp_path)
    assert done.returncode == 3
    assert "newer version" in done.stderr
    assert database.read_bytes() == before
