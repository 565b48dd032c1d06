"""The part of a passage that a row shows: one paragraph around the first words that answer the query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.search import MatchKind
from iaposte_desktop.qt.lib.foreign_text import visible

if TYPE_CHECKING:
    from iaposte_desktop.domain.knowledge import Passage
    from iaposte_desktop.domain.search import Explanation

_CHARACTERS: Final = 600
_BEFORE: Final = 60
_LEAD: Final = 140
"""A match within so many characters of the beginning is shown from there."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Characters `start` to `end` (excluded) of the excerpt."""

    start: int
    end: int
    kind: MatchKind


@dataclass(frozen=True, slots=True)
class Excerpt:
    text: str
    marked: tuple[Marked, ...] = ()


def excerpt_of(passage: Passage, explanation: Explanation | None = None) -> Excerpt:
    """Without line breaks and characters that hide or reorder text."""
    text = passage.text
    matches = explanation.matches if explanation is not None else ()
    begin = _begin(text, matches[0].start) if matches else 0
    shown, places = _squeezed(text[begin : begin + _CHARACTERS], "…" if begin else "")
    marked = (
        Marked(places[match.start - begin], places[match.end - begin], match.kind)
        for match in matches
        if match.end - begin < len(places)
    )
    return Excerpt(shown, tuple(each for each in marked if each.start < each.end))


def _begin(text: str, first: int) -> int:
    """The beginning of a word a little before the first match."""
    if first <= _LEAD:
        return 0
    space = text.find(" ", first - _BEFORE, first)
    return space + 1 if space >= 0 else first


def _squeezed(text: str, lead: str) -> tuple[str, list[int]]:
    """With single spaces; and where each character of `text`, and its end, is in that."""
    shown = list(lead)
    places = []
    for character in text:
        is_space = character.isspace()
        places.append(len(shown))
        if is_space and shown and not shown[-1].isspace():
            shown.append(" ")
        elif not is_space and visible(character):
            shown.append(character)
    places.append(len(shown))
    return "".join(shown), places
