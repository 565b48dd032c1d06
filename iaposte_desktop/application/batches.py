"""Events of a stream gathered into batches, so that each batch costs one journal transaction and one repaint."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

T = TypeVar("T")

FRAME: Final = 0.033
"""Seconds: the pace at which text appears."""


async def batches(
    events: AsyncIterator[T], stop: asyncio.Event, seconds: float = FRAME
) -> AsyncGenerator[list[T], None]:
    """At most one batch in `seconds`, the first event at once.

    Ends when `events` does, or as soon as `stop` is set (what had come is still handed over). Either way `events` is
    closed before this iterator ends; an exception it raised comes after the events that preceded it.
    """
    loop = asyncio.get_running_loop()
    pending: list[T] = []
    wake = asyncio.Event()

    async def pump() -> None:
        async for event in events:
            pending.append(event)
            wake.set()

    pumping = loop.create_task(pump(), name="batches.pump")
    stopping = loop.create_task(stop.wait(), name="batches.stop")
    for task in (pumping, stopping):
        task.add_done_callback(lambda _: wake.set())
    last = loop.time() - seconds
    try:
        while not (stop.is_set() or (pumping.done() and not pending)):
            await wake.wait()
            rest = last + seconds - loop.time()
            if rest > 0:
                await asyncio.wait({pumping, stopping}, timeout=rest, return_when=asyncio.FIRST_COMPLETED)
            wake.clear()
            if pending:
                batch, pending[:] = pending[:], []
                last = loop.time()
                yield batch
        if pending:
            yield pending
        if not stop.is_set():
            await pumping
    finally:
        for task in (pumping, stopping):
            task.cancel()
        await asyncio.gather(pumping, stopping, return_exceptions=True)
        await close(events)


async def close(events: AsyncIterator[object]) -> None:
    """The ports promise iterators; those that are generators can be closed, and are."""
    aclose = getattr(events, "aclose", None)
    if aclose is not None:
        await aclose()
