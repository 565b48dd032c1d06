"""The threads as a list under four headings that fold: To answer, Drafted, Sent, Closed.

Every row is as high as every other, so that ten thousand of them cost no layout. What is searched is folded once a
thread; a change that moves no row repaints only the rows it touches.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from iaposte_desktop.domain.threads import ThreadStatus, ThreadSummary
from iaposte_desktop.qt.lib.foreign_text import visible
from iaposte_desktop.qt.lib.times import relative_time
from iaposte_desktop.qt.threads.badges import Badge, badge_of, badge_text
from iaposte_desktop.qt.threads.filtering import haystack, words_of
from iaposte_desktop.qt.threads.texts import customer_text, status_text, subject_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

Index: TypeAlias = QModelIndex | QPersistentModelIndex

SECTIONS: Final = tuple(ThreadStatus)
_ROOT: Final = QModelIndex()


class ThreadRole(IntEnum):
    ROW = Qt.ItemDataRole.UserRole + 1
    THREAD_ID = Qt.ItemDataRole.UserRole + 2
    BADGE = Qt.ItemDataRole.UserRole + 3


@dataclass(frozen=True, slots=True)
class SectionRow:
    """`count` is of the threads that the filter lets through."""

    status: ThreadStatus
    count: int
    is_expanded: bool


Row: TypeAlias = SectionRow | ThreadSummary


class ThreadListModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sections: dict[ThreadStatus, list[ThreadSummary]] = {status: [] for status in SECTIONS}
        self._haystacks: dict[str, tuple[ThreadSummary, str]] = {}
        self._words: tuple[str, ...] = ()
        self._collapsed = {ThreadStatus.SENT, ThreadStatus.CLOSED}
        self._writing: frozenset[str] = frozenset()
        self._rows: list[Row] = []
        self._positions: dict[str, int] = {}

    def set_summaries(self, summaries: Iterable[ThreadSummary]) -> None:
        self._sections = {status: [] for status in SECTIONS}
        for summary in summaries:
            self._sections[summary.thread.status].append(summary)
        self._refresh()

    def set_filter(self, text: str) -> None:
        """While there is one, every section that holds something is open."""
        words = words_of(text)
        if words != self._words:
            self._words = words
            self._refresh()

    def set_writing(self, thread_ids: Collection[str]) -> None:
        """The threads for which a draft is being written."""
        before, self._writing = self._writing, frozenset(thread_ids)
        for thread_id in before ^ self._writing:
            if (index := self.index_of(thread_id)).isValid():
                self.dataChanged.emit(index, index)

    def set_collapsed(self, statuses: Iterable[ThreadStatus]) -> None:
        self._collapsed = set(statuses)
        self._refresh()

    def collapsed(self) -> tuple[ThreadStatus, ...]:
        return tuple(status for status in SECTIONS if status in self._collapsed)

    def toggle(self, status: ThreadStatus) -> None:
        self.set_collapsed(self._collapsed ^ {status})

    def is_empty(self) -> bool:
        """No thread at all, filter or not."""
        return not any(self._sections.values())

    def has_matches(self) -> bool:
        return bool(self._rows)

    def index_of(self, thread_id: str) -> QModelIndex:
        """Invalid where the thread is filtered out or folded away."""
        position = self._positions.get(thread_id)
        return self.index(position) if position is not None else QModelIndex()

    def neighbour(self, thread_id: str | None, step: int) -> str | None:
        """The thread shown `step` threads further down (1) or up (-1), the nearest end where there is none."""
        ids = list(self._positions)
        if not ids:
            return None
        if thread_id not in self._positions:
            return ids[0 if step > 0 else -1]
        return ids[min(max(ids.index(thread_id) + step, 0), len(ids) - 1)]

    def follower(self, thread_id: str) -> str | None:
        """The thread that takes the place of this one once it is gone: the next, else the one before; None where it is
        the only one."""
        shown = (self.neighbour(thread_id, step) for step in (1, -1))
        return next((other for other in shown if other != thread_id), None)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ThreadRole.ROW:
            return row
        if role == ThreadRole.THREAD_ID:
            return row.thread.id if isinstance(row, ThreadSummary) else None
        if role == ThreadRole.BADGE:
            return self._badge(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return title_of(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row, self._badge(row))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        enabled = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        if isinstance(index.data(ThreadRole.ROW), SectionRow):
            return enabled
        return enabled | Qt.ItemFlag.ItemIsSelectable

    def _badge(self, row: Row) -> Badge | None:
        return badge_of(row, is_writing=row.thread.id in self._writing) if isinstance(row, ThreadSummary) else None

    def _refresh(self) -> None:
        old, new = self._rows, self._made_rows()
        if len(old) == len(new) and all(map(_same_place, old, new)):
            self._rows = new
            for position, (before, after) in enumerate(zip(old, new, strict=True)):
                if before is not after and before != after:
                    self.dataChanged.emit(self.index(position), self.index(position))
            return
        self.beginResetModel()
        self._rows = new
        self._positions = {row.thread.id: at for at, row in enumerate(new) if isinstance(row, ThreadSummary)}
        self.endResetModel()

    def _made_rows(self) -> list[Row]:
        rows: list[Row] = []
        for status, summaries in self._sections.items():
            threads = [summary for summary in summaries if self._matches(summary)] if self._words else summaries
            if threads:
                is_expanded = bool(self._words) or status not in self._collapsed
                rows.append(SectionRow(status, len(threads), is_expanded))
                rows.extend(threads if is_expanded else ())
        return rows

    def _matches(self, summary: ThreadSummary) -> bool:
        known = self._haystacks.get(summary.thread.id)
        if known is None or known[0] is not summary:
            known = self._haystacks[summary.thread.id] = (summary, haystack(summary))
        return all(word in known[1] for word in self._words)


def title_of(row: Row) -> str:
    if isinstance(row, SectionRow):
        return f"{status_text(row.status)} {row.count}"
    return visible(subject_text(row.thread.subject)).replace("\n", " ")


def facts_of(row: ThreadSummary, now: datetime) -> str:
    """`Claire Martin · 2 h ago`."""
    name = visible(customer_text(row.customer_name, row.customer_email)).replace("\n", " ")
    return f"{name} · {relative_time(row.thread.updated_at, now)}"


def spoken(row: Row, badge: Badge | None) -> str:
    """The whole row for a screen reader."""
    if isinstance(row, SectionRow):
        return title_of(row)
    parts = [title_of(row), facts_of(row, datetime.now(UTC)), status_text(row.thread.status)]
    return ", ".join([*parts, badge_text(badge)] if badge else parts)


def _same_place(before: Row, after: Row) -> bool:
    if isinstance(before, SectionRow) or isinstance(after, SectionRow):
        return isinstance(before, SectionRow) and isinstance(after, SectionRow) and before.status is after.status
    return before is after or before.thread.id == after.thread.id
