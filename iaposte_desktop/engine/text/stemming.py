"""Snowball stems of French and English words, folded."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

import Stemmer

from iaposte_desktop.engine.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Callable

LANGUAGES: Final = ("fr", "en")
_ALGORITHMS: Final = {"fr": "french", "en": "english"}


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    return stemmer(language)(word)


def stems(word: str) -> tuple[str, ...]:
    """In every language, without repetition: a query needs no language detector."""
    return tuple(dict.fromkeys(stem(word, language) for language in LANGUAGES))


@cache
def stemmer(language: str) -> Callable[[str], str]:
    """Word → stem, not remembered."""
    stem_word = Stemmer.Stemmer(_ALGORITHMS[language], 0).stemWord
    return lambda word: fold(stem_word(word))


def share_a_stem(word: str, other: str) -> bool:
    """In any of the languages."""
    return not set(stems(word)).isdisjoint(stems(other))
