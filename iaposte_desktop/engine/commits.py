"""Files that were read, on their way into index and catalogue: what is ready at the same time goes in together.

The index is written before the catalogue: a file that the catalogue calls completed is in the index, whenever the
program ends. One that was indexed and is still in progress there is read again by a retry, and takes its own place.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import apsw

from iaposte_desktop.domain.knowledge import FileStatus, VectorStoreFile
from iaposte_desktop.engine.index.documents import Document
from iaposte_desktop.engine.index.writer import MOST_DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from iaposte_desktop.domain.ports.repositories import StoreCatalog
    from iaposte_desktop.engine.indexes import Indexes

_MOST_CHARACTERS: Final = 4_000_000
"""In one transaction, and waiting for the next one."""

_WORTHWHILE_CHARACTERS: Final = 1_000_000
_FIRST_FILES: Final = 8
_MOST_FILES: Final = MOST_DOCUMENTS
"""Waited for: few at first, so that something is seen soon, then twice as many each time while there are more."""

_LONGEST_WAIT_SECONDS: Final = 0.5


class Withdrawn(Exception):
    """The file was not to be committed any more."""


@dataclass(eq=False, slots=True)
class Ready:
    """`replaces` is the id of the file it takes the place of."""

    file: VectorStoreFile
    document: Document
    replaces: str | None
    error: Exception | None = None
    is_settled: bool = False


class Commits:
    def __init__(self, indexes: Indexes, catalog: StoreCatalog) -> None:
        self._indexes = indexes
        self._catalog = catalog
        self._waiting: list[Ready] = []
        self._writing = asyncio.Lock()
        self._changed = asyncio.Condition()
        self._coming = 0
        self._worthwhile_files = _FIRST_FILES

    @asynccontextmanager
    async def coming(self) -> AsyncIterator[None]:
        """While a file is read that will be committed. Ends once little enough waits that more may be read."""
        self._coming += 1
        try:
            yield
            async with self._changed:
                await self._changed.wait_for(lambda: self._characters() < _MOST_CHARACTERS)
        finally:
            self._coming -= 1
            async with self._changed:
                self._changed.notify_all()

    async def commit(self, ready: Ready) -> VectorStoreFile:
        """The file as completed, once that is durable. Must not be cancelled, but may be withdrawn. Raises apsw.Error,
        OSError, StorageError, Withdrawn."""
        self._waiting.append(ready)
        async with self._changed:
            self._changed.notify_all()
        async with self._writing:
            if not ready.is_settled:
                await self._gathered()
            if not ready.is_settled:
                await self._settle(await self._taken(ready.file.store_id))
        if ready.error is not None:
            raise ready.error
        return ready.file

    def withdraw(self, ready: Ready) -> None:
        """Where it is not being written yet."""
        if ready in self._waiting:
            self._waiting.remove(ready)
            ready.error, ready.is_settled = Withdrawn(), True

    async def _gathered(self) -> None:
        """Small files cost more to commit than to read: wait a moment for others that are being read."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_LONGEST_WAIT_SECONDS), self._changed:
                await self._changed.wait_for(
                    lambda: (
                        not self._coming
                        or len(self._waiting) >= self._worthwhile_files
                        or self._characters() >= _WORTHWHILE_CHARACTERS
                    )
                )

    def _characters(self) -> int:
        return sum(one.document.characters for one in self._waiting)

    async def _taken(self, store_id: str) -> list[Ready]:
        """Files of the store, in the order they came, at least one."""
        taken: list[Ready] = []
        for one in [one for one in self._waiting if one.file.store_id == store_id][:_MOST_FILES]:
            if taken and sum(each.document.characters for each in (*taken, one)) > _MOST_CHARACTERS:
                break
            taken.append(one)
        self._waiting = [one for one in self._waiting if one not in taken]
        self._worthwhile_files = min(2 * self._worthwhile_files, _MOST_FILES) if self._coming else _FIRST_FILES
        async with self._changed:
            self._changed.notify_all()
        return taken

    async def _settle(self, batch: Sequence[Ready]) -> None:
        """Together, and where that fails one by one, so that a bad file fails alone."""
        try:
            await self._write(batch)
        except (apsw.Error, OSError, ValueError) as error:
            if len(batch) == 1:
                batch[0].error = error
            else:
                for one in batch:
                    await self._settle([one])
        except Exception as error:
            for one in batch:
                one.error = error
        for one in batch:
            one.is_settled = True

    async def _write(self, batch: Sequence[Ready]) -> None:
        store_id = batch[0].file.store_id
        await self._indexes.put(store_id, {one.file.id: one.document for one in batch})
        completed = [_completed(one) for one in batch]
        await self._catalog.save_files(completed)
        for one, file in zip(batch, completed, strict=True):
            one.file = file
        replaced = [one.replaces for one in batch if one.replaces is not None]
        if replaced:
            await self._catalog.delete_files(replaced)
            await self._indexes.remove_files(store_id, replaced)


def _completed(ready: Ready) -> VectorStoreFile:
    document = ready.document
    return replace(
        ready.file,
        status=FileStatus.COMPLETED,
        error=None,
        pages=document.pages,
        chunks=document.chunks,
        language=document.language,
        scanned_pages=document.scanned_pages,
        tokens=document.tokens,
        signature=document.signature,
    )
