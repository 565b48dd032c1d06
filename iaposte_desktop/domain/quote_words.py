"""The words of a quote and of a text, each with its place, in the two forms in which they are compared.

`same` forgets what is no letter and no digit's business: white space, the shape of quotation marks and dashes, the
hyphen of a compound or of a line's end, ligatures, invisible characters. `alike` forgets case and accents of letters
as well. Digits are never touched, and a number is one word with its separators: 1.5 is not 15, nor 2,5 the end of 12,5.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HYPHENS: Final = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_INVISIBLE: Final = "\u00ad\u200b\u2060\ufeff"
_PART: Final = rf"\w(?:[\w\u0300-\u036f]|[{_INVISIBLE}]+(?=\w))*"
_WORD: Final = re.compile(rf"{_PART}(?:[{_HYPHENS}](?:[^\S\n]*\n\s*)?{_PART}|(?<=\d)[.,](?=\d){_PART})*|\.\.\.|[^\w\s]")
_SAME: Final = str.maketrans(
    {
        **dict.fromkeys("«»“”„‟″", '"'),
        **dict.fromkeys("‘’‚‛‹›′`´", "'"),
        **dict.fromkeys(_HYPHENS, "-"),
        **dict.fromkeys(_INVISIBLE, None),
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
    }
)
_SHAPES: Final = {'"': '["«»“”„‟″]', "'": "['‘’‚‛‹›′`´]", "-": f"[{_HYPHENS}]", "…": r"(?:…|\.\.\.)"}
_COMPOUND: Final = re.compile(r"(?<=[^\W\d])-\s*(?=[^\W\d])")
_MARKS: Final = re.compile("[\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class Word:
    """Characters `start` to `end` (excluded): a word, a number, or one sign."""

    start: int
    end: int
    same: str
    alike: str

    @property
    def weight(self) -> int:
        """How many letters and digits it has, so that `de` counts less than `remboursement` and a sign not at all."""
        return len(self.same) if any(map(str.isalnum, self.same)) else 0


def words_of(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    for found in _WORD.finditer(text, start, len(text) if end is None else end):
        same = _same(found[0])
        if same:
            # Invisible characters after a word are no part of it: it would seem cut where a quote has none.
            yield Word(found.start(), found.start() + len(found[0].rstrip(_INVISIBLE)), same, _alike(same))


def pattern_of(quote: str, words: Sequence[Word], text: str) -> re.Pattern[str]:
    """What finds these words of `quote` in `text`, however they are spaced and their quotation marks drawn."""
    # Not for every text: without literal runs of letters the search is several times slower.
    between = f"[{_INVISIBLE}]*" if any(each in text for each in _INVISIBLE) else ""
    parts = []
    for at, word in enumerate(words):
        if at:
            parts.append(r"\s+" if _is_word(words[at - 1].same) and _is_word(word.same) else r"\s*")
        parts.append(between.join(map(_written, quote[word.start : word.end])))
    return re.compile(between.join(parts))


def _is_word(same: str) -> bool:
    return same[-1].isalnum()


def _written(character: str) -> str:
    """What finds a character of a quote, drawn otherwise or not at all."""
    if character in _INVISIBLE:
        return f"[{_INVISIBLE}]?"
    same = character.translate(_SAME)
    return _SHAPES.get(same) or re.escape(same)


def _same(word: str) -> str:
    if word.isascii() and word.isalnum():
        return word
    if word == "...":
        return "…"
    return _COMPOUND.sub("", unicodedata.normalize("NFC", word.translate(_SAME)))


def _alike(same: str) -> str:
    folded = same.casefold()
    return folded if folded.isascii() else _MARKS.sub("", unicodedata.normalize("NFD", folded))
