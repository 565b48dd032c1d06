"""A signature by which texts that are nearly the same are found without comparing them word for word.

MinHash by one permutation: every run of five words has a hash, the low bits of which choose one of 64 places; each
place keeps its least hash. The share of equal places estimates how many of their runs two texts have in common. Of a
long text only the runs that begin with one word in eight are taken: which words those are depends on the word alone.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Final
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable

PLACES: Final = 64
LONG_WORDS: Final = 1_000
_RUN: Final = 5
_ONE_IN: Final = 8
_EMPTY: Final = 0xFFFF_FFFF
_DIGITS: Final = 8
_SLICE: Final = 50_000


def signature(words: Iterable[str]) -> str:
    """Of a text's words in order: 64 numbers of 8 hexadecimal digits. Empty for a text without words."""
    remaining = iter(words)
    first = list(islice(remaining, LONG_WORDS + 1))
    is_long = len(first) > LONG_WORDS
    remaining = chain(first, remaining)
    least: dict[int, int] = {}
    waiting = list(islice(remaining, _SLICE))
    while waiting:
        for run in {*_runs(waiting, is_long=is_long)}:
            place = run % PLACES
            if run < least.get(place, _EMPTY):
                least[place] = run
        more = list(islice(remaining, _SLICE))
        waiting = waiting[1 - _RUN :] + more if more else []
    return "".join(f"{least.get(place, _EMPTY):08x}" for place in range(PLACES)) if least else ""


def similarity(one: str, other: str) -> float:
    """0 to 1, of two signatures; for long texts mostly within 0.1 of the true share."""
    if not one or not other:
        return 0.0
    empty = f"{_EMPTY:08x}"
    places = range(0, PLACES * _DIGITS, _DIGITS)
    pairs = [(one[at : at + _DIGITS], other[at : at + _DIGITS]) for at in places]
    told = [a == b for a, b in pairs if not a == b == empty]
    return sum(told) / len(told)


def _runs(words: list[str], *, is_long: bool) -> list[int]:
    starts: Iterable[int] = range(max(1, len(words) - _RUN + 1))
    if is_long:
        chosen = {word for word in set(words) if crc32(word.encode()) % _ONE_IN == 0}
        # The first one in any case, so that no text is without a run.
        starts = [0, *(at for at, word in enumerate(words) if word in chosen)]
    return [crc32(" ".join(words[at : at + _RUN]).encode()) for at in starts]
