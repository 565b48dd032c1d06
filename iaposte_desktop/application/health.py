"""The health of a store: what of its files needs a hand, and which questions of drafts it could not answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

from iaposte_desktop.application.questions import ANSWERABLE, Unanswered
from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.domain.file_attributes import is_stale, valid_until
from iaposte_desktop.domain.knowledge import FileStatus, VectorStoreFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from iaposte_desktop.application.knowledge import Knowledge
    from iaposte_desktop.application.questions import Questions
    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.likeness import Alike

SOON: Final = timedelta(days=30)
_NEW: Final = timedelta(days=30)
_MOST_CITED: Final = 10
_ASKED_AGAIN: Final = 50
_NO_TEXT: Final = frozenset({FileProblem.SCANNED, FileProblem.EMPTY})

Files: TypeAlias = tuple[VectorStoreFile, ...]


@dataclass(frozen=True, slots=True)
class HealthReport:
    """Of one moment. `failed` are those that failed for another reason than `without_text`. `soon_stale` are valid for
    another 30 days at most. `never_cited` leaves out files too new to tell. `duplicates` are groups, the newest file
    first."""

    store_id: str
    made_at: datetime
    failed: Files = ()
    without_text: Files = ()
    partly_scanned: Files = ()
    stale: Files = ()
    soon_stale: Files = ()
    duplicates: tuple[Files, ...] = ()
    unanswered: tuple[Unanswered, ...] = ()
    never_cited: Files = ()
    most_cited: Files = ()

    @property
    def findings(self) -> int:
        """What somebody could do something about; that a file was never cited may well be no fault of it."""
        kinds: tuple[Sequence[object], ...] = (
            self.failed,
            self.without_text,
            self.partly_scanned,
            self.stale,
            self.soon_stale,
            self.duplicates,
            self.unanswered,
        )
        return sum(map(len, kinds))


class StoreHealth:
    def __init__(self, knowledge: Knowledge, questions: Questions, alike: Alike, clock: Clock) -> None:
        self._knowledge = knowledge
        self._questions = questions
        self._alike = alike
        self._clock = clock

    async def report(self, store_id: str) -> HealthReport:
        """Raises NotFound, ProviderError."""
        files = await self._knowledge.files(store_id)
        now = self._clock()
        ready = [file for file in files if file.status is FileStatus.COMPLETED]
        failed = [file for file in files if file.status is FileStatus.FAILED]
        return HealthReport(
            store_id,
            now,
            failed=tuple(file for file in failed if not _is_without_text(file)),
            without_text=tuple(filter(_is_without_text, failed)),
            partly_scanned=tuple(file for file in ready if file.scanned_pages),
            stale=tuple(file for file in ready if is_stale(file.attributes, now.date())),
            soon_stale=tuple(file for file in ready if _is_soon_stale(file, now.date())),
            duplicates=await self._duplicates(ready),
            unanswered=await self._unanswered(store_id),
            never_cited=_never_cited(ready, now),
            most_cited=tuple(sorted((f for f in ready if f.citations), key=lambda f: -f.citations)[:_MOST_CITED]),
        )

    async def _duplicates(self, files: Sequence[VectorStoreFile]) -> tuple[Files, ...]:
        by_id = {file.id: file for file in files}
        groups = await asyncio.to_thread(self._alike, {file.id: file.signature for file in files if file.signature})
        return tuple(tuple(sorted((by_id[key] for key in group), key=_newest_first)) for group in groups)

    async def _unanswered(self, store_id: str) -> tuple[Unanswered, ...]:
        """Without those that the store's present files answer: on this machine each is asked again."""
        listed = await self._questions.unanswered(store_id)
        if (await self._knowledge.capabilities(store_id)).is_remote:
            return listed
        return tuple([each for each in listed[:_ASKED_AGAIN] if not await self._is_answered(store_id, each.query)])

    async def _is_answered(self, store_id: str, query: str) -> bool:
        return bool(await self._knowledge.search([store_id], query, limit=1, score_threshold=ANSWERABLE))


def _is_without_text(file: VectorStoreFile) -> bool:
    return file.error is not None and file.error.problem in _NO_TEXT


def _is_soon_stale(file: VectorStoreFile, today: date) -> bool:
    last = valid_until(file.attributes)
    return last is not None and today <= last <= today + SOON


def _never_cited(files: Iterable[VectorStoreFile], now: datetime) -> Files:
    """A file can be told to be idle once it is a month old, or others were cited since it came."""
    files = tuple(files)
    latest = max((file.last_cited_at for file in files if file.last_cited_at is not None), default=None)

    def is_old_enough(file: VectorStoreFile) -> bool:
        return file.created_at <= now - _NEW or (latest is not None and file.created_at < latest)

    return tuple(file for file in files if file.last_cited_at is None and is_old_enough(file))


def _newest_first(file: VectorStoreFile) -> float:
    return -(file.source_modified_at or file.created_at).timestamp()
