"""What a question asks about, as stems, and the stems of the sentences that may answer it.

A term is a set of stems, any of which a sentence may hold: the question's words and their synonyms are stemmed in
both languages, a sentence in its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from iaposte_desktop.engine.text.edit_distance import damerau
from iaposte_desktop.engine.text.language import language_of
from iaposte_desktop.engine.text.stemming import stem, stems
from iaposte_desktop.engine.text.stop_words import STOP_WORDS
from iaposte_desktop.engine.text.synonyms import no_synonyms
from iaposte_desktop.engine.text.words import normalise, split_words

if TYPE_CHECKING:
    from collections.abc import Collection

    from iaposte_desktop.engine.text.synonyms import SynonymsOf

Term: TypeAlias = frozenset[str]

_SHORTEST = 5
_LONGEST_ENDING = 3
_TWO_ERRORS_FROM = 8


def language_of_text(text: str) -> str | None:
    """`fr`, `en`, or None where the small words do not tell."""
    return language_of(split_words(normalise(text)))


def telling_words(text: str) -> list[str]:
    return [word for word in split_words(normalise(text)) if word not in STOP_WORDS]


def query_terms(text: str, synonyms: SynonymsOf = no_synonyms) -> tuple[Term, ...]:
    """The telling words of a question in order, each once."""
    return tuple(dict.fromkeys(_term(word, synonyms) for word in telling_words(text)))


def stems_of(text: str, language: str) -> tuple[str, ...]:
    """The telling words of a text in order; `language` is used where the text does not tell its own."""
    words = split_words(normalise(text))
    chosen = language_of(words) or language
    return tuple([stem(word, chosen) for word in words if word not in STOP_WORDS])


def widened(term: Term, vocabulary: Collection[str]) -> Term:
    """With the stems of the vocabulary that are of its family (`ouvert`, `ouvertur`), else, where none of its own is
    there either, with those one or two typing errors away."""
    related = {known for own in term for known in vocabulary if _are_related(own, known)}
    if related or not term.isdisjoint(vocabulary):
        return term | related
    return term | {known for own in term for known in vocabulary if _is_misspelt(own, known)}


def _are_related(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _SHORTEST and len(longer) - len(shorter) <= _LONGEST_ENDING and longer.startswith(shorter)


def _is_misspelt(own: str, known: str) -> bool:
    limit = 2 if len(own) >= _TWO_ERRORS_FROM else 1
    return len(own) >= _SHORTEST and own.isalpha() and damerau(own, known, limit) <= limit


def _term(word: str, synonyms: SynonymsOf) -> Term:
    others = (other for synonym in synonyms(word) for other in split_words(synonym)[:1])
    return frozenset(form for each in (word, *others) for form in stems(each))
