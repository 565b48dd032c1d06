"""Reading again what changed: at once, then no more often than the eye can follow, and never twice at a time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from iaposte_desktop.application.task_scope import TaskScope

_PAUSE: Final = 0.3
"""Seconds between two readings while changes pour in."""


class Refresh:
    def __init__(self, scope: TaskScope, name: str, read: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._scope = scope
        self._name = name
        self._read = read
        self._is_asked = False

    def ask(self) -> None:
        """What is read after this call is shown; calls in between are one."""
        self._is_asked = True
        self._scope.start_only(self._run(), self._name)

    async def _run(self) -> None:
        while self._is_asked:
            self._is_asked = False
            await self._read()
            await asyncio.sleep(_PAUSE)
