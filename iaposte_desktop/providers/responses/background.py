"""A response that the server generates on its own is followed to its end, over as many connections as it takes."""

from __future__ import annotations

import asyncio
import random
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.errors import (
    AnswerUnusable,
    Delivery,
    ProviderError,
    ProviderUnavailable,
    RateLimited,
    RequestRefused,
    StreamCut,
)
from iaposte_desktop.providers.errors import cut
from iaposte_desktop.providers.json_fields import number_in

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from iaposte_desktop.providers.json_fields import Json
    from iaposte_desktop.providers.responses.api import Events, ResponsesApi
    from iaposte_desktop.providers.responses.stream import Reduced, Reduction

_PASSING: Final = (ProviderUnavailable, RateLimited, StreamCut, AnswerUnusable)
_LONGEST_WAIT: Final = 60.0


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: `silence` between two events after which a stream counts as stalled, `pause` before the first new
    attempt, doubled up to `longest_pause` while nothing new comes; `counting` is what a count of tokens may take.
    `tries` may fail in a row."""

    silence: float = 60.0
    pause: float = 0.5
    longest_pause: float = 5.0
    counting: float = 5.0
    tries: int = 5


class Following:
    """Nothing is created here: what a connection that broke has left out is asked for by the response's id, as a
    stream from the last number on, or, where the server does not give one, as the response stands."""

    def __init__(self, api: ResponsesApi, reduction: Reduction, patience: Patience) -> None:
        self._api = api
        self._reduction = reduction
        self._patience = patience
        self._last: int | None = None
        self._is_streamable = True

    async def events(self, opened: Events | None = None) -> AsyncGenerator[Reduced, None]:
        """To the terminal event. `opened` is the stream of the creation; without it, all from the first event on.
        Raises ProviderError."""
        idle = failures = 0
        while True:
            error, last, is_new = None, self._last, False
            try:
                async with aclosing(self._attempt(opened)) as items:
                    async for item in items:
                        is_new = True
                        yield item
            except ProviderError as failure:
                error = failure
                self._refuse(error, failures)
            if self._reduction.is_over or not self._reduction.handle:
                return
            opened = None
            is_new = is_new or self._last != last
            idle = 0 if is_new else idle + 1
            failures = failures + 1 if error and not is_new else 0
            await asyncio.sleep(self._pause(idle, error))

    def _refuse(self, error: ProviderError, failures: int) -> None:
        """Raises where another attempt is of no use. The generation was sent, whatever failed since: of an error that
        says otherwise, someone would send it again."""
        if self._reduction.is_over or not self._reduction.handle:
            raise error
        if not isinstance(error, _PASSING):
            error.sent, error.billed = Delivery.YES, Delivery.MAYBE
            raise error
        if failures >= self._patience.tries:
            raise cut(error.info.code) from error

    def _pause(self, idle: int, error: ProviderError | None) -> float:
        longest = min(self._patience.longest_pause, self._patience.pause * 2.0 ** min(idle, 16))
        told = error.retry_after if error is not None else None
        return max(min(told or 0.0, _LONGEST_WAIT), longest * random.uniform(0.5, 1.0))

    async def _attempt(self, opened: Events | None) -> AsyncGenerator[Reduced, None]:
        if opened is None and not self._is_streamable:
            for item in self._reduction.polled(await self._api.retrieve(self._reduction.handle)):
                yield item
            return
        last = self._last
        try:
            stream = opened or await self._api.follow(self._reduction.handle, last)
            async with aclosing(self._read(stream)) as items:
                async for item in items:
                    yield item
        except RequestRefused:
            self._is_streamable = False
        except ProviderError as error:
            # A server that answers, and has nothing to stream, may still tell how the response stands.
            self._is_streamable = self._is_streamable and (self._last != last or error.sent is not Delivery.YES)
            raise
        else:
            self._is_streamable = self._is_streamable and self._last != last

    async def _read(self, events: Events) -> AsyncGenerator[Reduced, None]:
        async with aclosing(events):
            while (event := await self._next(events)) is not None:
                if self._is_known(number_in(event, "sequence_number")):
                    continue
                for item in self._reduction.events(event):
                    yield item
                if self._reduction.is_over:
                    await events.drain()
                    return

    async def _next(self, events: Events) -> Json | None:
        try:
            async with asyncio.timeout(self._patience.silence):
                return await anext(events, None)
        except TimeoutError:
            raise cut("silent") from None

    def _is_known(self, number: int | None) -> bool:
        """Without numbers nobody knows where to go on."""
        if number is None:
            self._is_streamable = False
            return False
        if self._last is not None and number <= self._last:
            return True
        self._last = number
        return False
