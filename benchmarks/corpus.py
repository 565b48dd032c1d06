"""Made-up French-looking text with the word frequencies of a language (Zipf), the same for each seed."""

from __future__ import annotations

import random
from itertools import accumulate

_SYLLABLES = [
    "ba",
    "be",
    "bi",
    "bo",
    "bu",
    "ca",
    "ce",
    "co",
    "da",
    "de",
    "di",
    "du",
    "fa",
    "fe",
    "fi",
    "fo",
    "ga",
    "go",
    "la",
    "le",
    "li",
    "lo",
    "ma",
    "me",
    "mi",
    "mo",
    "na",
    "ne",
    "no",
    "pa",
    "pe",
    "po",
    "ra",
    "re",
    "ri",
    "ro",
    "sa",
    "se",
    "si",
    "ta",
    "te",
    "ti",
    "to",
    "va",
    "ve",
    "vi",
    "vo",
]
WORDS = 40_000


def _vocabulary() -> list[str]:
    rng = random.Random(1)
    made: dict[str, None] = {}
    while len(made) < WORDS:
        made["".join(rng.choices(_SYLLABLES, k=rng.randint(2, 5)))] = None
    return list(made)


_WORDS = _vocabulary()
_WEIGHTS = list(accumulate(1 / (rank + 3) for rank in range(WORDS)))


def words(rng: random.Random, count: int) -> list[str]:
    return rng.choices(_WORDS, cum_weights=_WEIGHTS, k=count)


def paragraph(rng: random.Random) -> str:
    return ". ".join(" ".join(words(rng, rng.randint(6, 18))).capitalize() for _ in range(rng.randint(3, 7))) + "."
