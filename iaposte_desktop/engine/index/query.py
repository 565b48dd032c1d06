"""A typed query as groups of index terms: one group for each word and what may stand for it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from iaposte_desktop.domain.search import MatchKind
from iaposte_desktop.engine.text.stemming import LANGUAGES, share_a_stem, stem, stems
from iaposte_desktop.engine.text.stop_words import STOP_WORDS
from iaposte_desktop.engine.text.synonyms import no_synonyms
from iaposte_desktop.engine.text.words import fold, normalise, split_compounds, split_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from iaposte_desktop.engine.index.reader import Term
    from iaposte_desktop.engine.text.synonyms import SynonymsOf

MOST_WORDS = 64
SYNONYM_WEIGHT = 0.6


@dataclass(frozen=True, slots=True)
class Alternative:
    """Terms that count together when a chunk has them: a word and its stems. `kind` says how the word came to stand for
    what was typed."""

    word: str | None
    stems: tuple[str, ...]
    kind: MatchKind = MatchKind.EXACT

    @property
    def weight(self) -> float:
        return SYNONYM_WEIGHT if self.kind is MatchKind.SYNONYM else 1.0

    @property
    def terms(self) -> Iterator[Term]:
        if self.word is not None:
            yield "words", self.word
        for token in self.stems:
            yield "stems", token


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A word of the query; of its alternatives the one that scores best in a chunk counts."""

    text: str
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """`bigrams` holds, for each pair of neighbours, its forms in the languages."""

    words: tuple[QueryWord, ...]
    bigrams: tuple[tuple[str, ...], ...]

    def terms(self) -> tuple[Term, ...]:
        found = dict.fromkeys(
            term for word in self.words for alternative in word.alternatives for term in alternative.terms
        )
        return (*found, *dict.fromkeys(("bigrams", form) for forms in self.bigrams for form in forms))

    def sought(self) -> tuple[Term, ...]:
        """The terms that find every chunk with any word of the query: where a word is, one of its stems is too, and
        where a pair is, both."""
        stemmed = {
            ("words", alternative.word) for word in self.words for alternative in word.alternatives if alternative.stems
        }
        return tuple(term for term in self.terms() if term[0] != "bigrams" and term not in stemmed)


def as_typed(word: str) -> tuple[str, ...]:
    return (word,)


def parse_query(
    text: str,
    repaired: Callable[[str], tuple[str, ...]] = as_typed,
    synonyms: SynonymsOf = no_synonyms,
) -> Query:
    """`repaired` gives the words that a typed word probably is, `synonyms` those that stand for it. An empty query has
    no words."""
    normalised = normalise(text)
    everything = split_words(normalised)
    telling = [word for word in everything if word not in STOP_WORDS] or everything
    compounds = dict.fromkeys(map(fold, split_compounds(normalised)))
    typed = [(word, repaired(word)) for word in telling]
    words = [
        *(QueryWord(word, _alternatives(word, readings, synonyms)) for word, readings in dict(typed).items()),
        *(QueryWord(compound, (Alternative(compound, ()),)) for compound in compounds),
    ]
    return Query(tuple(words[:MOST_WORDS]), _bigrams([readings[0] for _, readings in typed][:MOST_WORDS]))


def _alternatives(typed: str, readings: tuple[str, ...], synonyms: SynonymsOf) -> tuple[Alternative, ...]:
    read = [Alternative(fold(word), stems(word), _kind(word, typed)) for word in readings]
    other = [
        Alternative(fold(word), stems(word), MatchKind.SYNONYM)
        for reading in readings
        for synonym in synonyms(reading)
        for word in split_words(synonym)[:1]
    ]
    return (*read, *other)


def _kind(word: str, typed: str) -> MatchKind:
    if word == typed:
        return MatchKind.EXACT
    return MatchKind.STEM if share_a_stem(word, typed) else MatchKind.SPELLING


def _bigrams(words: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(dict.fromkeys(f"{stem(left, language)}_{stem(right, language)}" for language in LANGUAGES))
        for left, right in dict.fromkeys(pairwise(words))
    )
