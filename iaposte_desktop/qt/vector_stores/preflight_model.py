"""The files of a look as a table that grows while they are read."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QCoreApplication,
    QLocale,
    QModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from iaposte_desktop.application.labels import personal_data
from iaposte_desktop.application.preflight import CHOICES, Choice, Finding
from iaposte_desktop.qt.lib.foreign_text import plain_tooltip, visible
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.language import current_language
from iaposte_desktop.qt.lib.theme import colours
from iaposte_desktop.qt.vector_stores.preflight_texts import choice_text, finding_text, tooltip_text
from iaposte_desktop.qt.vector_stores.table_parts import Index, RowsModel

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from PySide6.QtGui import QIcon

    from iaposte_desktop.application.preflight import Candidate

CANDIDATE = Qt.ItemDataRole.UserRole


class LookColumn(IntEnum):
    NAME = 0
    FINDING = 1
    PAGES = 2
    LANGUAGE = 3
    TOKENS = 4
    PERSONAL = 5
    CHOICE = 6


class LookModel(RowsModel["Candidate"]):
    columns = LookColumn
    numbers = (LookColumn.PAGES, LookColumn.TOKENS)

    @property
    def candidates(self) -> Sequence[Candidate]:
        return self._rows

    def append(self, candidates: Sequence[Candidate]) -> None:
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(candidates) - 1)
        self._rows += candidates
        self.endInsertRows()

    def choose(self, rows: Iterable[int], choice: Choice) -> None:
        """For each of `rows` where that can be done."""
        changed = [row for row in rows if choice in CHOICES[self._rows[row].finding]]
        for row in changed:
            self._rows[row] = self._rows[row].with_choice(choice)
        if changed:
            self.dataChanged.emit(
                self.index(min(changed), LookColumn.CHOICE), self.index(max(changed), LookColumn.CHOICE)
            )

    def rows_with(self, finding: Finding) -> list[int]:
        return [row for row, candidate in enumerate(self._rows) if candidate.finding is finding]

    def _titles(self) -> Mapping[int, str]:
        return {
            LookColumn.NAME: QCoreApplication.translate("Preflight", "Name"),
            LookColumn.FINDING: QCoreApplication.translate("Preflight", "State"),
            LookColumn.PAGES: QCoreApplication.translate("Preflight", "Pages"),
            LookColumn.LANGUAGE: QCoreApplication.translate("Preflight", "Language"),
            LookColumn.TOKENS: QCoreApplication.translate("Preflight", "≈ Tokens"),
            LookColumn.PERSONAL: QCoreApplication.translate("Preflight", "Personal data"),
            LookColumn.CHOICE: QCoreApplication.translate("Preflight", "What to do"),
        }

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        candidate, column = self._rows[index.row()], LookColumn(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _text(candidate, column)
        if role == Qt.ItemDataRole.DecorationRole and column is LookColumn.FINDING:
            return _sign(candidate)
        if role == Qt.ItemDataRole.DecorationRole and column is LookColumn.PERSONAL and candidate.report.personal_data:
            return icon("user", colours().attention)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(tooltip_text(candidate))
        return candidate if role == CANDIDATE else None


class LookFilter(QSortFilterProxyModel):
    """All, or those alone that a person should see: everything but new files without a fault."""

    def __init__(self, model: LookModel) -> None:
        super().__init__(model.parent())
        self._model = model
        self._problems_alone = False
        self.setSourceModel(model)

    def show_problems_alone(self, problems_alone: bool) -> None:
        self.beginFilterChange()
        self._problems_alone = problems_alone
        self.endFilterChange()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:  # noqa: ARG002  # Qt's own signature.
        return not self._problems_alone or needs_a_look(self._model.candidates[row])


def needs_a_look(candidate: Candidate) -> bool:
    return candidate.finding is not Finding.NEW or bool(candidate.report.scanned_pages)


def _text(candidate: Candidate, column: LookColumn) -> str:
    report = candidate.report
    match column:
        case LookColumn.NAME:
            return visible(report.path.name)
        case LookColumn.FINDING:
            return finding_text(candidate)
        case LookColumn.PAGES:
            return "" if report.pages is None else str(report.pages)
        case LookColumn.LANGUAGE:
            return (report.language or "").upper()
        case LookColumn.TOKENS:
            return QLocale().toString(report.tokens) if report.tokens else ""
        case LookColumn.PERSONAL:
            return personal_data(report.personal_data, current_language())
        case LookColumn.CHOICE:
            return choice_text(candidate.choice)


def _sign(candidate: Candidate) -> QIcon:
    now = colours()
    if candidate.finding is Finding.UNREADABLE:
        return icon("circle-alert", now.failed)
    if candidate.finding in (Finding.TWICE, Finding.PRESENT):
        return icon("copy", now.quiet)
    if needs_a_look(candidate):
        return icon("triangle-alert", now.attention)
    return icon("circle-check", now.good)
