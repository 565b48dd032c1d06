"""The ledger's rows of one provider: in memory, and written in groups."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.knowledge import FileStatus

if TYPE_CHECKING:
    from collections.abc import Collection

    from iaposte_desktop.domain.ports.uploads import UploadLedger
    from iaposte_desktop.domain.uploads import Upload


_SOON: Final = 0.2
"""Seconds."""


class StoreRows:
    """Of one store, oldest first."""

    def __init__(self) -> None:
        self.by_id: dict[str, Upload] = {}
        self._by_file: dict[str, str] = {}
        self._by_hash: dict[str, str] = {}

    def find(self, file_id: str) -> Upload | None:
        """By our id or the server's."""
        return self.by_id.get(self._by_file.get(file_id, file_id))

    def completed(self, sha256: str) -> Upload | None:
        return self.by_id.get(self._by_hash.get(sha256, ""))

    def put(self, row: Upload) -> None:
        self._unlink(row.id)
        self.by_id[row.id] = row
        if row.file_id is not None:
            self._by_file[row.file_id] = row.id
        if row.status is FileStatus.COMPLETED:
            self._by_hash[row.sha256] = row.id

    def drop(self, row_id: str) -> None:
        self._unlink(row_id)
        self.by_id.pop(row_id, None)

    def _unlink(self, row_id: str) -> None:
        old = self.by_id.get(row_id)
        if old is not None:
            self._by_file.pop(old.file_id or "", None)
            if self._by_hash.get(old.sha256) == row_id:
                del self._by_hash[old.sha256]


class UploadRows:
    """Changes are seen at once and durable once awaited; those that come while a transaction is written share the
    next. No other process writes rows of this provider meanwhile."""

    def __init__(self, ledger: UploadLedger, provider: str) -> None:
        self._ledger = ledger
        self._provider = provider
        self._stores: dict[str, StoreRows] = {}
        self._loading = asyncio.Lock()
        self._waiting: dict[str, Upload | None] = {}
        self._writing: asyncio.Future[None] | None = None
        self._written: asyncio.Future[None] | None = None
        self._writer: asyncio.Task[None] | None = None
        self._due: asyncio.TimerHandle | None = None

    async def of(self, store_id: str) -> StoreRows:
        async with self._loading:
            if store_id not in self._stores:
                rows = StoreRows()
                for row in await self._ledger.of_store(self._provider, store_id):
                    rows.put(row)
                self._stores[store_id] = rows
            return self._stores[store_id]

    async def unfinished(self) -> tuple[Upload, ...]:
        """Those in progress, of all stores."""
        await self.flush()
        # What has ended meanwhile is not written yet.
        return tuple(row for row in await self._ledger.unfinished(self._provider) if self._is_in_progress(row))

    def loaded(self, store_id: str) -> StoreRows:
        """As far as they were asked for before."""
        return self._stores.get(store_id) or StoreRows()

    def knows(self, file_id: str) -> bool:
        """Whether the server's file is one of ours, in any store that was looked at."""
        return any(rows.find(file_id) for rows in self._stores.values())

    async def save(self, rows: Collection[Upload]) -> None:
        """Of stores whose rows were asked for. Raises StorageError."""
        for row in rows:
            self.note(row)
        await self.flush()

    def show(self, row: Upload) -> None:
        """In memory alone: what the server knows better after a restart."""
        self._stores[row.store_id].put(row)

    def note(self, row: Upload) -> None:
        """Durable with what is saved next, or soon."""
        self.show(row)
        self._waiting[row.id] = row
        if self._due is None:
            self._due = asyncio.get_running_loop().call_later(_SOON, self._begin)

    async def delete(self, row: Upload) -> None:
        self._stores[row.store_id].drop(row.id)
        self._waiting[row.id] = None
        await self.flush()

    async def forget(self, store_id: str) -> None:
        for row_id in (await self.of(store_id)).by_id:
            self._waiting.pop(row_id, None)
        await self.flush()
        self._stores.pop(store_id, None)
        await self._ledger.forget(self._provider, store_id)

    async def flush(self) -> None:
        """Until what was noted or changed so far is durable. Raises StorageError."""
        self._begin()
        if (last := self._written or self._writing) is not None:
            await asyncio.shield(last)

    def _is_in_progress(self, row: Upload) -> bool:
        rows = self._stores.get(row.store_id)
        known = row if rows is None else rows.by_id.get(row.id)
        return known is not None and known.status is FileStatus.IN_PROGRESS

    def _begin(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None
        if self._waiting and self._written is None:
            self._written = asyncio.get_running_loop().create_future()
            if self._writer is None:
                self._writer = asyncio.create_task(self._write_all(), name="ledger")

    async def _write_all(self) -> None:
        while (written := self._written) is not None:
            changes, self._waiting = self._waiting, {}
            self._writing, self._written = written, None
            try:
                if saved := [row for row in changes.values() if row is not None]:
                    await self._ledger.save(saved)
                if deleted := [row_id for row_id, row in changes.items() if row is None]:
                    await self._ledger.delete(deleted)
            except BaseException as error:
                self._waiting = changes | self._waiting
                written.set_exception(error)
                written.exception()  # Seen, even where nobody waits any more.
            else:
                written.set_result(None)
        self._writer = self._writing = None
