"""The port that shows a page of a file as it was printed, with words marked on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class MarkedText:
    """Text of a page as it was extracted, the whole of it where that is known: what stands around the words tells which
    of several places is meant. Characters `start` to `end` (excluded) are to be marked."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PageMark:
    """A rectangle over marked words, in shares of the page's width and height from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageImage:
    """Page `number` of `pages`, from 1. `pixels` are red, green, blue, a byte each, in rows of `stride` bytes. `scale`
    is how many pixels a point (1/72 inch) has; it is below what was asked for where the page is huge."""

    number: int
    pages: int
    scale: float
    width: int
    height: int
    stride: int
    pixels: bytes
    marks: tuple[PageMark, ...]


class PageRenderer(Protocol):
    @property
    def suffixes(self) -> frozenset[str]:
        """Of the files that have pages to be shown, lower case, with their dot."""
        ...

    async def render(self, path: Path, page: int | None, scale: float, marked: MarkedText | None) -> PageImage:
        """Page `page`, from 1; None: the page on which the marked words begin, the first where they are on none. A page
        that the file does not have is its last. Raises FileRefused."""
        ...
