"""The groups of synonyms as rows of words with commas between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal

from iaposte_desktop.domain.errors import InvalidValue
from iaposte_desktop.domain.synonyms import synonym_group, with_missing
from iaposte_desktop.qt.lib.controller import sentence_of
from iaposte_desktop.qt.lib.foreign_text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iaposte_desktop.domain.synonyms import SynonymGroup
    from iaposte_desktop.qt.lib.two_lines import Index


class SynonymModel(QAbstractListModel):
    """A new row is empty until it is written; empty rows count for nothing. `refused` carries a sentence: what was
    typed is no group, and the row stays as it was."""

    edited = Signal()
    refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: list[SynonymGroup] = []

    def set_groups(self, groups: Iterable[SynonymGroup]) -> None:
        self.beginResetModel()
        self._groups = list(groups)
        self.endResetModel()

    def groups(self) -> tuple[SynonymGroup, ...]:
        return tuple(filter(None, self._groups))

    def add(self) -> int:
        """An empty row at the top, where it is seen; the row's number."""
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._groups.insert(0, ())
        self.endInsertRows()
        return 0

    def remove(self, rows: Iterable[int]) -> None:
        for row in sorted(set(rows), reverse=True):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._groups[row]
            self.endRemoveRows()
        self.edited.emit()

    def restore(self, shipped: Sequence[SynonymGroup]) -> None:
        """Groups of `shipped` that are missing come back; the others stay."""
        self.set_groups(with_missing(self.groups(), shipped))
        self.edited.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature.
        return 0 if parent.isValid() else len(self._groups)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return None
        return visible(", ".join(self._groups[index.row()]))

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not value.strip(" ,;"):
            return False
        try:
            group = synonym_group(value.replace(";", ",").split(","))
        except InvalidValue as error:
            self.refused.emit(sentence_of(error))
            return False
        self._groups[index.row()] = group
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True
