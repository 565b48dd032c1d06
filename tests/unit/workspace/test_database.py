"""One connection on one thread, for callers on any loop."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import traceback
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.drafts import Draft
from iaposte_desktop.domain.errors import ProfileInUse, StorageError, WorkspaceDamaged
from iaposte_desktop.workspace.open import open_workspace
from tests.unit.workspace.samples import NOW, customer, message, thread

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.domain.ports.repositories import Workspace
    from iaposte_desktop.platform.paths import Profile
    from iaposte_desktop.workspace.workspace import SqlWorkspace


async def test_it_is_a_workspace(workspace: SqlWorkspace) -> None:
    port: Workspace = workspace
    assert await port.threads.summaries() == ()


async def test_the_connection_is_set_to_lose_and_leak_nothing(workspace: SqlWorkspace) -> None:
    names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
    found = await workspace._database.read(
        lambda connection: [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]
    )
    assert found == ["wal", 2, 1, 1, 5000]


async def test_loops_in_several_threads_share_a_workspace(with_thread: SqlWorkspace) -> None:
    async def write(name: str) -> None:
        for number in range(40):
            assert await with_thread.threads.add_message(message(f"{name}_{number}"))
            assert len(await with_thread.threads.messages("thread_1")) > number

    await asyncio.gather(
        write("own"), *(asyncio.to_thread(asyncio.run, write(f"other{number}")) for number in range(2))
    )
    kept = await with_thread.threads.messages("thread_1")
    assert {each.id for each in kept} == {f"{name}_{n}" for name in ("own", "other0", "other1") for n in range(40)}


async def test_writes_are_done_in_the_order_they_were_asked_for(with_thread: SqlWorkspace) -> None:
    saves = [with_thread.drafts.save(Draft("thread_1", f"text {n}", NOW, n)) for n in range(50)]
    assert all(await asyncio.gather(*saves))


async def test_a_write_that_nobody_waits_for_any_more_is_done(with_thread: SqlWorkspace, profile: Profile) -> None:
    writing = [
        asyncio.ensure_future(with_thread.drafts.save(Draft("thread_1", f"text {n}", NOW, n))) for n in range(20)
    ]
    await asyncio.sleep(0)
    for each in writing:
        each.cancel()
    assert all(
        isinstance(each, asyncio.CancelledError) for each in await asyncio.gather(*writing, return_exceptions=True)
    )
    assert await with_thread.drafts.retrieve("thread_1") == Draft("thread_1", "text 19", NOW, 19)


async def test_closing_waits_for_what_is_queued_and_leaves_one_file(tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"
    workspace = await open_workspace(path, backups=tmp_path / "backups", clock=lambda: NOW)
    saves = [
        asyncio.ensure_future(workspace.customers.save(customer(f"cust_{number}", f"{number}@example.org")))
        for number in range(30)
    ]
    await asyncio.sleep(0)
    await asyncio.gather(workspace.aclose(), workspace.aclose())
    await asyncio.gather(*saves)
    await workspace.aclose()
    assert [each.name for each in tmp_path.iterdir()] == ["workspace.db"]
    assert not [each.name for each in threading.enumerate() if each.name.startswith("workspace")]
    with pytest.raises(StorageError, match="closed"):
        await workspace.customers.list()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM customers").fetchone() == (30,)


async def test_a_refused_write_leaves_nothing_behind_and_the_connection_usable(with_thread: SqlWorkspace) -> None:
    with pytest.raises(StorageError):
        await with_thread.threads.add_message(message(thread_id="thread_9"))
    with pytest.raises(StorageError, match="time zone"):
        await with_thread.customers.save(replace(customer(), created_at=NOW.replace(tzinfo=None)))
    assert await with_thread.customers.list() == (customer(),)
    assert await with_thread.threads.add_message(message())


async def test_no_text_of_a_customer_is_in_an_error(with_thread: SqlWorkspace) -> None:
    refused = replace(message(thread_id="thread_9"), text="confidential")
    for each in (refused, replace(refused, created_at=NOW.replace(tzinfo=None))):
        with pytest.raises(StorageError) as raised:
            await with_thread.threads.add_message(each)
        assert "confidential" not in "".join(traceback.format_exception(raised.value))


async def test_a_database_that_another_program_holds_is_told(with_thread: SqlWorkspace, profile: Profile) -> None:
    with closing(sqlite3.connect(profile.workspace_db, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ProfileInUse):
            await with_thread.customers.save(customer())
        assert await with_thread.customers.list() == (customer(),)
    await with_thread.customers.save(customer(email="new@example.org"))


async def test_a_write_waits_for_another_program_that_is_soon_done(with_thread: SqlWorkspace, profile: Profile) -> None:
    with closing(sqlite3.connect(profile.workspace_db, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE customers SET notes = 'theirs'")
        saving = asyncio.ensure_future(with_thread.threads.save(thread()))
        await asyncio.sleep(0.2)
        assert not saving.done()
        other.execute("COMMIT")
        await saving
    assert (await with_thread.customers.retrieve("cust_1")).notes == "theirs"


async def test_a_value_that_cannot_be_read_is_a_storage_error(with_thread: SqlWorkspace, profile: Profile) -> None:
    with closing(sqlite3.connect(profile.workspace_db)) as other, other:
        other.execute("UPDATE threads SET status = 'paused'")
        other.execute("UPDATE customers SET created_at = 'yesterday'")
    with pytest.raises(StorageError, match="paused"):
        await with_thread.threads.retrieve("thread_1")
    with pytest.raises(StorageError, match="yesterday"):
        await with_thread.customers.list()


async def test_a_byte_that_rotted_inside_a_text_shows_and_hides_nothing_else(
    with_thread: SqlWorkspace, profile: Profile
) -> None:
    await with_thread.threads.add_message(message())
    with closing(sqlite3.connect(profile.workspace_db)) as other, other:
        other.execute("UPDATE messages SET text = CAST(x'61c362' AS TEXT)")
    assert [each.text for each in await with_thread.threads.messages("thread_1")] == ["a\ufffdb"]


async def test_an_opening_that_is_given_up_closes_what_it_opened(tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"
    opening = asyncio.ensure_future(open_workspace(path, backups=tmp_path / "backups", clock=lambda: NOW))
    await asyncio.sleep(0)
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert [each.name for each in tmp_path.iterdir()] == ["workspace.db"]
    assert not [each.name for each in threading.enumerate() if each.name.startswith("workspace")]


async def test_damage_that_is_met_while_running_is_told(tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"
    workspace = await open_workspace(path, backups=tmp_path / "backups", clock=lambda: NOW)
    await workspace.customers.save(customer())
    await workspace.threads.save(thread())
    for number in range(200):
        await workspace.threads.add_message(replace(message(f"msg_{number}"), text="x" * 3000))
    await workspace.aclose()
    workspace = await open_workspace(path, backups=tmp_path / "backups", clock=lambda: NOW)
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2 // 4096 * 4096)
        file.write(b"\xff" * 4096 * 40)
    with pytest.raises(WorkspaceDamaged) as raised:
        await workspace.threads.messages("thread_1")
    assert raised.value.kept_at == path
    assert await workspace.customers.list() == (customer(),)
    await workspace.aclose()
