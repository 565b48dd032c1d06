"""Where a quote stands in a text, and whether the text has its very words.

Exact means: equal once the shape of white space, quotation marks, dashes and compounds is forgotten (`quote_words`).
Whatever else differs in a letter or a digit is approximate, however little it is.

A text may have megabytes. It is searched for the quote, then for pairs of its words; where many of them stand in the
distances that they have in the quote, the quote is compared word by word, there alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.quote_words import pattern_of, words_of

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from iaposte_desktop.domain.quote_words import Word

ENOUGH: Final = 0.75
"""The share of a quote's letters and digits that a text must have for the quote to stand in it approximately."""

_CLOSE: Final = 0.6
"""How alike two words are from which on one is the other misspelt or inflected."""

_OUTER: Final = frozenset({'"', "'", "…"})
_LONG_WORD: Final = 7
_MOST_SAME: Final = 1_000
_MOST_ANCHORS: Final = 32
_MOST_OF_AN_ANCHOR: Final = 200
_PLACES_TRIED: Final = 6
_MOST_WORDS: Final = 1_500
"""Of a longer quote that is not there word for word, the first so many are compared."""
_UNSPACED_FROM: Final = "\u2e80"
"""The scripts that put no space between words begin here."""


@dataclass(frozen=True, slots=True)
class Match:
    """Characters `start` to `end` (excluded) of the text. `likeness` is 1 where it is exact."""

    start: int
    end: int
    is_exact: bool
    likeness: float


@dataclass(frozen=True, slots=True)
class _Text:
    raw: str
    lower: str

    @classmethod
    def of(cls, text: str) -> _Text:
        # One letter, İ, gets longer when it is made small.
        lower = text.lower()
        return cls(text, lower if len(lower) == len(text) else "".join(each.lower()[0] for each in text))


def find_quote(quote: str, text: str, near: tuple[int, int] | None = None) -> Match | None:
    """The best place of `quote` in `text`; of equally good ones the one in `near` (start, end), else the nearest to it,
    else the first. None where the text does not have it. Pure Python on short pieces: no call holds the interpreter
    for longer than a search through `text` takes."""
    sought = list(words_of(quote))
    if not any(word.weight for word in sought):
        return None
    bare = _without_outer_marks(sought)
    for words in (sought, bare) if bare != sought else (sought,):
        if (place := _exact_place(quote, words, text, near)) is not None:
            return Match(*place, is_exact=True, likeness=1.0)
    return _approximate(bare[:_MOST_WORDS], _Text.of(text), near)


def _without_outer_marks(words: list[Word]) -> list[Word]:
    """Whoever quotes puts marks around it, and dots where something was left out."""
    kept = [at for at, word in enumerate(words) if word.same not in _OUTER]
    return words[kept[0] : kept[-1] + 1]


def _exact_place(quote: str, words: Sequence[Word], text: str, near: tuple[int, int] | None) -> tuple[int, int] | None:
    pattern = pattern_of(quote, words, text)
    if near is None:
        return next(_places(pattern, text, 0, len(text)), None)
    within = next(_places(pattern, text, *near), None)
    around = _places(pattern, text, 0, len(text))
    return within or min(around, key=lambda place: _distance(place[0], near), default=None)


def _places(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Of a lone letter there would be a place in every line: after so many it does not matter which."""
    found = (match.span() for match in islice(pattern.finditer(text, start, end), _MOST_SAME))
    return (span for span in found if _is_whole(text, *span))


def _is_whole(text: str, start: int, end: int) -> bool:
    """It does not begin or end within a word or a number: `dix` is not in `soixante-dix`, nor `5` in `2,5`."""
    around = list(words_of(text, max(0, start - 40), min(len(text), end + 40)))
    cut = (word for word in around if word.start < start < word.end or word.start < end < word.end)
    return all(text[word.start] >= _UNSPACED_FROM for word in cut)


def _distance(at: int, near: tuple[int, int]) -> int:
    return max(near[0] - at, at - near[1], 0)


def _approximate(words: list[Word], text: _Text, near: tuple[int, int] | None) -> Match | None:
    length = words[-1].end - words[0].start
    slack = length // 2 + 40
    best: Match | None = None
    for at in _likely_places(words, text, near):
        window = list(words_of(text.raw, *_widened(text.raw, at - slack, at + length + slack)))
        match = _aligned(words, window)
        if match is not None and (best is None or match.likeness > best.likeness):
            best = match
    return best


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """To the next spaces: a word is compared whole."""
    start, end = max(0, start), min(len(text), max(0, end))
    while start and not text[start - 1].isspace() and not text[start].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _likely_places(words: list[Word], text: _Text, near: tuple[int, int] | None) -> list[int]:
    """Offsets in the text at which the quote may begin, likeliest first."""
    origin, step = words[0].start, max(24, (words[-1].end - words[0].start) // 3)
    votes: Counter[int] = Counter()
    for anchor, offset in _anchors(words):
        places = list(islice(_places_of(anchor, text.lower), _MOST_OF_AN_ANCHOR + 1))
        for at in places if len(places) <= _MOST_OF_AN_ANCHOR else ():
            votes[(at - (offset - origin)) // step] += len(anchor)
    joined = {at: count + max(votes[at - 1], votes[at + 1]) for at, count in list(votes.items())}
    order = sorted(joined, key=lambda at: (-joined[at], _distance(at * step, near) if near else at))
    return [at * step for at in order[:_PLACES_TRIED]]


def _anchors(words: list[Word]) -> list[tuple[str, int]]:
    """Pairs of neighbouring words, and long ones alone, in small letters, with their place in the quote; of many, some
    from everywhere in it."""
    plain = [word for word in words if word.weight]
    pairs = [(f"{first.same.lower()} {second.same.lower()}", first.start) for first, second in pairwise(plain)]
    long = [(word.same.lower(), word.start) for word in plain if len(word.same) >= _LONG_WORD]
    return [anchor for some in (pairs, long) for anchor in some[:: len(some) // _MOST_ANCHORS + 1]]


def _places_of(anchor: str, text: str) -> Iterator[int]:
    at = text.find(anchor)
    while at >= 0:
        yield at
        at = text.find(anchor, at + len(anchor))


def _aligned(sought: Sequence[Word], window: Sequence[Word]) -> Match | None:
    matcher = SequenceMatcher(None, [w.alike for w in sought], [w.alike for w in window], autojunk=False)
    runs = _together([(run.a, run.b, run.size) for run in matcher.get_matching_blocks() if run.size])
    if not runs:
        return None
    (first_a, first_b, _), (last_a, last_b, last_size) = runs[0], runs[-1]
    # The words before the first that is there, and after the last, stand for those that were changed.
    start = max(0, first_b - first_a)
    end = min(len(window), last_b + last_size + len(sought) - last_a - last_size)
    found = window[start:end]
    if [word.same for word in found] == [word.same for word in sought]:
        return Match(found[0].start, found[-1].end, is_exact=True, likeness=1.0)
    kept = _kept(sought, window, runs)
    likeness = kept / max(1, sum(word.weight for word in sought))
    if likeness < ENOUGH or kept < sum(word.weight for word in found) / 2:
        return None
    return Match(found[0].start, found[-1].end, is_exact=False, likeness=min(likeness, 0.999))


def _together(runs: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The longest run and those on both sides that are no farther off in the text than what the quote has between
    them explains: a lone `de` of another sentence is no part of it."""
    if not runs:
        return []
    longest = max(range(len(runs)), key=lambda at: runs[at][2])
    first = last = longest
    while first and _is_close(runs[first - 1], runs[first]):
        first -= 1
    while last + 1 < len(runs) and _is_close(runs[last], runs[last + 1]):
        last += 1
    return runs[first : last + 1]


def _is_close(run: tuple[int, int, int], following: tuple[int, int, int]) -> bool:
    in_quote = following[0] - run[0] - run[2]
    in_text = following[1] - run[1] - run[2]
    return in_text <= 2 * in_quote + 6


def _kept(sought: Sequence[Word], window: Sequence[Word], runs: list[tuple[int, int, int]]) -> float:
    """How many letters and digits of the quote the text has; of words that are nearly the same, their likeness."""
    kept = float(sum(word.weight for a, _, size in runs for word in sought[a : a + size]))
    for run, following in pairwise([*runs, (len(sought), runs[-1][1] + runs[-1][2] + 8, 0)]):
        a, b = run[0] + run[2], run[1] + run[2]
        for mine, other in zip(sought[a : following[0]], window[b : following[1]], strict=False):
            kept += mine.weight * _likeness(mine, other)
    return kept


def _likeness(mine: Word, other: Word) -> float:
    if any(character.isdigit() for character in mine.alike + other.alike):
        return 0.0
    ratio = SequenceMatcher(None, mine.alike, other.alike, autojunk=False).ratio()
    return ratio if ratio >= _CLOSE else 0.0


def differences(quote: str, found: str) -> tuple[tuple[str, str], ...]:
    """What a quote says and what the text says instead, place by place, as whole words; empty on one side where words
    are missing there."""
    mine, other = list(words_of(quote)), list(words_of(found))
    matcher = SequenceMatcher(None, [word.same for word in mine], [word.same for word in other], autojunk=False)
    return tuple(
        (_spelt(quote, mine[a:a_end]), _spelt(found, other[b:b_end]))
        for kind, a, a_end, b, b_end in matcher.get_opcodes()
        if kind != "equal"
    )


def _spelt(text: str, words: Sequence[Word]) -> str:
    return " ".join(text[words[0].start : words[-1].end].split()) if words else ""
