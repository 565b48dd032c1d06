"""Opening databases of other revisions: backed up first, migrated whole or not at all, never touched when newer."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from iaposte_desktop.domain.errors import DiskFull, StorageError, WorkspaceNewer
from iaposte_desktop.domain.knowledge import FileCounts
from iaposte_desktop.workspace.backups import backups_in, row_counts
from iaposte_desktop.workspace.migrate import MIGRATIONS, migrate, revisions
from iaposte_desktop.workspace.open import open_workspace
from iaposte_desktop.workspace.tables import REVISION, metadata
from tests.unit.workspace.samples import assistant, customer, file, message, store, thread, upload

if TYPE_CHECKING:
    from iaposte_desktop.workspace.workspace import SqlWorkspace
    from tests.fakes.clock import ManualClock

THIRD = """
import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute("UPDATE customers SET notes = 'migrated'")
    with op.batch_alter_table("customers") as batch:
        batch.add_column(sa.Column("phone", sa.Text(), nullable=False, server_default=""))
        batch.alter_column("notes", nullable=True)
"""
FAILING = THIRD + "    raise RuntimeError('half way')\n"
DANGLING = THIRD + "    op.execute(\"UPDATE threads SET customer_id = 'cust_9'\")\n"


FIRST = Path(__file__).with_name("revision_0001.db.gz")
"""A workspace as the program of revision 0001 left it: some of everything, 40 messages."""
TOLD_BY_INSPECTION = ("get_columns", "get_pk_constraint", "get_unique_constraints", "get_foreign_keys", "get_indexes")


class Files:
    """A workspace's files, and a folder of migrations that may hold one more than ours."""

    def __init__(self, folder: Path, clock: ManualClock) -> None:
        self.path = folder / "workspace.db"
        self.backups = folder / "backups"
        self.newer = folder / "migrations"
        self._clock = clock
        shutil.copytree(MIGRATIONS, self.newer, ignore=shutil.ignore_patterns("__pycache__"))

    def add_revision(self, source: str) -> None:
        (self.newer / "versions" / "0004_test.py").write_text(source)

    async def open(self, *, newer: bool = False) -> SqlWorkspace:
        migrations = self.newer if newer else MIGRATIONS
        return await open_workspace(self.path, backups=self.backups, clock=self._clock, migrations=migrations)

    def rows(self, query: str, path: Path | None = None) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(path or self.path)) as connection:
            return connection.execute(query).fetchall()

    @property
    def revision(self) -> object:
        return self.rows("SELECT version_num FROM alembic_version")[0][0]


@pytest.fixture
async def old(tmp_path: Path, clock: ManualClock) -> Files:
    """A workspace of our revision with a customer, a thread and messages."""
    files = Files(tmp_path, clock)
    workspace = await files.open()
    await workspace.customers.save(customer())
    await workspace.threads.save(thread())
    for number in range(30):
        await workspace.threads.add_message(message(f"msg_{number}"))
    await workspace.aclose()
    return files


def test_the_migrations_draw_the_same_schema_as_the_tables(tmp_path: Path) -> None:
    path = tmp_path / "migrated.db"
    migrate(path, MIGRATIONS)
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        migrated = inspect(connection)
        fresh = create_engine("sqlite://")
        metadata.create_all(fresh)
        made = inspect(fresh)
        for table in sorted(set(metadata.tables) - {"alembic_version"}):
            for told in (
                "get_columns",
                "get_pk_constraint",
                "get_unique_constraints",
                "get_foreign_keys",
                "get_indexes",
            ):
                assert repr(getattr(migrated, told)(table)) == repr(getattr(made, told)(table)), (table, told)
        fresh.dispose()
    engine.dispose()


def test_files_are_named_by_their_revisions() -> None:
    directory = ScriptDirectory(str(MIGRATIONS))
    assert revisions(MIGRATIONS) == sorted(script.revision for script in directory.walk_revisions())
    assert directory.get_heads() == [REVISION]


async def test_a_new_database_has_our_revision_and_needs_no_backup(tmp_path: Path, clock: ManualClock) -> None:
    files = Files(tmp_path, clock)
    await (await files.open()).aclose()
    await (await files.open()).aclose()
    assert files.revision == REVISION
    assert not files.backups.exists()


OPEN_TWICE = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from iaposte_desktop.workspace.open import open_workspace

async def main(folder):
    for _ in range(2):
        workspace = await open_workspace(folder / "w.db", backups=folder / "b", clock=lambda: datetime.now(UTC))
        await workspace.aclose()

asyncio.run(main(Path(sys.argv[1])))
sys.exit("alembic" in sys.modules)
"""


def test_opening_without_a_migration_does_not_import_alembic(tmp_path: Path) -> None:
    assert subprocess.run([sys.executable, "-c", OPEN_TWICE, str(tmp_path)]).returncode == 0


async def test_an_older_database_is_backed_up_and_migrated(old: Files) -> None:
    old.add_revision(THIRD)
    workspace = await old.open(newer=True)
    assert workspace.repair is None
    assert [each.id for each in await workspace.threads.messages("thread_1")] == [f"msg_{n}" for n in range(30)]
    assert (await workspace.customers.retrieve("cust_1")).notes == "migrated"
    await workspace.aclose()
    assert old.revision == "0004"
    assert old.rows("SELECT phone FROM customers") == [("",)]
    (backup,) = backups_in(old.backups)
    assert backup.name == "workspace-20261102T090000000000Z-v0003.db"
    assert [each.name for each in old.backups.iterdir()] == [backup.name]
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert stat.S_IMODE(old.backups.stat().st_mode) == 0o700
    assert old.rows("SELECT notes FROM customers", backup) == [("",)]
    with closing(sqlite3.connect(backup)) as copied:
        assert row_counts(copied)["messages"] == 30


async def test_a_workspace_of_the_first_revision_is_migrated(tmp_path: Path, clock: ManualClock) -> None:
    files = Files(tmp_path, clock)
    files.path.write_bytes(gzip.decompress(FIRST.read_bytes()))
    assert files.revision == "0001"
    workspace = await files.open()
    assert workspace.repair is None
    assert await workspace.uploads.of_store("conn_1", "vs_9") == ()
    await workspace.uploads.save([upload()])
    assert await workspace.uploads.of_store("conn_1", "vs_9") == (upload(),)
    assert await workspace.customers.list() == (customer(),)
    assert len(await workspace.threads.messages("thread_1")) == 40
    assert (await workspace.assistants.retrieve("asst_1")).name == assistant().name
    assert await workspace.catalog.retrieve_store("vs_1") == replace(store(), counts=FileCounts(completed=1), bytes=100)
    assert [each.id for each in await workspace.catalog.files("vs_1")] == [file().id]
    await workspace.aclose()
    assert files.revision == REVISION
    (backup,) = backups_in(files.backups)
    assert backup.name.endswith("-v0001.db")
    await (await files.open()).aclose()
    assert backups_in(files.backups) == [backup]


async def test_what_is_only_in_the_log_is_backed_up_and_migrated_too(old: Files) -> None:
    """As after a kill: the log is not yet in the database."""
    workspace = await old.open()
    await workspace.threads.add_message(message("msg_last"))
    killed = old.path.with_name("killed.db")
    for suffix in ("", "-wal"):
        shutil.copy(f"{old.path}{suffix}", f"{killed}{suffix}")
    await workspace.aclose()
    old.path = killed
    old.add_revision(THIRD)
    workspace = await old.open(newer=True)
    assert len(await workspace.threads.messages("thread_1")) == 31
    await workspace.aclose()
    assert old.rows("SELECT count(*) FROM messages", backups_in(old.backups)[0]) == [(31,)]


async def test_a_new_database_goes_through_migrations_that_are_newer_than_the_tables(
    tmp_path: Path, clock: ManualClock
) -> None:
    files = Files(tmp_path, clock)
    files.add_revision(THIRD)
    await (await files.open(newer=True)).aclose()
    assert files.revision == "0004"
    assert not files.backups.exists()


@pytest.mark.parametrize(("source", "reason"), [(FAILING, "half way"), (DANGLING, "lead nowhere")])
async def test_a_failing_migration_changes_nothing(old: Files, source: str, reason: str) -> None:
    before = old.path.read_bytes()
    old.add_revision(source)
    with pytest.raises(StorageError, match=reason):
        await old.open(newer=True)
    assert len(backups_in(old.backups)) == 1
    assert old.revision == REVISION
    assert [row[1] for row in old.rows("PRAGMA table_info(customers)")][-1] == "metadata"
    workspace = await old.open()
    assert len(await workspace.threads.messages("thread_1")) == 30
    await workspace.aclose()
    assert len(before) == old.path.stat().st_size


async def test_without_a_backup_there_is_no_migration(old: Files) -> None:
    before = old.path.read_bytes()
    old.add_revision(THIRD)
    old.backups.write_text("in the way")
    with pytest.raises(StorageError):
        await old.open(newer=True)
    assert old.path.read_bytes() == before
    old.backups.unlink()
    await (await old.open(newer=True)).aclose()
    assert old.revision == "0004"


async def test_a_backup_that_does_not_fit_on_the_disk_refuses_the_migration(old: Files) -> None:
    resource = pytest.importorskip("resource", reason="limits of POSIX")
    before = old.path.read_bytes()
    old.add_revision(THIRD)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, limits[1]))
    try:
        with pytest.raises(DiskFull):
            await old.open(newer=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert old.path.read_bytes() == before
    assert list(old.backups.iterdir()) == []


async def test_the_newest_five_backups_are_kept(old: Files, clock: ManualClock) -> None:
    old.backups.mkdir()
    for day in range(1, 8):
        (old.backups / f"workspace-2026100{day}T090000000000Z-v0000.db").write_bytes(b"")
    (old.backups / "notes.txt").write_text("mine")
    old.add_revision(THIRD)
    await (await old.open(newer=True)).aclose()
    days = [each.name[10:18] for each in backups_in(old.backups)]
    assert days == ["20261102", "20261007", "20261006", "20261005", "20261004"]
    assert (old.backups / "notes.txt").exists()


async def test_a_newer_database_is_left_alone(old: Files) -> None:
    old.add_revision(THIRD)
    await (await old.open(newer=True)).aclose()
    before = {each: each.read_bytes() for each in old.path.parent.rglob("*") if each.is_file()}
    with pytest.raises(WorkspaceNewer, match="0004"):
        await old.open()
    assert {each: each.read_bytes() for each in old.path.parent.rglob("*") if each.is_file()} == before
