"""When a refused request is made again, and when not."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING, Final, TypeVar

from iaposte_desktop.domain.errors import (
    AnswerUnusable,
    ConnectionProblem,
    Delivery,
    ProviderError,
    ProviderUnavailable,
    RateLimited,
    StreamCut,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from iaposte_desktop.providers.vector_stores.limits import UploadLimits

T = TypeVar("T")

_PASSING: Final = frozenset(
    {
        None,
        ConnectionProblem.DNS,
        ConnectionProblem.REFUSED,
        ConnectionProblem.TIME_LIMIT,
        ConnectionProblem.BUSY,
        ConnectionProblem.FAILED,
    }
)


class Patience:
    """For one step of one file, or one request."""

    def __init__(self, limits: UploadLimits) -> None:
        self._limits = limits
        self._refusals = 0
        self._left = limits.ready_within

    async def after(self, error: ProviderError) -> None:
        """Wait as long as the server says. Raises `error` where waiting does not help, or would take too long."""
        self._refusals += 1
        pause = error.retry_after
        if pause is None:
            pause = self._limits.first_pause * 2 ** (self._refusals - 1) * random.uniform(0.5, 1.5)
        if not is_passing(error) or self._refusals >= self._limits.tries or pause > self._left:
            raise error
        self._left -= pause
        await asyncio.sleep(pause)


def is_passing(error: ProviderError) -> bool:
    """Whether the same request may succeed later."""
    if isinstance(error, ProviderUnavailable):
        return error.problem in _PASSING
    return isinstance(error, RateLimited | StreamCut | AnswerUnusable)


def may_have_been_done(error: ProviderError) -> bool:
    """Whether the server may have carried out the request whose answer this is."""
    return error.sent is not Delivery.NO and not isinstance(error, RateLimited)


async def patiently(limits: UploadLimits, request: Callable[[], Awaitable[T]]) -> T:
    """For requests that may be made twice."""
    patience = Patience(limits)
    while True:
        try:
            return await request()
        except ProviderError as error:
            await patience.after(error)
