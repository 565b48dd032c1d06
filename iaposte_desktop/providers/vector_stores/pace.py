"""A limit on how often something is done."""

from __future__ import annotations

import asyncio
from collections import deque


class Pace:
    """At most `turns` in any `seconds`, first come, first served."""

    def __init__(self, turns: int, seconds: float) -> None:
        self._taken: deque[float] = deque(maxlen=turns)
        self._seconds = seconds
        self._next = asyncio.Lock()

    async def turn(self) -> None:
        loop = asyncio.get_running_loop()
        async with self._next:
            if len(self._taken) == self._taken.maxlen:
                await asyncio.sleep(self._taken[0] + self._seconds - loop.time())
            self._taken.append(loop.time())
