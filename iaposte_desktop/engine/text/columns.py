"""The three columns of the index, as space-separated tokens: folded words, folded stems, bigrams of stems."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from iaposte_desktop.engine.text.language import language_of
from iaposte_desktop.engine.text.stemming import stem
from iaposte_desktop.engine.text.stop_words import STOP_WORDS
from iaposte_desktop.engine.text.words import fold, normalise, split_compounds, split_words


@dataclass(frozen=True, slots=True)
class Columns:
    """Bigrams are not kept: `bigrams(stems)` makes them."""

    words: str
    stems: str


def columns(text: str, language: str) -> Columns:
    """`language` stems the text, unless its own small words say that it is in the other one."""
    normalised = normalise(text)
    everything = split_words(normalised)
    telling = [word for word in everything if word not in STOP_WORDS]
    language = language_of(everything) or language
    return Columns(
        words=" ".join([*map(fold, telling), *map(fold, split_compounds(normalised))]),
        stems=" ".join([stem(word, language) for word in telling]),
    )


def bigrams(stems: str) -> str:
    return " ".join([f"{left}_{right}" for left, right in pairwise(stems.split(" "))])
