"""Which sentences of the passages found answer a question, if any do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from iaposte_desktop.engine.model.candidates import Candidate, candidates
from iaposte_desktop.engine.model.scoring import Scored, score_candidates
from iaposte_desktop.engine.model.terms import language_of_text, stems_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from iaposte_desktop.domain.citations import Source
    from iaposte_desktop.engine.model.questions import Question

LOWEST_PASSAGE_SCORE = 0.2
LOWEST_CERTAINTY = 0.6
WORTH_ADDING = 0.6
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
) -> Evidence:
    """About `sentences` candidates from the best passages, in the order of those (one more where a sentence refers to
    the one before it); none where nothing found is about the question. What was `quoted` is not chosen again, and what is like it only where it is much better."""
    scored = _answering(question, sources, language)
    taken = [frozenset(stems_of(candidate.quote, candidate.language)) for candidate in quoted]
    chosen: list[Scored] = []
    spoken = ""
    best = max(scored, key=lambda each: each.score, default=None)
    needed = best.score * WORTH_ADDING * best.coverage**2 if best else 0.0
    rest = scored
    while rest and len(chosen) < sentences:
        value, following = max(((_value(each, taken), each) for each in rest), key=lambda pair: pair[0])
        if value <= needed:
            break
        spoken = spoken or following.candidate.language
        basis = [each for each in rest if following.candidate.leans_on(each.candidate)]
        chosen += [following, *basis]
        taken += [each.stems for each in (following, *basis)]
        rest = [each for each in rest if each not in chosen and each.candidate.language == spoken]
    in_order = sorted((each.candidate for each in chosen), key=lambda each: (each.rank, each.start))
    return Evidence(tuple(in_order), spoken, is_repeated=bool(scored) and not chosen)


def _answering(question: Question, sources: Sequence[Source], language: str) -> list[Scored]:
    """Candidates worth a look, scored; none where the passages or their sentences are about something else."""
    relevant = [source for source in sources if source.passage.score >= LOWEST_PASSAGE_SCORE]
    if not relevant:
        return []
    relevant.sort(key=lambda source: _preference(source, language), reverse=True)
    offered = [candidate for rank, source in enumerate(relevant) for candidate in candidates(source, rank, language)]
    scored = [each for each in score_candidates(offered, question) if each.candidate.rank < MOST_PASSAGES]
    certainty = max((each.coverage for each in scored), default=0.0) + max(each.passage.score for each in relevant)
    if certainty < LOWEST_CERTAINTY:
        return []
    return [
        each if each.candidate.language == language else replace(each, score=OTHER_LANGUAGE * each.score)
        for each in scored
        if each.coverage > 0
    ]


def _preference(source: Source, language: str) -> float:
    is_other = (language_of_text(source.passage.text) or language) != language
    return source.passage.score * (OTHER_LANGUAGE if is_other else 1.0)


def _value(scored: Scored, taken: Sequence[frozenset[str]]) -> float:
    """Maximal marginal relevance: the score, less for what says the same as something taken."""
    likeness = max((len(scored.stems & stems) / len(scored.stems | stems) for stems in taken if stems), default=0.0)
    return 0.0 if likeness == 1 else scored.score * (1 - REPETITION * likeness)
