"""The table of a store's files: sorted by its columns, filtered by name, driven by mouse or keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from iaposte_desktop.qt.vector_stores.cell_delegate import CellDelegate
from iaposte_desktop.qt.vector_stores.file_model import FileColumn, FileRole, FileTableModel
from iaposte_desktop.qt.vector_stores.state_delegate import StateDelegate

if TYPE_CHECKING:
    from iaposte_desktop.domain.knowledge import VectorStoreFile

_WIDTHS = {
    FileColumn.NAME: 30,
    FileColumn.SIZE: 15,
    FileColumn.PAGES: 11,
    FileColumn.LANGUAGE: 14,
    FileColumn.LAST_CITED: 17,
}
"""In average characters; the State column takes what is left."""


class FileTable(QTreeView):
    selection_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.files = FileTableModel(self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.files)
        self._sorted.setSortRole(FileRole.SORT)
        self._sorted.setSortLocaleAware(True)
        self._sorted.setFilterKeyColumn(FileColumn.NAME)
        self._sorted.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setModel(self._sorted)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setItemDelegate(CellDelegate(self))
        self.setItemDelegateForColumn(FileColumn.STATE, StateDelegate(self))
        self.setSortingEnabled(True)
        self.sortByColumn(FileColumn.NAME, Qt.SortOrder.AscendingOrder)
        self._size_columns()
        self.selectionModel().selectionChanged.connect(self.selection_changed)
        self.files.dataChanged.connect(self._on_data_changed)

    def filter_by(self, text: str) -> None:
        self._sorted.setFilterFixedString(text.strip())

    def shown_count(self) -> int:
        return self._sorted.rowCount()

    def selected_files(self) -> list[VectorStoreFile]:
        return [index.data(FileRole.ROW).file for index in self.selectionModel().selectedRows()]

    def choose_file(self, file_id: str) -> bool:
        """False where it is not among the files that are shown."""
        for row in range(self._sorted.rowCount()):
            index = self._sorted.index(row, 0)
            if self.file_at(index).id == file_id:
                self.setCurrentIndex(index)
                return True
        return False

    def file_at(self, index: QModelIndex) -> VectorStoreFile:
        file: VectorStoreFile = index.data(FileRole.ROW).file
        return file

    def show_columns_of(self, *, is_hosted: bool) -> None:
        """A server tells neither pages nor language."""
        for column in (FileColumn.PAGES, FileColumn.LANGUAGE):
            self.setColumnHidden(column, is_hosted)

    def save_columns(self) -> str:
        return bytes(self.header().saveState().toBase64().data()).decode("ascii")

    def restore_columns(self, state: str) -> None:
        self.header().restoreState(QByteArray.fromBase64(state.encode()))
        self.sortByColumn(self.header().sortIndicatorSection(), self.header().sortIndicatorOrder())

    def _size_columns(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(True)
        character = self.fontMetrics().averageCharWidth()
        header.setMinimumSectionSize(character * 6)
        for column, characters in _WIDTHS.items():
            header.resizeSection(column, character * characters)
        header.setSectionResizeMode(FileColumn.STATE, QHeaderView.ResizeMode.Stretch)

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        """What can be done with a file depends on its state."""
        chosen = {self._sorted.mapToSource(index).row() for index in self.selectionModel().selectedRows()}
        if any(first.row() <= row <= last.row() for row in chosen):
            self.selection_changed.emit()
