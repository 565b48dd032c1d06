"""How a search is done, what a store must find, and what it did not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """`spelling`: words that are in no file are taken for the nearest ones. `synonyms`: words of the user's list stand
    for one another. `meaning` is the weight, 0 to 1, of what embeddings find, where the store has them. `per_file` is
    how many passages of one file are shown."""

    spelling: bool = True
    synonyms: bool = True
    meaning: float = 0.5
    per_file: int = 3


DEFAULT_SEARCH: Final = SearchSettings()


class MatchKind(StrEnum):
    """How a word of a passage answers a word of a query: it is the same, has the same stem, stands for it, or is what
    it was taken for."""

    EXACT = "exact"
    STEM = "stem"
    SYNONYM = "synonym"
    SPELLING = "spelling"


@dataclass(frozen=True, slots=True)
class Match:
    """Characters `start` to `end` (excluded) of a passage's text answer `word` of the query."""

    start: int
    end: int
    kind: MatchKind
    word: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a passage was found. `matches` are in the order of the text and do not overlap. `words` is its score by words
    alone, 0 to 1; `meaning` its likeness by embeddings, None where it has none."""

    matches: tuple[Match, ...]
    words: float
    meaning: float | None = None


@dataclass(frozen=True, slots=True)
class SearchTest:
    """ "This query must find this file." `file_name` and not its id, so that a newer version of the file counts. `rank`
    counts from 1 over files; it is None where the file was not among the first ten when the test was last run."""

    id: str
    store_id: str
    query: str
    file_name: str
    created_at: datetime
    run_at: datetime | None = None
    rank: int | None = None

    @property
    def has_passed(self) -> bool:
        return self.rank is not None


@dataclass(frozen=True, slots=True)
class Question:
    """What a run searched for while it drafted, and how well it was answered: `best_score` is 0 where nothing was
    found."""

    id: str
    asked_at: datetime
    query: str
    store_ids: tuple[str, ...]
    thread_id: str
    passages: int
    best_score: float
