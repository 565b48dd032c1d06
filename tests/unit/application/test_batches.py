from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iaposte_desktop.application.batches import batches
from tests.qt.until import until

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

SHORT = 0.001


class Stream:
    """Numbers from 0, with a rest before each: None for no rest at all, else seconds."""

    def __init__(self, rests: Sequence[float | None], error: Exception | None = None, *, hangs: bool = False) -> None:
        self._rests = rests
        self._error = error
        self._hangs = hangs
        self.given = 0
        self.is_closed = False

    async def events(self) -> AsyncGenerator[int, None]:
        try:
            for number, rest in enumerate(self._rests):
                if rest is not None:
                    await asyncio.sleep(rest)
                self.given = number + 1
                yield number
            if self._hangs:
                await asyncio.Event().wait()
            if self._error is not None:
                raise self._error
        finally:
            self.is_closed = True


async def gathered(stream: Stream, stop: asyncio.Event | None = None, seconds: float = SHORT) -> list[list[int]]:
    return [batch async for batch in batches(stream.events(), stop or asyncio.Event(), seconds)]


rests = st.lists(st.sampled_from([None, None, None, 0.0, 0.0, SHORT, 2 * SHORT]), max_size=30)


@settings(max_examples=40, deadline=None)
@given(rests)
def test_nothing_is_lost_and_the_order_is_kept(given_rests: list[float | None]) -> None:
    stream = Stream(given_rests)
    found = asyncio.run(gathered(stream))
    assert [number for batch in found for number in batch] == list(range(len(given_rests)))
    assert all(found)
    assert stream.is_closed


@settings(max_examples=40, deadline=None)
@given(rests, st.integers(0, 30))
def test_stopping_loses_nothing_that_had_come(given_rests: list[float | None], stopped_at: int) -> None:
    async def main() -> tuple[Stream, list[int]]:
        stop = asyncio.Event()
        stream = Stream(given_rests, hangs=True)
        received: list[int] = []
        asyncio.get_running_loop().call_later(stopped_at * SHORT / 2, stop.set)
        async for batch in batches(stream.events(), stop, SHORT):
            received += batch
        return stream, received

    stream, received = asyncio.run(main())
    # The last one may have been on its way when the stop came.
    assert received in (list(range(stream.given)), list(range(stream.given - 1)))
    assert stream.is_closed or not stream.given


async def test_what_came_while_the_reader_was_busy_is_kept_when_it_is_stopped() -> None:
    stop = asyncio.Event()
    stream = Stream([None, 0.0, 0.0], hangs=True)
    received: list[list[int]] = []
    async for batch in batches(stream.events(), stop, SHORT):
        received.append(batch)
        await until(lambda: stream.given == 3)
        stop.set()
    assert received == [[0], [1, 2]]


async def test_the_first_event_comes_at_once() -> None:
    stream = Stream([None], hangs=True)
    async with aclosing(batches(stream.events(), asyncio.Event(), seconds=3600)) as found:
        assert await anext(found) == [0]


async def test_what_comes_within_a_frame_comes_together() -> None:
    found = await gathered(Stream([None] * 1000))
    assert len(found) <= 2
    assert sum(map(len, found)) == 1000


async def test_what_comes_after_a_frame_comes_by_itself() -> None:
    assert await gathered(Stream([None, 0.05, 0.05])) == [[0], [1], [2]]


async def test_an_error_comes_after_the_events_before_it() -> None:
    stream = Stream([None] * 5, ValueError("bad"))
    received: list[int] = []

    async def receive() -> None:
        async for batch in batches(stream.events(), asyncio.Event(), SHORT):
            received.extend(batch)

    with pytest.raises(ValueError, match="bad"):
        await receive()
    assert received == [0, 1, 2, 3, 4]
    assert stream.is_closed


async def test_closing_closes_the_stream() -> None:
    stream = Stream([None], hangs=True)
    async with aclosing(batches(stream.events(), asyncio.Event(), SHORT)) as found:
        await anext(found)
        assert not stream.is_closed
    assert stream.is_closed


async def test_cancelling_closes_the_stream() -> None:
    stream = Stream([None], hangs=True)
    task = asyncio.create_task(gathered(stream))
    await until(lambda: stream.given)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert stream.is_closed


async def test_a_stop_that_was_there_before() -> None:
    stop = asyncio.Event()
    stop.set()
    assert await gathered(Stream([0.01], hangs=True), stop) == []


async def test_a_slow_reader_gets_everything() -> None:
    stream = Stream([0.0] * 20)
    received: list[int] = []
    async for batch in batches(stream.events(), asyncio.Event(), SHORT):
        await asyncio.sleep(0.005)
        received += batch
    assert received == list(range(20))


async def test_an_empty_stream_has_no_batches() -> None:
    assert await gathered(Stream([])) == []
