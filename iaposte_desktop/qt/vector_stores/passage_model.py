"""What a trial search found, best first."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from iaposte_desktop.application.labels import place
from iaposte_desktop.qt.lib.foreign_text import plain_tooltip, visible
from iaposte_desktop.qt.lib.language import current_language
from iaposte_desktop.qt.vector_stores.excerpt import excerpt_of
from iaposte_desktop.qt.vector_stores.match_styles import heard_matches
from iaposte_desktop.qt.vector_stores.texts import score_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.domain.knowledge import Passage
    from iaposte_desktop.domain.search import Explanation, MatchKind
    from iaposte_desktop.qt.vector_stores.excerpt import Excerpt

Index = QModelIndex | QPersistentModelIndex

_TOOLTIP_CHARACTERS = 600


class PassageRole(IntEnum):
    """EXCERPT is an Excerpt; REMARK what is to be said of the hit beside another search, empty for nothing."""

    PASSAGE = Qt.ItemDataRole.UserRole
    EXCERPT = Qt.ItemDataRole.UserRole + 1
    REMARK = Qt.ItemDataRole.UserRole + 2


class PassageListModel(QAbstractListModel):
    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._passages: list[Passage] = []
        self._excerpts: list[Excerpt] = []
        self._remarks: list[str] = []

    def set_passages(self, passages: Sequence[Passage], explanations: Sequence[Explanation] = ()) -> None:
        """`explanations` are those of the passages, in their order, or none."""
        self.beginResetModel()
        self._passages = list(passages)
        reasons: Sequence[Explanation | None] = explanations or [None] * len(passages)
        self._excerpts = [excerpt_of(passage, why) for passage, why in zip(passages, reasons, strict=True)]
        self._remarks = [""] * len(passages)
        self.endResetModel()

    def set_remarks(self, remarks: Sequence[str]) -> None:
        """One a row."""
        self._remarks = list(remarks)
        self.retranslate()

    def passages(self) -> tuple[Passage, ...]:
        return tuple(self._passages)

    def kinds(self) -> set[MatchKind]:
        """The ways in which words are marked."""
        return {marked.kind for excerpt in self._excerpts for marked in excerpt.marked}

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
        passage, excerpt = self._passages[index.row()], self._excerpts[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return excerpt.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(filter(None, self._heard(index.row())))
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tooltip(passage.text[:_TOOLTIP_CHARACTERS])
            case PassageRole.PASSAGE:
                return passage
            case PassageRole.EXCERPT:
                return excerpt
            case PassageRole.REMARK:
                return self._remarks[index.row()]
        return None

    def _heard(self, row: int) -> tuple[str, ...]:
        passage, excerpt = self._passages[row], self._excerpts[row]
        facts = visible(passage.file_name), place_of(passage), score_text(passage.score), self._remarks[row]
        return (*facts, excerpt.text, heard_matches(excerpt))


def place_of(passage: Passage) -> str:
    return visible(place(passage.anchor, current_language()))
