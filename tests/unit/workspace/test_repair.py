"""A damaged database is kept as it is, and the best there is takes its place."""

from __future__ import annotations

import asyncio
import gzip
import random
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain import events as ev
from iaposte_desktop.domain.drafts import Draft
from iaposte_desktop.domain.errors import DiskFull, NotFound
from iaposte_desktop.domain.reducer import replay
from iaposte_desktop.domain.runs import RunStatus, StepKind
from iaposte_desktop.workspace.backups import back_up
from iaposte_desktop.workspace.migrate import MIGRATIONS
from iaposte_desktop.workspace.open import open_workspace
from iaposte_desktop.workspace.repair import RepairSource
from tests.unit.workspace.samples import NOW, assistant, customer, file, journal_of, message, store, thread, upload
from tests.unit.workspace.test_migration import FIRST, THIRD

if TYPE_CHECKING:
    from iaposte_desktop.workspace.workspace import SqlWorkspace

PAGE = 4096
MESSAGES = 300

told = pytest.mark.expected_log("the workspace was damaged")


async def opened(path: Path, migrations: Path = MIGRATIONS) -> SqlWorkspace:
    return await open_workspace(path, backups=path.with_name("backups"), clock=lambda: NOW, migrations=migrations)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "workspace.db"
    asyncio.run(fill(path))
    return path


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    """A closed workspace with some of everything; its messages fill most of it."""
    return Path(shutil.copy(template, tmp_path))


async def fill(path: Path) -> None:
    workspace = await opened(path)
    await workspace.customers.save(customer())
    await workspace.assistants.save(assistant())
    await workspace.assistants.save(assistant(name="Support 2", number=2))
    await workspace.catalog.save_store(store())
    await workspace.catalog.save_files([file()])
    await workspace.threads.save(thread())
    await workspace.drafts.save(Draft("thread_1", "Bonjour Ann", NOW, 3))
    await workspace.uploads.save([upload()])
    story: list[ev.RunEvent] = [
        ev.RunStarted(),
        ev.StepStarted("step_1", StepKind.WRITING),
        ev.TextAdded("Bonjour"),
        ev.TextAdded(" Ann"),
    ]
    for run_id, events in (("run_1", [*story, ev.RunCompleted()]), ("run_2", story)):
        entries, runs = journal_of(events, run_id)
        await workspace.journal.append(entries, runs[-1])
    for number in range(MESSAGES):
        await workspace.threads.add_message(replace(message(f"msg_{number}"), text=f"{number} " * 300))
    await workspace.aclose()


def overwrite(path: Path, start: int, length: int, seed: int = 0) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(random.Random(seed).randbytes(length))


def change(path: Path, *statements: str) -> None:
    """Behind the program's back, and without regard for references."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for each in statements:
            connection.execute(each)


def break_size(path: Path) -> None:
    """Damage that SQLite sees at once and that loses no row: a size that the file does not have."""
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - PAGE)


@told
@pytest.mark.parametrize("seed", range(5))
async def test_rows_beside_the_damage_are_recovered(path: Path, seed: int) -> None:
    size = path.stat().st_size
    overwrite(path, size // 2 // PAGE * PAGE, 3 * PAGE, seed)
    before = path.read_bytes()
    workspace = await opened(path)
    report = workspace.repair
    assert report is not None
    assert report.source is RepairSource.RECOVERED
    assert report.kept_at.read_bytes() == before
    assert report.kept_at.name == "workspace.damaged-20261105T093000000000Z.db"
    messages = await workspace.threads.messages("thread_1")
    assert MESSAGES - 30 < len(messages) < MESSAGES
    assert all(each.text == f"{each.id[4:]} " * 300 for each in messages)
    assert report.rows["messages"] == len(messages)
    assert await workspace.customers.retrieve("cust_1") == customer()
    assert await workspace.drafts.retrieve("thread_1") == Draft("thread_1", "Bonjour Ann", NOW, 3)
    assert (await workspace.journal.retrieve("run_1")).text == "Bonjour Ann"
    assert await workspace.threads.add_message(message("msg_new"))
    await workspace.aclose()
    again = await opened(path)
    assert again.repair is None
    await again.aclose()
    assert sorted(each.name for each in path.parent.iterdir()) == [report.kept_at.name, "workspace.db"]


@told
async def test_damage_in_several_places_costs_the_rows_there_alone(path: Path) -> None:
    size = path.stat().st_size
    for part in (0.4, 0.6, 0.8, 1.0):
        overwrite(path, int(size * part) // PAGE * PAGE - PAGE, PAGE)
    workspace = await opened(path)
    assert MESSAGES - 40 < len(await workspace.threads.messages("thread_1")) < MESSAGES
    await workspace.aclose()


@told
async def test_a_lost_header_costs_nothing(path: Path) -> None:
    overwrite(path, 0, 100)
    workspace = await opened(path)
    assert workspace.repair is not None
    assert workspace.repair.source is RepairSource.RECOVERED
    assert len(await workspace.threads.messages("thread_1")) == MESSAGES
    assert (await workspace.assistants.retrieve("asst_1")).name == "Support 2"
    assert await workspace.catalog.files("vs_1") == (file(),)
    assert await workspace.uploads.of_store("conn_1", "vs_9") == (upload(),)
    await workspace.aclose()


@told
async def test_a_lost_schema_is_put_back(path: Path) -> None:
    overwrite(path, 0, PAGE)
    workspace = await opened(path)
    assert workspace.repair is not None
    assert workspace.repair.source is RepairSource.RECOVERED
    assert len(await workspace.threads.messages("thread_1")) == MESSAGES
    assert (await workspace.journal.retrieve("run_1")).text == "Bonjour Ann"
    assert await workspace.customers.list() == (customer(),)
    assert await workspace.uploads.of_store("conn_1", "vs_9") == (upload(),)
    await workspace.aclose()


@told
async def test_a_lost_schema_of_a_migrated_database_is_put_back(tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"
    path.write_bytes(gzip.decompress(FIRST.read_bytes()))
    await (await opened(path)).aclose()
    overwrite(path, 0, PAGE)
    workspace = await opened(path)
    assert workspace.repair is not None
    assert workspace.repair.source is RepairSource.RECOVERED
    assert len(await workspace.threads.messages("thread_1")) == 40
    assert await workspace.customers.list() == (customer(),)
    assert [each.id for each in await workspace.catalog.files("vs_1")] == ["file_1"]
    await workspace.aclose()


@told
async def test_a_truncated_file_keeps_what_is_before_the_end(path: Path) -> None:
    size = path.stat().st_size
    with path.open("r+b") as shortened:
        shortened.truncate(size // 2)
    workspace = await opened(path)
    assert 30 < len(await workspace.threads.messages("thread_1")) < MESSAGES
    assert (await workspace.threads.retrieve("thread_1")).subject == "Colis perdu"
    await workspace.aclose()


@told
async def test_the_log_beside_a_damaged_database_is_read_and_kept(path: Path) -> None:
    workspace = await opened(path)
    await workspace.customers.save(customer("cust_2", "late@example.org"))
    copies = {suffix: path.with_name(f"workspace.db{suffix}").read_bytes() for suffix in ("", "-wal")}
    await workspace.aclose()
    for suffix, content in copies.items():
        path.with_name(f"workspace.db{suffix}").write_bytes(content)
    overwrite(path, path.stat().st_size // 2 // PAGE * PAGE, 3 * PAGE)
    damaged = path.read_bytes()
    workspace = await opened(path)
    assert await workspace.customers.retrieve("cust_2") == customer("cust_2", "late@example.org")
    assert workspace.repair is not None
    kept_at = workspace.repair.kept_at
    assert kept_at.read_bytes() == damaged
    assert kept_at.with_name(f"{kept_at.name}-wal").read_bytes() == copies["-wal"]
    await workspace.aclose()


@told
async def test_without_readable_rows_the_newest_sound_backup_is_restored(path: Path) -> None:
    backups = path.with_name("backups")
    sound = back_up(path, backups, at=NOW.replace(day=2), revision="0002")
    unsound = back_up(path, backups, at=NOW.replace(day=3), revision="0002")
    overwrite(unsound, unsound.stat().st_size // 2 // PAGE * PAGE, 3 * PAGE)
    newer = back_up(path, backups, at=NOW.replace(day=4), revision="0009")
    change(newer, "UPDATE alembic_version SET version_num = '0009'")
    overwrite(path, 0, path.stat().st_size)
    workspace = await opened(path)
    assert workspace.repair is not None
    assert (workspace.repair.source, workspace.repair.backup) == (RepairSource.BACKUP, sound)
    assert workspace.repair.rows["messages"] == MESSAGES
    assert len(await workspace.threads.messages("thread_1")) == MESSAGES
    await workspace.aclose()
    assert sound.exists()


@told
@pytest.mark.parametrize("content", [b"this is no database" * 1000, b"\0" * PAGE * 10])
async def test_without_anything_a_new_workspace_begins(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "workspace.db"
    path.write_bytes(content)
    workspace = await opened(path)
    assert workspace.repair is not None
    assert workspace.repair.source is RepairSource.NEW
    assert workspace.repair.rows == {}
    assert workspace.repair.kept_at.read_bytes() == content
    await workspace.customers.save(customer())
    await workspace.aclose()


@told
async def test_an_emptied_file_is_restored_from_the_backup(path: Path) -> None:
    back_up(path, path.with_name("backups"), at=NOW, revision="0002")
    path.write_bytes(b"")
    workspace = await opened(path)
    assert workspace.repair is not None
    assert workspace.repair.source is RepairSource.BACKUP
    assert len(await workspace.threads.messages("thread_1")) == MESSAGES
    await workspace.aclose()


async def test_an_empty_file_without_a_past_is_new(tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"
    path.touch()
    workspace = await opened(path)
    assert workspace.repair is None
    await workspace.aclose()


@told
async def test_a_damaged_database_of_an_older_revision_is_recovered_and_migrated(path: Path, tmp_path: Path) -> None:
    migrations = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, migrations, ignore=shutil.ignore_patterns("__pycache__"))
    (migrations / "versions" / "0004_test.py").write_text(THIRD)
    overwrite(path, path.stat().st_size // 2 // PAGE * PAGE, 3 * PAGE)
    workspace = await opened(path, migrations)
    assert workspace.repair is not None
    assert workspace.repair.source is RepairSource.RECOVERED
    assert (await workspace.customers.retrieve("cust_1")).notes == "migrated"
    await workspace.aclose()
    assert not path.with_name("backups").exists()


@told
async def test_what_belonged_to_lost_rows_is_kept_under_nameless_ones(path: Path) -> None:
    change(path, "DELETE FROM customers", "DELETE FROM threads", "DELETE FROM vector_stores", "DELETE FROM assistants")
    break_size(path)
    workspace = await opened(path)
    (summary,) = await workspace.threads.summaries()
    assert (summary.thread.id, summary.thread.subject, summary.customer_name) == ("thread_1", "", "")
    assert summary.messages > MESSAGES - 10
    assert await workspace.drafts.retrieve("thread_1") == Draft("thread_1", "Bonjour Ann", NOW, 3)
    assert [each.name for each in await workspace.assistants.list()] == ["Support 2"]
    assert await workspace.catalog.files("vs_1") == (file(),)
    await workspace.aclose()


@told
async def test_a_run_with_a_gap_goes_as_far_as_its_events_follow(path: Path) -> None:
    change(path, "DELETE FROM events WHERE run_id = 'run_2' AND sequence = 4")
    break_size(path)
    workspace = await opened(path)
    (run,) = await workspace.journal.unfinished()
    entries = await workspace.journal.entries("run_2")
    assert (run.sequence, run.text, run.status) == (3, "", RunStatus.IN_PROGRESS)
    assert run == replay(entries)
    ended = ev.JournalEntry("run_2", 4, NOW, ev.RunInterrupted("program_ended"))
    await workspace.journal.append([ended], replay([*entries, ended]))
    assert await workspace.journal.unfinished() == ()
    await workspace.aclose()


@told
async def test_runs_are_rebuilt_from_events_and_finished_ones_keep_their_text(path: Path) -> None:
    change(
        path,
        "DELETE FROM events WHERE run_id = 'run_1' AND sequence = 1",
        "DELETE FROM runs WHERE id = 'run_2'",
    )
    break_size(path)
    workspace = await opened(path)
    runs = {run.id: run for run in await workspace.journal.runs_of("thread_1")}
    assert {identity: (run.text, run.status) for identity, run in runs.items()} == {
        "run_1": ("Bonjour Ann", RunStatus.COMPLETED),
        "run_2": ("Bonjour Ann", RunStatus.IN_PROGRESS),
    }
    await workspace.aclose()


@told
async def test_rows_that_make_no_sense_are_left_out(path: Path) -> None:
    change(
        path,
        "UPDATE messages SET role = 'ghost' WHERE id = 'msg_7'",
        "UPDATE messages SET attachments = '[{' WHERE id = 'msg_8'",
        "UPDATE assistant_versions SET settings = 'torn' WHERE number = 2",
        "UPDATE runs SET snapshot = 'torn' WHERE id = 'run_1'",
        "UPDATE events SET payload = 'torn' WHERE run_id = 'run_2' AND sequence = 1",
        "UPDATE files SET created_at = 'torn'",
        "UPDATE uploads SET status = 'ghost'",
        "UPDATE drafts SET text = x'ff00'",
    )
    break_size(path)
    workspace = await opened(path)
    ids = {each.id for each in await workspace.threads.messages("thread_1")}
    assert {"msg_6", "msg_9"} <= ids
    assert not {"msg_7", "msg_8"} & ids
    assert (await workspace.assistants.retrieve("asst_1")).version.number == 1
    assert (await workspace.journal.retrieve("run_1")).text == "Bonjour Ann"
    with pytest.raises(NotFound):
        await workspace.journal.retrieve("run_2")
    assert await workspace.catalog.files("vs_1") == ()
    assert await workspace.uploads.of_store("conn_1", "vs_9") == ()
    assert await workspace.drafts.retrieve("thread_1") is None
    await workspace.aclose()


@told
async def test_a_lost_revision_is_known_from_the_tables(path: Path) -> None:
    change(path, "DELETE FROM alembic_version")
    workspace = await opened(path)
    assert workspace.repair is not None
    assert workspace.repair.source is RepairSource.RECOVERED
    assert len(await workspace.threads.messages("thread_1")) == MESSAGES
    await workspace.aclose()


@pytest.mark.parametrize("moved", [[], [""]])
async def test_a_repair_that_was_cut_off_is_finished(path: Path, moved: list[str]) -> None:
    """Killed after the damaged database was moved aside, before the repaired one took its place."""
    damaged = path.with_name("workspace.damaged-20261105T093000000000Z.db")
    shutil.copy(path, damaged)
    path.rename(path.with_name("workspace.repaired.db"))
    log = path.with_name("workspace.db-wal")
    if moved:
        log.write_bytes(b"the damaged database's log")
    workspace = await opened(path)
    assert len(await workspace.threads.messages("thread_1")) == MESSAGES
    await workspace.aclose()
    assert not log.exists()
    assert damaged.with_name(f"{damaged.name}-wal").exists() is bool(moved)


async def test_a_repair_without_room_moves_nothing(path: Path) -> None:
    resource = pytest.importorskip("resource", reason="limits of POSIX")
    overwrite(path, path.stat().st_size // 2 // PAGE * PAGE, 3 * PAGE)
    before = path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, limits[1]))
    try:
        with pytest.raises(DiskFull):
            await opened(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [each.name for each in path.parent.iterdir()] == ["workspace.db"]
    assert path.read_bytes() == before


@told
async def test_a_second_damage_keeps_both_files(path: Path) -> None:
    for _ in range(2):
        overwrite(path, path.stat().st_size // 2 // PAGE * PAGE, 3 * PAGE)
        await (await opened(path)).aclose()
    assert len(list(path.parent.glob("workspace.damaged-*.db"))) == 2
