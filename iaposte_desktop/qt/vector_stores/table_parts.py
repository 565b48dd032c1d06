"""What the tables of this tab share: models of rows with named columns, and how their views look."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from enum import IntEnum

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")
Column = TypeVar("Column", bound=int)


class RowsModel(QAbstractTableModel, Generic[Row]):
    """`_rows` are kept by the model itself, which says what its columns are called."""

    columns: ClassVar[type[IntEnum]]
    numbers: ClassVar[Container[int]] = ()
    """Columns of figures, aligned at the right."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    @abstractmethod
    def _titles(self) -> Mapping[int, str]: ...

    def retranslate(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.columns) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature.
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature.
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | int | None:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return self._titles()[section] if role == Qt.ItemDataRole.DisplayRole else None

    def _alignment(self, column: int) -> int:
        side = Qt.AlignmentFlag.AlignRight if column in self.numbers else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)


def plain_table(model: QAbstractItemModel, widths: Mapping[Column, int], stretched: int, parent: QWidget) -> QTreeView:
    """Rows to be read and chosen. `widths` in average characters; the column `stretched` takes what is left."""
    table = QTreeView(parent)
    table.setModel(model)
    table.setRootIsDecorated(False)
    table.setUniformRowHeights(True)
    table.setAllColumnsShowFocus(True)
    table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    header = table.header()
    header.setStretchLastSection(False)
    for column, characters in widths.items():
        header.resizeSection(column, table.fontMetrics().averageCharWidth() * characters)
    header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
    return table
