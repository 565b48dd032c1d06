"""The job that makes the columns of a file anew, from the text that an index keeps. Yields what `reading` does."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from iaposte_desktop.domain.tokens import estimate_tokens
from iaposte_desktop.engine.chunking import TextChunk, TextPart
from iaposte_desktop.engine.extraction.blocks import Block
from iaposte_desktop.engine.index.reader import IndexReader
from iaposte_desktop.engine.reading import batched, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iaposte_desktop.domain.json import JsonValue
    from iaposte_desktop.engine.index.documents import Part
    from iaposte_desktop.engine.index.reader import FoundChunk


def read_kept(index: str, file_id: str, name: str) -> Iterator[JsonValue]:
    """`name` is what the user knows the file by: it is indexed with each chunk. Of a file that was removed meanwhile,
    nothing comes but the summary."""
    with closing(IndexReader(Path(index))) as reader:
        pages, language = reader.told_of(file_id)
        parts, chunks = reader.parts(file_id), reader.chunks_of(file_id)
    items: list[TextPart | TextChunk] = [TextPart(part.start, part.text, part.anchor) for part in parts]
    items += map(_text_chunk, chunks)
    title = title_of(_blocks(parts, chunks), name) if parts else ""
    for kind, rows in batched(items, title, language or "en"):
        yield {kind: rows}
    yield {"summary": {"pages": pages, "language": language}}


def _text_chunk(chunk: FoundChunk) -> TextChunk:
    lines = set(chunk.text.split("\n"))
    own = tuple(heading for heading in chunk.anchor.headings if heading in lines)
    return TextChunk(chunk.start, chunk.text, chunk.anchor, estimate_tokens(chunk.text), own)


def _blocks(parts: Sequence[Part], chunks: Sequence[FoundChunk]) -> list[Block]:
    """As far as the title depends on them."""
    row = chunks[0].anchor.row if chunks else None
    return [Block(part.text, part.anchor.page, part.anchor.sheet, row, part.anchor.headings) for part in parts]
