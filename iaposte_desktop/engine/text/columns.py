"""The columns of the index, as space-separated tokens: folded words, and folded stems."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import filterfalse
from typing import Final

from iaposte_desktop.engine.text.known_words import KnownWords
from iaposte_desktop.engine.text.language import language_of
from iaposte_desktop.engine.text.stemming import LANGUAGES, stemmer
from iaposte_desktop.engine.text.stop_words import STOP_WORDS
from iaposte_desktop.engine.text.words import fold, normalise, split_compounds, split_words

_FOLDED: Final = KnownWords(fold)
_STEMMED: Final = {language: KnownWords(stemmer(language)) for language in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Columns:
    words: str
    stems: str


def columns(text: str, language: str) -> Columns:
    """`language` stems the text, unless its own small words say that it is in the other one."""
    normalised = normalise(text)
    everything = split_words(normalised)
    telling = list(filterfalse(STOP_WORDS.__contains__, everything))
    stemmed = _STEMMED[language_of(everything) or language]
    return Columns(
        words=" ".join([*map(_FOLDED.__getitem__, telling), *map(fold, split_compounds(normalised))]),
        stems=" ".join(map(stemmed.__getitem__, telling)),
    )
