"""Which words of a text answer which words of a query, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.search import Match, MatchKind
from iaposte_desktop.engine.text.stemming import stems
from iaposte_desktop.engine.text.words import COMPOUND, WORD, fold, normalise

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from iaposte_desktop.engine.index.query import Query

_ORDER: Final = (MatchKind.EXACT, MatchKind.STEM, MatchKind.SPELLING, MatchKind.SYNONYM)
_Way = tuple[MatchKind, str]


def matches_in(text: str, query: Query) -> tuple[Match, ...]:
    """Offsets are those of `text` as it is. A word that answers several words of the query is told once, by the
    straightest way."""
    words, by_stem = _ways(query)
    found = [*_matches(COMPOUND, text, words, {}), *_matches(WORD, text, words, by_stem)]
    end = 0
    kept = []
    # A compound before the words that it is made of.
    for match in sorted(found, key=lambda match: (match.start, -match.end)):
        if match.start >= end:
            kept.append(match)
            end = match.end
    return tuple(kept)


def _ways(query: Query) -> tuple[dict[str, _Way], dict[str, _Way]]:
    """What each folded word, and each stem, answers."""
    words: dict[str, _Way] = {}
    by_stem: dict[str, _Way] = {}
    for query_word in query.words:
        for alternative in query_word.alternatives:
            way = (alternative.kind, query_word.text)
            if alternative.word is not None:
                _keep_straightest(words, alternative.word, way)
            kind = MatchKind.STEM if alternative.kind is MatchKind.EXACT else alternative.kind
            for stem in alternative.stems:
                _keep_straightest(by_stem, stem, (kind, query_word.text))
    return words, by_stem


def _keep_straightest(ways: dict[str, _Way], token: str, way: _Way) -> None:
    ways[token] = min(ways.get(token, way), way, key=_straightness)


def _straightness(way: _Way) -> int:
    return _ORDER.index(way[0])


def _matches(pattern: re.Pattern[str], text: str, words: dict[str, _Way], by_stem: dict[str, _Way]) -> Iterator[Match]:
    for found in pattern.finditer(text):
        word = normalise(found[0])
        ways = [words.get(fold(word)), *(by_stem.get(stem) for stem in stems(word))]
        way = min((each for each in ways if each is not None), key=_straightness, default=None)
        if way is not None:
            yield Match(found.start(), found.end(), *way)
