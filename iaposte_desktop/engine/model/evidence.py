"""Which sentences of the passages found answer a question, if any do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from iaposte_desktop.engine.model.candidates import Candidate, candidates
from iaposte_desktop.engine.model.scoring import Scored, score_candidates
from iaposte_desktop.engine.model.terms import language_of_text, stems_of
from iaposte_desktop.engine.text.synonyms import no_synonyms

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from iaposte_desktop.domain.citations import Source
    from iaposte_desktop.engine.model.questions import Question
    from iaposte_desktop.engine.text.synonyms import SynonymsOf

LOWEST_PASSAGE_SCORE = 0.2
LOWEST_CERTAINTY = 0.5
"""Of the best passage's score and the best sentence's coverage together: neither tells enough alone."""
WORTH_ADDING = 0.6
"""Share of the best score from which another sentence is worth reading, where the best one covers the question."""
REPETITION = 0.6
MOST_PASSAGES = 3
OTHER_LANGUAGE = 0.8


@dataclass(frozen=True, slots=True)
class Evidence:
    """`candidates` are all in `language`. None of them: `is_repeated` says whether what answers was quoted before."""

    candidates: tuple[Candidate, ...] = ()
    language: str = ""
    is_repeated: bool = False


def choose(
    question: Question,
    sources: Sequence[Source],
    *,
    sentences: int,
    language: str,
    quoted: Collection[Candidate] = (),
    synonyms: SynonymsOf = no_synonyms,
) -> Evidence:
    """The best sentences of `sources`, in the order of those, or none where nothing found is about the question.
    What was `quoted` is not chosen again, and what is like it only where it is much better."""
    relevant = [source for source in sources if source.passage.score >= LOWEST_PASSAGE_SCORE]
    scored = score_sources(question, relevant, language, synonyms)
    if not scored or scored[0].coverage + max(source.passage.score for source in relevant) < LOWEST_CERTAINTY:
        return Evidence()
    best = max(scored, key=lambda each: each.score)
    chosen = pick(scored, sentences, least=best.score * WORTH_ADDING * best.coverage**2, quoted=quoted)
    if not chosen:
        return Evidence(is_repeated=True)
    in_order = sorted(chosen, key=lambda each: (each.rank, each.start))
    return Evidence(tuple(in_order), in_order[0].language)


def score_sources(
    question: Question,
    sources: Sequence[Source],
    language: str,
    synonyms: SynonymsOf = no_synonyms,
) -> list[Scored]:
    """The sentences of the best passages that hold words of the question, those that hold most of them first."""
    preferred = sorted(sources, key=lambda source: _preference(source, language), reverse=True)
    offered = [candidate for rank, source in enumerate(preferred) for candidate in candidates(source, rank, language)]
    scored = [
        each if each.candidate.language == language else replace(each, score=OTHER_LANGUAGE * each.score)
        for each in score_candidates(offered, question, synonyms)
        if each.candidate.rank < MOST_PASSAGES and each.coverage > 0
    ]
    return sorted(scored, key=lambda each: each.coverage, reverse=True)


def pick(
    scored: Sequence[Scored], sentences: int, *, least: float = 0.0, quoted: Collection[Candidate] = ()
) -> list[Candidate]:
    """The best first, each worth more than `least`, all in the language of the first, none saying again what another
    says. One more than `sentences` where a sentence refers to the one before it."""
    taken = [_stems(candidate) for candidate in quoted]
    rest = list(scored)
    chosen: list[Candidate] = []
    while rest and len(chosen) < sentences:
        value, best = max(((_value(each, taken), each.candidate) for each in rest), key=lambda pair: pair[0])
        if value <= least:
            break
        added = [best, best.before] if best.before and best.before not in (*chosen, *quoted) else [best]
        chosen += added
        taken += map(_stems, added)
        rest = [each for each in rest if each.candidate not in chosen and each.candidate.language == chosen[0].language]
    return chosen


def _stems(candidate: Candidate) -> frozenset[str]:
    return frozenset(stems_of(candidate.quote, candidate.language))


def _preference(source: Source, language: str) -> float:
    is_other = (language_of_text(source.passage.text) or language) != language
    return source.passage.score * (OTHER_LANGUAGE if is_other else 1.0)


def _value(scored: Scored, taken: Sequence[frozenset[str]]) -> float:
    """Maximal marginal relevance: the score, less for what says the same as something taken."""
    likeness = max((len(scored.stems & stems) / len(scored.stems | stems) for stems in taken if stems), default=0.0)
    return 0.0 if likeness == 1 else scored.score * (1 - REPETITION * likeness)
