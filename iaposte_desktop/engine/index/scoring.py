"""How well a chunk answers a query: its bm25 over that of a chunk of average length that holds every word of the query
several times. Counts are taken over all stores that are searched, so that scores of different stores compare."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from iaposte_desktop.engine.index.reader import Term
from iaposte_desktop.engine.index.staged import token_count

if TYPE_CHECKING:
    from iaposte_desktop.engine.index.query import Alternative, Query
    from iaposte_desktop.engine.text.columns import Columns

_K1 = 1.2
_B = 0.75
_BIGRAM_WEIGHT = 0.5
_IMAGINED_CHUNKS = 20


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of all searched stores together."""

    chunks: int
    tokens: int
    chunks_with: Mapping[Term, int]

    def rarity(self, term: Term) -> float:
        """Inverse document frequency, above 0 also for a term that is in every chunk. In a store of a few chunks a word
        that is there would count for next to nothing beside one that is not: as many others are imagined."""
        count = self.chunks_with.get(term, 0)
        return math.log(1 + (self.chunks + _IMAGINED_CHUNKS - count + 0.5) / (count + 0.5))


class Scorer:
    def __init__(self, query: Query, statistics: Statistics) -> None:
        self._query = query
        self._average = statistics.tokens / max(1, statistics.chunks)
        self._rarity = {term: statistics.rarity(term) for term in query.terms()}
        self._words = frozenset(token for column, token in query.terms() if column == "words")
        self._stems = frozenset(token for column, token in query.terms() if column == "stems")
        self._pairs = {tuple(form.split("_")): form for forms in query.bigrams for form in forms}
        self._best = self._best_possible()

    def score(self, columns: Columns) -> float:
        """May be above 1 for a chunk that holds the words more than once."""
        if not self._best:
            return 0.0
        all_stems = columns.stems.split(" ")
        words = Counter(filter(self._words.__contains__, columns.words.split(" ")))
        stems = Counter(filter(self._stems.__contains__, all_stems))
        pairs = Counter(self._pairs[pair] for pair in pairwise(all_stems) if pair in self._pairs)
        damping = _K1 * (1 - _B + _B * token_count(columns) / self._average)
        total = sum(
            max(self._of_alternative(alternative, words, stems, damping) for alternative in word.alternatives)
            for word in self._query.words
        ) + sum(
            max(self._of_term(("bigrams", form), _BIGRAM_WEIGHT * pairs[form], damping) for form in forms)
            for forms in self._query.bigrams
        )
        return total / self._best

    def _of_alternative(
        self, alternative: Alternative, words: Counter[str], stems: Counter[str], damping: float
    ) -> float:
        of_word = (
            0.0
            if alternative.word is None
            else self._of_term(("words", alternative.word), words[alternative.word], damping)
        )
        of_stems = (self._of_term(("stems", token), stems[token], damping) for token in alternative.stems)
        return alternative.weight * (of_word + max(of_stems, default=0.0))

    def _of_term(self, term: Term, frequency: float, damping: float) -> float:
        return self._rarity[term] * frequency * (_K1 + 1) / (frequency + damping)

    def _best_possible(self) -> float:
        return sum(
            max(
                self._of_alternative(alternative, _FULL, _FULL, _K1)
                for alternative in word.alternatives
                if alternative.weight == 1
            )
            for word in self._query.words
        )


class _EveryWord(Counter[str]):
    """Chosen so that 0.25 to 0.3 parts questions that the files answer from those that they do not."""

    def __missing__(self, key: str) -> int:
        return 3


_FULL = _EveryWord()
