"""The bin: a list of what was deleted, to be brought back."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
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

from iaposte_desktop.qt.lib.empty_state import EmptyState

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractListModel
    from PySide6.QtWidgets import QStyledItemDelegate


class BinDialog(QDialog):
    """Shown with `open`; stays open while rows are restored one after the other.

    A tab's own bin fills `rows`, says what is in it, and answers `restore`, which double click and Enter press too.
    """

    def __init__(self, rows: QAbstractListModel, delegate: QStyledItemDelegate, parent: QWidget | None) -> None:
        super().__init__(parent)
        rows.setParent(self)
        delegate.setParent(self)
        self.list = QListView(self)
        self.list.setModel(rows)
        self.list.setItemDelegate(delegate)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.empty = EmptyState(self)
        self.restore = QPushButton(self)
        self.restore.setProperty("role", "primary")
        self.close_button = QPushButton(self)
        self._row_buttons: list[QPushButton] = []
        self._buttons = QHBoxLayout()
        self._buttons.addStretch()
        self._buttons.addWidget(self.close_button)
        self.close_button.setAutoDefault(False)
        self.add_row_button(self.restore)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(self._stack, 1)
        layout.addLayout(self._buttons)
        self.list.activated.connect(self.restore.click)
        self.close_button.clicked.connect(self.reject)
        self.resize(self.fontMetrics().averageCharWidth() * 70, self.fontMetrics().lineSpacing() * 20)

    def add_row_button(self, button: QPushButton) -> None:
        """After those that act on the chosen row already."""
        button.setAutoDefault(False)
        button.setEnabled(False)
        self._buttons.insertWidget(len(self._row_buttons), button)
        self._row_buttons.append(button)
        for before, after in pairwise((*self._row_buttons, self.close_button)):
            self.setTabOrder(before, after)

    def choose(self, row: int) -> None:
        """To be called once the rows have changed, with the row that was chosen before."""
        count = self.list.model().rowCount()
        self._stack.setCurrentIndex(1 if count else 0)
        for button in self._row_buttons:
            button.setEnabled(bool(count))
        if count:
            self.list.setCurrentIndex(self.list.model().index(min(max(row, 0), count - 1), 0))

    def chosen_row(self) -> int:
        """-1 where none is."""
        return self.list.currentIndex().row()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.restore.setText(self.tr("Restore"))
        self.close_button.setText(self.tr("Close"))

    def set_texts(self, title: str, advice: str) -> None:
        """`advice` says what would be in the bin, were it not empty."""
        self.setWindowTitle(title)
        self.list.setAccessibleName(title)
        self.empty.set_texts(self.tr("The bin is empty"), advice)
