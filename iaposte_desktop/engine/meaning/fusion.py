"""Two lists of one search, by words and by meaning, made one; see docs/decisions/0019-meaning-beside-words.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iaposte_desktop.engine.index.search import Hit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iaposte_desktop.engine.meaning.vectors import Nearest

LEAST_LIKENESS: Final = 0.25
"""Below it a chunk is as like the query as chunks are that have nothing to do with it."""

_RANK_DAMPING: Final = 60
_IMAGINED_CHUNKS: Final = 20
_IMAGINED_COSINE: Final = 0.2

Place = tuple[str, int]


def by_meaning(found: Mapping[str, Nearest]) -> list[Hit]:
    """Best first; `found` goes by store id. The score is the likeness, 0 to 1: how far a chunk's cosine is above the
    mean one, since what a cosine says is another thing with every model. In a store of a few chunks, which may all
    answer, others are imagined."""
    count = sum(each.count for each in found.values()) + _IMAGINED_CHUNKS
    total = sum(each.mean * each.count for each in found.values()) + _IMAGINED_COSINE * _IMAGINED_CHUNKS
    mean = total / count
    hits = [
        Hit(store_id, near.file_id, near.chunk, likeness)
        for store_id, each in found.items()
        for near in each.chunks
        if (likeness := min(1.0, (near.cosine - mean) / max(1e-6, 1 - mean))) >= LEAST_LIKENESS
    ]
    return sorted(hits, key=_best_first)


def fused(words: Sequence[Hit], meaning: Sequence[Hit], weight: float) -> list[Hit]:
    """Ordered by weighted reciprocal ranks, `weight` 0 to 1 being that of the meaning. The scores are the better one of
    each chunk's two, given out in that order: the best to the first."""
    ranks: dict[Place, float] = {}
    evidence: dict[Place, Hit] = {}
    for hits, share in ((words, 1 - weight), (meaning, weight)):
        for rank, hit in enumerate(hits, start=1):
            place = (hit.store_id, hit.chunk)
            ranks[place] = ranks.get(place, 0.0) + share / (_RANK_DAMPING + rank)
            if place not in evidence or evidence[place].score < hit.score:
                evidence[place] = hit
    scores = sorted((min(1.0, hit.score) for hit in evidence.values()), reverse=True)
    ordered = sorted(evidence.values(), key=lambda hit: (-ranks[hit.store_id, hit.chunk], *_best_first(hit)))
    return [Hit(hit.store_id, hit.file_id, hit.chunk, score) for hit, score in zip(ordered, scores, strict=True)]


def _best_first(hit: Hit) -> tuple[float, str, int]:
    return -hit.score, hit.store_id, hit.chunk
