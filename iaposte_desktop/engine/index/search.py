"""Searching several indexes as if they were one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from iaposte_desktop.engine.index.query import as_typed, parse_query
from iaposte_desktop.engine.index.scoring import Scorer, Statistics
from iaposte_desktop.engine.index.typos import nearest_words
from iaposte_desktop.engine.text.stemming import share_a_stem, stems
from iaposte_desktop.engine.text.synonyms import no_synonyms
from iaposte_desktop.engine.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from iaposte_desktop.domain.search import SearchSettings
    from iaposte_desktop.engine.index.query import Query
    from iaposte_desktop.engine.index.reader import IndexReader, Term
    from iaposte_desktop.engine.text.synonyms import SynonymsOf

CANDIDATES = 100
_COMMON_SHARE = 0.2
_FEW_POSTINGS = 20_000
_POSTINGS_BUDGET = 300_000


@dataclass(frozen=True, slots=True)
class Hit:
    store_id: str
    file_id: str
    chunk: int
    score: float


def query_for(
    readers: Sequence[IndexReader],
    text: str,
    settings: SearchSettings,
    synonyms: SynonymsOf,
) -> Query:
    """As these indexes are asked. On the reader thread."""
    return parse_query(
        text,
        (lambda word: _readings(word, readers)) if settings.spelling else as_typed,
        synonyms if settings.synonyms else no_synonyms,
    )


def search_indexes(
    readers: Mapping[str, IndexReader],
    text: str,
    files: Mapping[str, Collection[str]] | None,
    settings: SearchSettings,
    synonyms: SynonymsOf = no_synonyms,
) -> list[Hit]:
    """Best first. `readers` and `files` go by store id; `files` None means all. On the reader thread."""
    indexes = tuple(readers.values())
    query = query_for(indexes, text, settings, synonyms)
    terms = query.terms()
    statistics = _statistics(indexes, terms)
    scorer = Scorer(query, statistics)
    sought = _affordable(query.sought(), statistics)
    if not sought:
        return []
    hits = [
        Hit(store_id, candidate.file_id, candidate.chunk, scorer.score(candidate.columns))
        for store_id, reader in readers.items()
        for candidate in reader.candidates(sought, CANDIDATES, None if files is None else files.get(store_id, ()))
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.store_id, hit.chunk))


def _readings(word: str, readers: Sequence[IndexReader]) -> tuple[str, ...]:
    """The word itself where any chunk holds it. One of which only the stem is there is read as the nearest words of
    that stem: `remboursment` and `remboursement` share it, and by the stem alone it would count by half."""
    if _is_held(("words", fold(word)), readers):
        return (word,)
    near = nearest_words(word, readers)
    if any(_is_held(("stems", token), readers) for token in stems(word)):
        near = tuple(each for each in near if share_a_stem(each, word))
    return near or (word,)


def _is_held(term: Term, readers: Sequence[IndexReader]) -> bool:
    return any(reader.chunks_with([term])[term] for reader in readers)


def _statistics(readers: Iterable[IndexReader], terms: Sequence[Term]) -> Statistics:
    chunks = tokens = 0
    counts: Counter[Term] = Counter()
    for reader in readers:
        of_reader = reader.size()
        chunks += of_reader[0]
        tokens += of_reader[1]
        counts.update(reader.chunks_with(terms))
    return Statistics(chunks, tokens, counts)


def _affordable(terms: Sequence[Term], statistics: Statistics) -> list[Term]:
    """The terms to look chunks up by, rarest first: common ones add time and say little. All count in the score."""
    found = sorted((count, term) for term in terms if (count := statistics.chunks_with[term]))
    if sum(count for count, _ in found) <= _FEW_POSTINGS:
        return [term for _, term in found]
    telling = [(count, term) for count, term in found if count <= _COMMON_SHARE * statistics.chunks] or found
    kept: list[Term] = []
    postings = 0
    for count, term in telling:
        postings += count
        if kept and postings > _POSTINGS_BUDGET:
            break
        kept.append(term)
    return kept
