"""What the intakes of one connection share."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.connections import ConnectionKind
from iaposte_desktop.providers.vector_stores.pace import Pace
from iaposte_desktop.providers.vector_stores.polling import Polling

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from iaposte_desktop.domain.connections import Connection
    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.text_reader import TextReader
    from iaposte_desktop.domain.uploads import Upload
    from iaposte_desktop.providers.vector_stores.limits import UploadLimits
    from iaposte_desktop.providers.vector_stores.rows import UploadRows
    from iaposte_desktop.providers.vector_stores.server import StoreServer

_AT_THE_LEDGER: Final = 2


class Desk:
    """`remove` takes a file out of a store. A file holds a slot while it needs the network; as its way leads past the
    ledger, a few more are begun than there are slots."""

    def __init__(
        self,
        connection: Connection,
        server: StoreServer,
        rows: UploadRows,
        reader: TextReader,
        clock: Clock,
        limits: UploadLimits,
        remove: Callable[[str, str], Awaitable[None]],
    ) -> None:
        self.server = server
        self.rows = rows
        self.reader = reader
        self.clock = clock
        self.limits = limits
        self.remove = remove
        self.looking = asyncio.Semaphore(limits.files_at_once)
        self.begun = asyncio.Semaphore(limits.files_at_once + _AT_THE_LEDGER)
        self.slots = asyncio.Semaphore(limits.files_at_once)
        self.polling = Polling(server, limits.ready_within)
        self._is_paced = connection.is_openai or connection.kind is ConnectionKind.AZURE
        self._paces: dict[str, Pace] = {}
        self._claims: dict[tuple[str, str], str] = {}

    async def turn_to_attach(self, store_id: str) -> None:
        if self._is_paced:
            pace = Pace(self.limits.attaches, self.limits.attaches_within)
            await self._paces.setdefault(store_id, pace).turn()

    def claim(self, row: Upload, sha256: str) -> str:
        """The id of the row that may put these bytes into the store: the first that asked and has not ended."""
        return self._claims.setdefault((row.store_id, sha256), row.id)

    def release(self, row: Upload) -> None:
        for claim in [claim for claim, holder in self._claims.items() if holder == row.id]:
            del self._claims[claim]
