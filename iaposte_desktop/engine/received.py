"""What a job that stages a file yields, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iaposte_desktop.engine.index.documents import Document

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from pathlib import Path


async def received(
    items: AsyncIterator[Any], staged: Path, on_progress: Callable[[float], None] = lambda _: None
) -> Document:
    """`engine.staging` says which shapes come."""
    summary: Mapping[str, Any] = {}
    async for item in items:
        if "progress" in item:
            on_progress(item["progress"])
        summary = item.get("summary", summary)
    return Document(staged, **summary)
