"""One file's bytes to the server, once: an upload whose answer was lost is looked for before it is made again."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import ProviderError
from iaposte_desktop.providers.vector_stores.earlier import found_upload, sent_name
from iaposte_desktop.providers.vector_stores.patience import Patience, may_have_been_done

if TYPE_CHECKING:
    from typing import IO

    from iaposte_desktop.domain.uploads import Upload
    from iaposte_desktop.providers.vector_stores.desk import Desk


class Sending:
    """`file_id` is the server's once it is known, also where `send` was cancelled. `is_unsure`: without one, the file
    may be there all the same."""

    def __init__(self, desk: Desk, row: Upload, content: IO[bytes] | bytes, size: int) -> None:
        self.file_id: str | None = None
        self.is_unsure = False
        self._desk = desk
        self._row = row
        self._content = content
        self._size = size

    async def send(self) -> str:
        """Raises ProviderError."""
        begun = self._desk.clock()
        patience = Patience(self._desk.limits)
        while self.file_id is None:
            try:
                if self.is_unsure:
                    uploads = await self._desk.server.newest_uploads()
                    self.file_id = found_upload(uploads, self._desk.rows, self._row, self._size, begun)
                    self.is_unsure = False
                if self.file_id is None:
                    await self._post()
            except ProviderError as error:
                self.is_unsure = self.is_unsure or may_have_been_done(error)
                await patience.after(error)
        return self.file_id

    async def _post(self) -> None:
        name = sent_name(self._row)
        posting = asyncio.create_task(self._desk.server.upload(name, self._content), name=f"post {self._row.id}")
        try:
            self.file_id = (await asyncio.shield(posting)).id
        except asyncio.CancelledError:
            if self._is_all_read():
                # Once the server has it all, its answer alone tells what to delete.
                await asyncio.wait([posting], timeout=self._desk.limits.undo_within)
                self.is_unsure = not posting.done()
            posting.cancel()
            await asyncio.wait([posting])
            if not posting.cancelled():
                with suppress(ProviderError):
                    self.file_id = posting.result().id
            raise

    def _is_all_read(self) -> bool:
        return isinstance(self._content, bytes) or self._content.tell() >= self._size
