"""Blocks to one text with parts and chunks. A chunk is about 400 tokens of whole paragraphs, never goes past its page
or sheet, and begins at a heading where there is one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from iaposte_desktop.domain.knowledge import Anchor
from iaposte_desktop.domain.sentences import split_sentences
from iaposte_desktop.domain.tokens import estimate_tokens
from iaposte_desktop.engine.extraction.blocks import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


CHUNK_TOKENS = 400
ROW_CHUNK_TOKENS = 100
PART_CHARACTERS = 16_000
LONGEST_PIECE = 400
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class TextPart:
    start: int
    text: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class TextChunk:
    """`own_headings` are the headings that stand in the text itself; `tokens` is ≈."""

    start: int
    text: str
    anchor: Anchor
    tokens: int
    own_headings: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block, or a part of a long one; `gap` is what lies between it and the piece before."""

    gap: str
    text: str
    start: int
    tokens: int
    block: Block


def split(blocks: Iterable[Block]) -> Iterator[TextPart | TextChunk]:
    """Parts in order, which joined are the whole text, and in between the chunks of it, in order too."""
    chunks = _Chunks()
    part: list[str] = []
    part_start = at = 0
    previous: Block | None = None
    for block in blocks:
        gap = _gap(previous, block)
        part.append(gap)
        at += len(gap)
        if previous is not None and (_section(block) != _section(previous) or at - part_start > PART_CHARACTERS):
            yield from _parts(part_start, "".join(part), previous)
            part, part_start = [], at
        for piece in _pieces(block, gap, at):
            yield from chunks.add(piece)
        part.append(block.text)
        at += len(block.text)
        previous = block
    if previous is not None:
        yield from chunks.close()
        yield from _parts(part_start, "".join(part), previous)


class _Chunks:
    def __init__(self) -> None:
        self._open: list[_Piece] = []
        self._tokens = 0

    def add(self, piece: _Piece) -> Iterator[TextChunk]:
        if self._open and self._must_end_before(piece):
            yield from self.close()
        self._open.append(piece)
        self._tokens += piece.tokens

    def close(self) -> Iterator[TextChunk]:
        if not self._open:
            return
        first, *others = self._open
        yield TextChunk(
            first.start,
            first.text + "".join(piece.gap + piece.text for piece in others),
            Anchor(first.block.page, first.block.sheet, first.block.row, self._open[-1].block.headings),
            self._tokens + len(others),  # A gap is about one.
            tuple(piece.block.text for piece in self._open if piece.block.is_heading),
        )
        self._open, self._tokens = [], 0

    def _must_end_before(self, piece: _Piece) -> bool:
        last, block = self._open[-1].block, piece.block
        most = ROW_CHUNK_TOKENS if block.row else CHUNK_TOKENS
        return (
            (block.page, block.sheet) != (last.page, last.sheet)
            or (block.is_heading and not last.is_heading)
            or self._tokens + piece.tokens > most
        )


def _gap(previous: Block | None, block: Block) -> str:
    if previous is None:
        return ""
    return "\n" if previous.row and block.row else "\n\n"


def _section(block: Block) -> tuple[object, ...]:
    return block.page, block.sheet, block.headings


def _parts(start: int, text: str, block: Block) -> Iterator[TextPart]:
    """Rows of a sheet share their part. A block too long for one part is cut anywhere."""
    anchor = Anchor(block.page, block.sheet, None, block.headings)
    for at in range(0, len(text), 2 * PART_CHARACTERS):
        yield TextPart(start + at, text[at : at + 2 * PART_CHARACTERS], anchor)


def _pieces(block: Block, gap: str, at: int) -> Iterator[_Piece]:
    """Pieces of at most a chunk's size: the block, else its lines, else sentences, else words."""
    end = 0
    for start, stop, tokens in _spans(block.text, 0):
        yield _Piece(gap + block.text[end:start], block.text[start:stop], at + start, tokens, block)
        end, gap = stop, ""


def _spans(text: str, offset: int) -> Iterator[tuple[int, int, int]]:
    tokens = estimate_tokens(text)
    if tokens <= CHUNK_TOKENS:
        yield offset, offset + len(text), tokens
        return
    lines = [(line.start(), line.end()) for line in _LINE.finditer(text) if line.group().strip()]
    spans = lines if len(lines) > 1 else [(span.start, span.end) for span in split_sentences(text)]
    if len(spans) > 1:
        for start, end in spans:
            yield from _spans(text[start:end], offset + start)
    else:
        for start, end in _words(text):
            yield offset + start, offset + end, estimate_tokens(text[start:end])


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Cut at white space near the end of each piece, anywhere where there is none."""
    start = 0
    while start < len(text):
        end = start + LONGEST_PIECE
        if end < len(text):
            space = text.rfind(" ", start + LONGEST_PIECE // 2, end)
            end = space + 1 if space > 0 else end
        yield start, min(end, len(text))
        start = end
