"""What drafts searched for, and how well they were answered: where a store's next file is needed."""

from __future__ import annotations

import logging
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.errors import StorageError
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.runs import StepKind, StepStatus
from iaposte_desktop.domain.search import Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.repositories import QuestionRepository
    from iaposte_desktop.domain.runs import Run, RunStep

ANSWERABLE: Final = 0.3
"""The best score below which what was found is about something else, as measured."""

_KEPT: Final = timedelta(days=90)
_LOOKED_BACK: Final = timedelta(weeks=4)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The same question, as it was last asked. `best_score` is 0 where nothing was found."""

    query: str
    times: int
    asked_at: datetime
    best_score: float
    thread_id: str


class Questions:
    def __init__(self, repository: QuestionRepository, clock: Clock) -> None:
        self._repository = repository
        self._clock = clock

    async def note(self, run: Run, store_ids: Sequence[str]) -> None:
        """The finished searches of a run that has ended, a server's own among them. Never fails: a draft is worth more
        than its statistics."""
        try:
            for step in run.steps:
                if (question := _question(step, run, store_ids)) is not None:
                    await self._repository.add(question)
        except StorageError as error:
            log.warning("the searches of %s were not noted: %s", run.id, error.code)

    async def forget_old(self) -> None:
        await self._repository.delete_before(self._clock() - _KEPT)

    async def unanswered(self, store_id: str) -> tuple[Unanswered, ...]:
        """Of the last four weeks, those not answered well when they were last asked; most often asked first."""
        same: dict[str, list[Question]] = {}
        for question in await self._repository.since(self._clock() - _LOOKED_BACK):
            if store_id in question.store_ids and (key := _key(question.query)):
                same.setdefault(key, []).append(question)
        found = [_together(asked) for asked in same.values() if asked[0].best_score < ANSWERABLE]
        return tuple(sorted(found, key=lambda each: -each.times))


def _together(asked: Sequence[Question]) -> Unanswered:
    """`asked`: newest first."""
    last = asked[0]
    return Unanswered(last.query, len(asked), last.asked_at, last.best_score, last.thread_id)


def _question(step: RunStep, run: Run, store_ids: Sequence[str]) -> Question | None:
    """None where the step is no search, or it is not known what it found."""
    query, passages, score = (step.detail.get(key) for key in ("query", "passages", "best_score"))
    is_over = step.kind is StepKind.SEARCH and step.status is StepStatus.COMPLETED
    if not (is_over and isinstance(query, str) and isinstance(passages, int) and isinstance(score, (int, float))):
        return None
    return Question(new_id("question"), step.started_at, query, tuple(store_ids), run.thread_id, passages, float(score))


def _key(query: str) -> str:
    """The words alone: case, accents and punctuation make no other question."""
    decomposed = unicodedata.normalize("NFKD", query.casefold())
    return " ".join(re.findall(r"\w+", "".join(each for each in decomposed if not unicodedata.combining(each))))
