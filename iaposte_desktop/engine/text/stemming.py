"""Snowball stems of French and English words, folded."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

import Stemmer

from iaposte_desktop.engine.text.words import fold

LANGUAGES: Final = ("fr", "en")
_ALGORITHMS: Final = {"fr": "french", "en": "english"}


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    return fold(_stemmer(language).stemWord(word))


def stems(word: str) -> tuple[str, ...]:
    """In every language, without repetition: a query needs no language detector."""
    return tuple(dict.fromkeys(stem(word, language) for language in LANGUAGES))


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(_ALGORITHMS[language], 0)
