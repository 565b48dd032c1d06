"""The parsed text of files, and where a chunk stands in it."""

from __future__ import annotations

import asyncio
import re
import sys
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.errors import NotFound, ProviderError
from iaposte_desktop.domain.knowledge import Anchor, ContentPart

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from iaposte_desktop.providers.vector_stores.server import StoreServer

KEPT_BYTES: Final = 32 * 1024 * 1024
_AT_ONCE: Final = 8
UNKNOWN: Final = (0, 0)


class Texts:
    """By the server's file id; those used last are kept."""

    def __init__(self, server: StoreServer) -> None:
        self._server = server
        self._kept: OrderedDict[str, str] = OrderedDict()
        self._bytes = 0
        self._slots = asyncio.Semaphore(_AT_ONCE)

    async def fetch(self, store_id: str, file_ids: Collection[str], seconds: float) -> None:
        """Those that are not kept yet, as far as they come in time. Raises nothing."""
        missing = [file_id for file_id in dict.fromkeys(file_ids) if file_id not in self._kept]
        if missing:
            tasks = [asyncio.create_task(self._fetch(store_id, file_id)) for file_id in missing]
            try:
                await asyncio.wait(tasks, timeout=seconds)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    def place(self, file_id: str, chunk: str) -> tuple[int, int]:
        """Start and end of the chunk in its file's text; UNKNOWN where text or place is not known."""
        text = self._kept.get(file_id)
        if text is None or not chunk.strip():
            return UNKNOWN
        self._kept.move_to_end(file_id)
        start = text.find(chunk)
        if start >= 0:
            return start, start + len(chunk)
        found = re.search(r"\s+".join(map(re.escape, chunk.split())), text)
        return found.span() if found else UNKNOWN

    def text(self, file_id: str, start: int, end: int) -> str:
        return self._kept[file_id][start:end]

    def keep(self, file_id: str, text: str) -> None:
        self.drop(file_id)
        self._kept[file_id] = text
        self._bytes += sys.getsizeof(text)
        while self._bytes > KEPT_BYTES:
            self.drop(next(iter(self._kept)))

    def drop(self, file_id: str) -> None:
        text = self._kept.pop(file_id, None)
        if text is not None:
            self._bytes -= sys.getsizeof(text)

    async def _fetch(self, store_id: str, file_id: str) -> None:
        async with self._slots:
            try:
                parts = parts_of(await self._server.texts(store_id, file_id))
            except (ProviderError, NotFound):
                return
        self.keep(file_id, "".join(part.text for part in parts))


def parts_of(pieces: Sequence[str]) -> tuple[ContentPart, ...]:
    """The server's pieces, with a blank line between two."""
    parts: list[ContentPart] = []
    start = 0
    for number, piece in enumerate(pieces, 1):
        text = piece if number == len(pieces) else f"{piece}\n\n"
        parts.append(ContentPart(start, text, Anchor()))
        start += len(text)
    return tuple(parts)
