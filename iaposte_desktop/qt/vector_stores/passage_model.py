"""What a trial search found, best first."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from iaposte_desktop.application.labels import place
from iaposte_desktop.qt.lib.foreign_text import plain_tooltip, visible
from iaposte_desktop.qt.lib.language import current_language
from iaposte_desktop.qt.vector_stores.texts import score_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.domain.knowledge import Passage

Index = QModelIndex | QPersistentModelIndex

_TOOLTIP_CHARACTERS = 600


class PassageRole(IntEnum):
    PASSAGE = Qt.ItemDataRole.UserRole


class PassageListModel(QAbstractListModel):
    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._passages: list[Passage] = []

    def set_passages(self, passages: Sequence[Passage]) -> None:
        self.beginResetModel()
        self._passages = list(passages)
        self.endResetModel()

    def retranslate(self) -> None:
        if self._passages:
            self.dataChanged.emit(self.index(0), self.index(len(self._passages) - 1))

    def passage_at(self, row: int) -> Passage:
        return self._passages[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature.
        return 0 if parent.isValid() else len(self._passages)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        passage = self._passages[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return quote_of(passage)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            heard = (visible(passage.file_name), place_of(passage), score_text(passage.score), quote_of(passage))
            return ", ".join(filter(None, heard))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(passage.text[:_TOOLTIP_CHARACTERS])
        return passage if role == PassageRole.PASSAGE else None


def quote_of(passage: Passage) -> str:
    """On one line, as it is shown between quotation marks."""
    return " ".join(visible(passage.text).split())


def place_of(passage: Passage) -> str:
    return visible(place(passage.anchor, current_language()))
