"""Waiting until a file that was attached can be searched."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.errors import FileProblem, FileRefused, NotFound, ProviderError
from iaposte_desktop.providers.vector_stores.patience import is_passing

if TYPE_CHECKING:
    from openai.types.vector_stores import VectorStoreFile as ServerFile

    from iaposte_desktop.providers.vector_stores.server import StoreServer

_SHORTEST: Final = 0.01
_LONGEST: Final = 5.0
_UNSEEN: Final = 3
"""So often a file that was just attached may be unknown."""


class Polling:
    """Waits for attached files. It asks first after the time, in seconds, that files lately took to be ready, then at
    growing intervals."""

    def __init__(self, server: StoreServer, ready_within: float) -> None:
        self._server = server
        self._ready_within = ready_within
        self._typical = 0.0

    async def ready(self, store_id: str, state: ServerFile) -> ServerFile:
        """Completed, failed or cancelled. Raises FileRefused when its time is up, NotFound for one that is not in the
        store, and ProviderError where asking again does not help."""
        loop = asyncio.get_running_loop()
        begun = asked = loop.time()
        unready = 0.0
        unseen = 0
        pause = self._typical
        while state.status == "in_progress":
            left = begun + self._ready_within - loop.time()
            if left <= 0:
                raise FileRefused(FileProblem.TIME_LIMIT, f"in progress at the server for {self._ready_within:.0f} s")
            await asyncio.sleep(min(max(pause, _SHORTEST), left))
            unready, asked = asked - begun, loop.time()
            pause = min((asked - begun) / 2, _LONGEST)
            try:
                state = await self._server.file_of(store_id, state.id)
            except NotFound:
                unseen += 1
                if unseen > _UNSEEN:
                    raise
            except ProviderError as error:
                if not is_passing(error):
                    raise
                pause = max(pause, error.retry_after or 0)
        if unready:
            self._typical = min(unready + (asked - begun - unready) / 4, _LONGEST)
        else:  # Ready at the first poll, it may have been so before.
            self._typical *= 0.995
        return state
