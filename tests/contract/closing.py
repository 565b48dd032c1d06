from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

T = TypeVar("T")


@asynccontextmanager
async def closing(events: AsyncIterator[T]) -> AsyncGenerator[AsyncIterator[T], None]:
    """The ports promise iterators that may be closed: every implementation gives a generator."""
    try:
        yield events
    finally:
        await events.aclose()  # type: ignore[attr-defined]  # AsyncIterator does not say that it may be closed.
