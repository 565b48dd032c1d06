"""How a search is done, what a store must find, and what it did not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
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
