"""The bin: deleted stores, to be brought back or removed for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
)

from iaposte_desktop.qt.lib.empty_state import EmptyState
from iaposte_desktop.qt.vector_stores.store_delegate import StoreDelegate
from iaposte_desktop.qt.vector_stores.store_model import StoreListModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from iaposte_desktop.domain.knowledge import VectorStore


class BinDialog(QDialog):
    """Shown with `open`; stays open while stores are restored one after the other. Signals carry a VectorStore."""

    restore_requested = Signal(object)
    purge_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = StoreListModel(self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(StoreDelegate(self.list))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.empty = EmptyState(self)
        self.restore = QPushButton(self)
        self.restore.setProperty("role", "primary")
        self.purge = QPushButton(self)
        self.close_button = QPushButton(self)
        for button in (self.restore, self.purge, self.close_button):
            button.setAutoDefault(False)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.list)
        row = QHBoxLayout()
        row.addWidget(self.restore)
        row.addWidget(self.purge)
        row.addStretch()
        row.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(self._stack, 1)
        layout.addLayout(row)
        self.restore.clicked.connect(lambda: self.restore_requested.emit(self._chosen()))
        self.purge.clicked.connect(lambda: self.purge_requested.emit(self._chosen()))
        self.list.activated.connect(lambda: self.restore_requested.emit(self._chosen()))
        self.close_button.clicked.connect(self.reject)
        self.set_stores(())
        self.retranslate()
        character = self.fontMetrics().averageCharWidth()
        self.resize(character * 70, self.fontMetrics().lineSpacing() * 20)

    def set_stores(self, stores: Sequence[VectorStore]) -> None:
        row = self.list.currentIndex().row()
        self.model.set_stores(stores)
        self._stack.setCurrentIndex(1 if stores else 0)
        for button in (self.restore, self.purge):
            button.setEnabled(bool(stores))
        if stores:
            self.list.setCurrentIndex(self.model.index(min(max(row, 0), len(stores) - 1)))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Deleted stores"))
        self.list.setAccessibleName(self.tr("Deleted stores"))
        self.empty.set_texts(self.tr("The bin is empty"), self.tr("Stores that you delete wait here."))
        self.restore.setText(self.tr("Restore"))
        self.purge.setText(self.tr("Delete for good…"))
        self.close_button.setText(self.tr("Close"))
        self.model.retranslate()

    def _chosen(self) -> VectorStore:
        return self.model.store_at(self.list.currentIndex().row())
