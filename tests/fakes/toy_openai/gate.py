"""Where generations wait, so that a test decides how far one has come."""

from __future__ import annotations

import asyncio


class Gate:
    """Used on the server's loop only."""

    def __init__(self) -> None:
        self._limit: int | None = None
        self._changed = asyncio.Event()

    def hold(self, after: int) -> None:
        """No generation goes past its event number `after`, the first being 1; one that waits before it goes on."""
        self._limit = after
        self._tell()

    def release(self) -> None:
        self._limit = None
        self._tell()

    async def passing(self, sent: int) -> None:
        """Returns when a generation that has made `sent` events may make another."""
        while self._limit is not None and sent >= self._limit:
            await self._changed.wait()

    def _tell(self) -> None:
        # Who waits is woken even though the event is not left set.
        self._changed.set()
        self._changed.clear()
