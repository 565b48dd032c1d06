"""Waiting for what must not be left half done."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

T = TypeVar("T")


async def finished(work: Awaitable[T], hurry: Callable[[], None] = lambda: None) -> T:
    """What `work` brings. A cancellation calls `hurry`, and is raised once the work has ended, not before."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        hurry()
        await asyncio.wait([task])
        if not task.cancelled():
            task.exception()  # Seen: the cancellation is what counts.
        raise
