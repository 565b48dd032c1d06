"""What a job that reads a file yields, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iaposte_desktop.domain.knowledge import Anchor
from iaposte_desktop.engine.index.documents import Chunk, Document, Part
from iaposte_desktop.engine.text.columns import Columns

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping


async def received(items: AsyncIterator[Any], on_progress: Callable[[float], None] = lambda _: None) -> Document:
    """`engine.reading` says which shapes come."""
    parts: list[Part] = []
    chunks: list[Chunk] = []
    summary: Mapping[str, Any] = {}
    async for item in items:
        if "progress" in item:
            on_progress(item["progress"])
        parts += map(_part, item.get("parts", ()))
        chunks += map(_chunk, item.get("chunks", ()))
        summary = item.get("summary", summary)
    told = {key: value for key, value in summary.items() if key != "characters"}
    return Document(tuple(parts), tuple(chunks), **told)


def _part(row: Any) -> Part:
    start, text, page, sheet, line, headings = row
    return Part(start, text, Anchor(page, sheet, line, tuple(headings)))


def _chunk(row: Any) -> Chunk:
    start, end, page, sheet, line, headings, words, stems = row
    return Chunk(start, end, Anchor(page, sheet, line, tuple(headings)), Columns(words, stems))
