from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


async def until(condition: Callable[[], object]) -> None:
    """The loop goes on until the condition holds; the test's own time limit is the only one."""
    while not condition():  # noqa: ASYNC110  # The one place that polls: what is waited for has no event.
        await asyncio.sleep(0.001)
