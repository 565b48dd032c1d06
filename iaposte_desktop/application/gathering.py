"""News that comes one by one and is looked at together."""

from __future__ import annotations

import asyncio


class Gathered:
    """Ids, each once however often it was told."""

    def __init__(self, settled: float) -> None:
        """`settled`: seconds without news after which they are taken to be all."""
        self._settled = settled
        self._ids: set[str] = set()
        self._news = asyncio.Event()

    def tell(self, *ids: str) -> None:
        self._ids.update(ids)
        self._news.set()

    async def taken(self) -> set[str]:
        """What was told, once there is any and no more has come for a moment."""
        await self._news.wait()
        while self._news.is_set():
            self._news.clear()
            await asyncio.sleep(self._settled)
        ids, self._ids = self._ids, set()
        return ids
