"""A file's extracted text as sections to go to, and as pages that a text widget shows with ease.

Invariant: joined, the sections are the whole text, and so are the pages: offsets of passages keep their meaning.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.knowledge import Anchor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iaposte_desktop.domain.knowledge import FileContent

PAGE_CHARACTERS: Final = 40_000


@dataclass(frozen=True, slots=True)
class SourceSection:
    """Characters `start` to `end` (excluded) of the whole text: a part of the file, or piece `piece` of `pieces` of a
    part too long for one page. Parts and pieces count from 1; `page` is an index into the pages."""

    start: int
    end: int
    anchor: Anchor
    part: int
    page: int
    piece: int = 1
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class SourcePage:
    """What is shown at once: short parts together, at most PAGE_CHARACTERS, from offset `start` on."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def sections_of(content: FileContent) -> tuple[tuple[SourceSection, ...], tuple[SourcePage, ...]]:
    """A part beyond PAGE_CHARACTERS is cut, at the end of a line where it has one."""
    sections: list[SourceSection] = []
    pages: list[SourcePage] = []
    for number, part in enumerate(content.parts, start=1):
        pieces = list(_pieces(part.text))
        at = part.start
        for piece, text in enumerate(pieces, start=1):
            if pages and len(pages[-1].text) + len(text) <= PAGE_CHARACTERS:
                pages[-1] = SourcePage(pages[-1].start, pages[-1].text + text)
            else:
                pages.append(SourcePage(at, text))
            sections.append(SourceSection(at, at + len(text), part.anchor, number, len(pages) - 1, piece, len(pieces)))
            at += len(text)
    return tuple(sections), tuple(pages)


def section_at(sections: Sequence[SourceSection], offset: int) -> int:
    """The index of the section that holds character `offset`; the last one where it lies beyond the end."""
    return next((index for index, section in enumerate(sections) if offset < section.end), len(sections) - 1)


def _pieces(text: str) -> Iterator[str]:
    at = 0
    while len(text) - at > PAGE_CHARACTERS:
        line_end = text.rfind("\n", at + PAGE_CHARACTERS // 2, at + PAGE_CHARACTERS)
        end = line_end + 1 if line_end >= 0 else at + PAGE_CHARACTERS
        yield text[at:end]
        at = end
    yield text[at:]
