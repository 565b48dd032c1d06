"""The ledger's rows in memory: written in groups, in order, and again where a write failed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from iaposte_desktop.domain.errors import DiskFull
from iaposte_desktop.domain.knowledge import FileStatus
from iaposte_desktop.domain.uploads import Upload
from iaposte_desktop.providers.vector_stores.pace import Pace
from iaposte_desktop.providers.vector_stores.rows import UploadRows
from tests.unit.workspace.samples import upload


class SlowLedger:
    """Writes once it is let; `writes` are the ids of each."""

    def __init__(self) -> None:
        self.rows: dict[str, Upload] = {}
        self.writes: list[list[str]] = []
        self.gate = asyncio.Event()
        self.written = asyncio.Event()
        self.is_full = False

    async def save(self, uploads: Sequence[Upload]) -> None:
        await self.gate.wait()
        if self.is_full:
            raise DiskFull
        self.writes.append([row.id for row in uploads])
        self.rows |= {row.id: row for row in uploads}
        self.written.set()

    async def of_store(self, provider: str, store_id: str) -> tuple[Upload, ...]:
        return tuple(row for row in self.rows.values() if (row.provider, row.store_id) == (provider, store_id))

    async def unfinished(self, provider: str) -> tuple[Upload, ...]:
        found = tuple(row for row in self.rows.values() if row.status is FileStatus.IN_PROGRESS)
        await asyncio.sleep(0)
        return found

    async def delete(self, upload_ids: Sequence[str]) -> None:
        for row_id in upload_ids:
            del self.rows[row_id]

    async def forget(self, provider: str, store_id: str) -> None:
        self.rows.clear()


@pytest.fixture
def ledger() -> SlowLedger:
    return SlowLedger()


@pytest.fixture
async def rows(ledger: SlowLedger) -> UploadRows:
    rows = UploadRows(ledger, "conn_1")
    await rows.of("vs_9")
    return rows


async def test_what_comes_during_a_write_shares_the_next_one(ledger: SlowLedger, rows: UploadRows) -> None:
    saves = [asyncio.create_task(rows.save([upload(f"file_{n}")])) for n in range(10)]
    await asyncio.sleep(0)
    late = [asyncio.create_task(rows.save([upload(f"file_{n}")])) for n in range(10, 20)]
    await asyncio.sleep(0)
    assert len((await rows.of("vs_9")).by_id) == 20
    assert not any(save.done() for save in (*saves, *late))
    ledger.gate.set()
    await asyncio.gather(*saves, *late)
    assert len(ledger.writes) == 2
    assert len(ledger.rows) == 20


async def test_the_last_of_a_row_is_what_is_kept(ledger: SlowLedger, rows: UploadRows) -> None:
    rows.note(upload())
    rows.note(replace(upload(), status=FileStatus.COMPLETED))
    ledger.gate.set()
    await rows.flush()
    assert ledger.rows["file_1"].status is FileStatus.COMPLETED
    await rows.delete(ledger.rows["file_1"])
    assert ledger.rows == {}


async def test_what_was_noted_is_written_without_being_asked(ledger: SlowLedger, rows: UploadRows) -> None:
    rows.note(upload())
    ledger.gate.set()
    await ledger.written.wait()


async def test_a_caller_who_gives_up_stops_no_write(ledger: SlowLedger, rows: UploadRows) -> None:
    save = asyncio.create_task(rows.save([upload()]))
    await asyncio.sleep(0)
    save.cancel()
    await asyncio.gather(save, return_exceptions=True)
    ledger.gate.set()
    await rows.flush()
    assert list(ledger.rows) == ["file_1"]


async def test_what_could_not_be_written_is_written_with_the_next(ledger: SlowLedger, rows: UploadRows) -> None:
    ledger.gate.set()
    ledger.is_full = True
    with pytest.raises(DiskFull):
        await rows.save([upload("file_1")])
    ledger.is_full = False
    await rows.save([upload("file_2")])
    assert set(ledger.rows) == {"file_1", "file_2"}


async def test_a_row_is_found_by_either_id_and_by_its_hash_once_completed(rows: UploadRows, ledger: SlowLedger) -> None:
    ledger.gate.set()
    await rows.save([upload()])
    held = await rows.of("vs_9")
    assert (held.find("file_1"), held.find("file-abc"), held.completed("00ff")) == (upload(), None, None)
    done = replace(upload(), file_id="file-abc", status=FileStatus.COMPLETED)
    await rows.save([done])
    assert held.find("file_1") == held.find("file-abc") == held.completed("00ff") == done
    assert rows.knows("file-abc")
    await rows.save([replace(done, file_id=None, status=FileStatus.FAILED)])
    assert held.find("file-abc") is held.completed("00ff") is None
    assert not rows.knows("file-abc")


async def test_a_store_that_is_forgotten_leaves_nothing(rows: UploadRows, ledger: SlowLedger) -> None:
    ledger.gate.set()
    rows.note(upload())
    await rows.forget("vs_9")
    assert ledger.rows == {}
    assert (await rows.of("vs_9")).by_id == {}


async def test_what_ends_while_the_ledger_is_asked_is_not_in_progress(ledger: SlowLedger, rows: UploadRows) -> None:
    ledger.gate.set()
    ended, left = upload("file_1"), upload("file_2")
    foreign = upload("file_3", store_id="vs_unseen")
    await rows.save([ended, left])
    ledger.rows[foreign.id] = foreign
    asking = asyncio.create_task(rows.unfinished())
    await asyncio.sleep(0)
    rows.note(replace(ended, status=FileStatus.COMPLETED))
    assert await asking == (left, foreign)
    await rows.flush()


async def test_turns_beyond_the_pace_wait_for_the_first_to_grow_old() -> None:
    loop, pace = asyncio.get_running_loop(), Pace(3, 0.05)
    taken: list[float] = []

    async def take() -> None:
        await pace.turn()
        taken.append(loop.time())

    begun = loop.time()
    turns = [asyncio.create_task(take()) for _ in range(7)]
    await asyncio.sleep(0)
    assert len(taken) == 3
    await asyncio.gather(*turns)
    # A busy machine makes it later, never earlier, but for the grain of the loop's clock.
    assert all(at - begun > turn // 3 * 0.05 - 1e-6 for turn, at in enumerate(taken))
