"""How well a sentence answers a question: bm25 of the question's stems over all candidate sentences, pairs of them
that stand together, what the neighbours and the title above score, all by how well the passage itself was found."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from iaposte_desktop.engine.model.candidates import Candidate
from iaposte_desktop.engine.model.terms import query_terms, stems_of, widened
from iaposte_desktop.engine.text.synonyms import no_synonyms

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from iaposte_desktop.engine.model.questions import Question
    from iaposte_desktop.engine.model.terms import Term
    from iaposte_desktop.engine.text.synonyms import SynonymsOf

CONTEXT_WEIGHT = 0.4
BIGRAM_WEIGHT = 0.5
NEIGHBOUR_WEIGHT = 0.25
TITLE_WEIGHT = 0.6
FIGURE_BONUS = 1.25
_K1 = 1.2
_B = 0.5

_ASKS_FOR_FIGURE = re.compile(
    r"\b(combien|quand|how (long|much|many|soon|often|old|big|far)|when"
    r"|(quels?|quelles?|what|which)( \w+)?( \w+)? (délais?|durée|prix|montants?|tarifs?|coût|dates?|horaires?|année|âge"
    r"|taille|nombre|hauteur|longueur|poids|price|cost|date|time|year|number|amount|size|weight|fee|hours)"
    r"|(délai|prix|tarif|coût|durée) (de|d'|d’|du|des|pour))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Scored:
    """`coverage` is the share of the question's own terms, weighted by rarity, that the candidate or its title holds,
    0 to 1; terms that no candidate holds weigh most."""

    candidate: Candidate
    stems: frozenset[str]
    score: float
    coverage: float


def score_candidates(
    candidates: Sequence[Candidate],
    question: Question,
    synonyms: SynonymsOf = no_synonyms,
) -> list[Scored]:
    """In the order given."""
    if not candidates:
        return []
    stems = [stems_of(candidate.quote, candidate.language) for candidate in candidates]
    titles = [stems_of(candidate.title, candidate.language) for candidate in candidates]
    asked = _Asked(question, stems, titles, synonyms)
    own = [asked.score(each) for each in stems]
    best_passage = max(candidate.source.passage.score for candidate in candidates) or 1.0
    scored = []
    for index, candidate in enumerate(candidates):
        neighbours = [
            own[near]
            for near in (index - 1, index + 1)
            if 0 <= near < len(own) and candidates[near].rank == candidate.rank
        ]
        score = own[index] + NEIGHBOUR_WEIGHT * max(neighbours, default=0.0)
        score += TITLE_WEIGHT * asked.score(titles[index])
        score *= (candidate.source.passage.score / best_passage) ** 2
        if asked.wants_figure and any(character.isdigit() for character in candidate.quote):
            score *= FIGURE_BONUS
        held = frozenset(stems[index])
        scored.append(Scored(candidate, held, score, asked.coverage(held.union(titles[index]))))
    return scored


class _Asked:
    """The terms of a question, weighed by how few of the candidates hold them."""

    def __init__(
        self,
        question: Question,
        stems: Sequence[Sequence[str]],
        titles: Sequence[Sequence[str]],
        synonyms: SynonymsOf,
    ) -> None:
        self.wants_figure = bool(_ASKS_FOR_FIGURE.search(question.text))
        vocabulary = {stem for each in (*stems, *titles) for stem in each}
        self._own, added = (
            tuple(widened(term, vocabulary) for term in query_terms(words, synonyms))
            for words in (question.keywords or question.context, question.context)
        )
        self._terms = dict.fromkeys(added, CONTEXT_WEIGHT) | dict.fromkeys(self._own, 1.0)
        self._rarity = _rarities(self._terms, [frozenset(each) for each in stems])
        self._average = sum(map(len, stems)) / len(stems) or 1.0

    def score(self, stems: Sequence[str]) -> float:
        counts = Counter(stems)
        damping = _K1 * (1 - _B + _B * len(stems) / self._average)
        total = 0.0
        for term, weight in self._terms.items():
            frequency = sum(counts[stem] for stem in term)
            total += weight * self._rarity[term] * frequency * (_K1 + 1) / (frequency + damping)
        pairs = set(pairwise(stems))
        for left, right in pairwise(self._own):
            if any((one, two) in pairs for one in left for two in right):
                total += BIGRAM_WEIGHT * (self._rarity[left] + self._rarity[right])
        return total

    def coverage(self, stems: Collection[str]) -> float:
        total = sum(self._rarity[term] for term in self._own)
        return (
            sum(self._rarity[term] for term in self._own if any(stem in stems for stem in term)) / total
            if total
            else 0.0
        )


def _rarities(terms: Mapping[Term, float], held: Sequence[frozenset[str]]) -> dict[Term, float]:
    rarities = {}
    for term in terms:
        count = sum(not term.isdisjoint(stems) for stems in held)
        rarities[term] = math.log(1 + (len(held) - count + 0.5) / (count + 0.5))
    return rarities
