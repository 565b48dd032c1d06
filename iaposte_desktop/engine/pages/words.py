"""Where marked words stand among the characters of a page.

The page and the extracted text agree in letters and digits alone: extraction joins lines, drops hyphens, soft hyphens
and running headers, and takes ligatures apart. So both are compared by their letters and digits, accents not regarded.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from iaposte_desktop.domain.ports.page_renderer import MarkedText

_FEWEST = 16
"""So many letters in a row are enough to know a quote by that goes on beyond the page, or was read otherwise."""

_STRETCH = 1.5


@dataclass(frozen=True, slots=True)
class Letters:
    """`places[n]` is the index of the character that letter `n` of `text` comes from."""

    text: str
    places: list[int]

    @classmethod
    def of(cls, characters: str) -> Letters:
        letters: list[str] = []
        places: list[int] = []
        for at, character in enumerate(characters):
            for letter in _letters(character):
                letters.append(letter)
                places.append(at)
        return cls("".join(letters), places)

    def characters(self, start: int, end: int) -> tuple[int, int]:
        """First and last character (excluded) of letters `start` to `end`."""
        return self.places[start], self.places[end - 1] + 1


def letters_of(text: str) -> str:
    return "".join(_letters(text))


def place_of(marked: MarkedText, page: str) -> tuple[int, int] | None:
    """First and last letter (excluded) of the marked words in `page`, which is letters alone; of words that only begin
    or end on it, what there is. None where there is nothing of them."""
    before = letters_of(marked.text[: marked.start])
    wanted = letters_of(marked.text[marked.start : marked.end])
    if not wanted:
        return None
    whole = before + wanted + letters_of(marked.text[marked.end :])
    if (at := page.find(whole)) >= 0:
        return at + len(before), at + len(before) + len(wanted)
    places = _places(wanted, page)
    if places:
        earlier = sum(place < len(before) for place in _places(wanted, whole))
        at = places[min(earlier, len(places) - 1)]
        return at, at + len(wanted)
    return _part(wanted, page)


def end_with_signs(page: str, end: int, wanted: str) -> int:
    """Where the marked words end on the page, the `€.` and the like after their last letter included."""
    signs = wanted[len(wanted) - _signs_at_end(wanted) :]
    at = end
    for sign in signs:
        after = at
        while after < len(page) and page[after].isspace():
            after += 1
        if not sign.isspace():
            if page[after : after + 1] != sign:
                break
            end = at = after + 1
    return end


def _signs_at_end(text: str) -> int:
    return next((number for number, each in enumerate(reversed(text)) if each.isalnum()), len(text))


def beginning_of(wanted: str, page: str) -> int:
    """How many letters of the beginning of `wanted` stand on the page; 0 where too few to say so."""
    length = _longest(lambda size: wanted[:size] in page, len(wanted))
    return length if length >= min(_FEWEST, len(wanted)) else 0


def _part(wanted: str, page: str) -> tuple[int, int] | None:
    head = beginning_of(wanted, page)
    tail = beginning_of(wanted[::-1], page[::-1])
    start = page.find(wanted[:head]) if head else -1
    end = page.find(wanted[-tail:]) + tail if tail else -1
    if start >= 0 and start < end <= start + _STRETCH * len(wanted):
        return start, end
    if head >= tail:
        return (start, start + head) if head else None
    return end - tail, end


def _longest(holds: Callable[[int], bool], most: int) -> int:
    """The largest size up to `most` that `holds`; what holds for one holds for all below."""
    return bisect_left(range(1, most + 1), x=True, key=lambda size: not holds(size))


def _places(wanted: str, text: str) -> list[int]:
    places = []
    at = text.find(wanted)
    while at >= 0:
        places.append(at)
        at = text.find(wanted, at + 1)
    return places


def _letters(text: str) -> list[str]:
    if text.isascii():
        return [letter for letter in text if letter.isalnum()]
    return [letter for letter in unicodedata.normalize("NFKD", text) if letter.isalnum()]
