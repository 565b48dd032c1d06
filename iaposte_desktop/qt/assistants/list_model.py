"""The assistants as a list, filtered by what is typed: a row says the name and, below it, what it is for."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, Qt

from iaposte_desktop.qt.assistants.texts import version_text
from iaposte_desktop.qt.lib.foreign_text import plain_tooltip, visible
from iaposte_desktop.qt.lib.two_lines import Index, LineRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.domain.assistants import Assistant

_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


class AssistantListModel(QAbstractListModel):
    """Rows that stay at their place are updated; any other difference resets the list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Assistant, ...] = ()
        self._rows: list[Assistant] = []
        self._filter = ""
        self._default_id = ""
        self._now = _LONG_AGO

    def set_assistants(self, assistants: Sequence[Assistant], default_id: str, now: datetime) -> None:
        self._all, self._default_id, self._now = tuple(assistants), default_id, now
        self._refresh()

    def set_filter(self, text: str) -> None:
        """Words in any order, whatever their case and accents."""
        self._filter = folded(text)
        self._refresh()

    def retranslate(self) -> None:
        self._update_all()

    @property
    def is_filtered(self) -> bool:
        return bool(self._filter.strip())

    def row_of(self, assistant_id: str) -> int | None:
        return next((row for row, assistant in enumerate(self._rows) if assistant.id == assistant_id), None)

    def assistant_at(self, row: int) -> Assistant:
        return self._rows[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature.
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        assistant = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(assistant.name)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{assistant.name}\n{self._second_line(assistant)}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            default = QCoreApplication.translate("Assistants", "default") if self._is_default(assistant) else ""
            return ", ".join(filter(None, (one_line(assistant.name), default, self._second_line(assistant))))
        if role == LineRole.SECOND_LINE:
            return self._second_line(assistant)
        return self._is_default(assistant) if role == LineRole.IS_DEFAULT else None

    def _is_default(self, assistant: Assistant) -> bool:
        return assistant.id == self._default_id

    def _second_line(self, assistant: Assistant) -> str:
        return one_line(assistant.version.settings.description) or version_text(assistant, self._now)

    def _refresh(self) -> None:
        words = self._filter.split()
        rows = [assistant for assistant in self._all if all(word in _searched(assistant) for word in words)]
        if [assistant.id for assistant in rows] == [assistant.id for assistant in self._rows]:
            self._rows = rows
            self._update_all()
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def _update_all(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))


def folded(text: str) -> str:
    """Without case and accents."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


def one_line(text: str) -> str:
    return " ".join(visible(text).split())


def _searched(assistant: Assistant) -> str:
    settings = assistant.version.settings
    return folded(f"{settings.name} {settings.description}")
