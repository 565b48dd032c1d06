"""The bin: deleted assistants, to be brought back with all their versions."""

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
    QWidget,
)

from iaposte_desktop.qt.assistants.list_delegate import AssistantDelegate
from iaposte_desktop.qt.assistants.list_model import AssistantListModel
from iaposte_desktop.qt.lib.empty_state import EmptyState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from iaposte_desktop.domain.assistants import Assistant


class BinDialog(QDialog):
    """Shown with `open`; stays open while assistants are restored one after the other."""

    restore_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = AssistantListModel(self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(AssistantDelegate(self.list))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.empty = EmptyState(self)
        self.restore = QPushButton(self)
        self.restore.setProperty("role", "primary")
        self.restore.setEnabled(False)
        self.close_button = QPushButton(self)
        for button in (self.restore, self.close_button):
            button.setAutoDefault(False)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.list)
        row = QHBoxLayout()
        row.addWidget(self.restore)
        row.addStretch()
        row.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(self._stack, 1)
        layout.addLayout(row)
        self.restore.clicked.connect(self._on_restore)
        self.list.activated.connect(self._on_restore)
        self.close_button.clicked.connect(self.reject)
        self.retranslate()
        self.resize(self.fontMetrics().averageCharWidth() * 70, self.fontMetrics().lineSpacing() * 20)

    def set_assistants(self, assistants: Sequence[Assistant], now: datetime) -> None:
        row = self.list.currentIndex().row()
        self.model.set_assistants(assistants, "", now)
        self._stack.setCurrentIndex(1 if assistants else 0)
        self.restore.setEnabled(bool(assistants))
        if assistants:
            self.list.setCurrentIndex(self.model.index(min(max(row, 0), len(assistants) - 1)))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Deleted assistants"))
        self.list.setAccessibleName(self.tr("Deleted assistants"))
        self.empty.set_texts(self.tr("The bin is empty"), self.tr("Assistants that you delete wait here."))
        self.restore.setText(self.tr("Restore"))
        self.close_button.setText(self.tr("Close"))
        self.model.retranslate()

    def _on_restore(self) -> None:
        if self.list.currentIndex().isValid():
            self.restore_requested.emit(self.model.assistant_at(self.list.currentIndex().row()).id)
