"""What models cost: a table, and what can be done with its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from iaposte_desktop.qt.lib.fields import StatusLine, hairline
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.keys import bind, with_key
from iaposte_desktop.qt.settings.price_delegate import ProviderDelegate
from iaposte_desktop.qt.settings.price_model import Column, PriceModel

if TYPE_CHECKING:
    from PySide6.QtCore import QItemSelection

_WIDTHS = {
    Column.PROVIDER: 22,
    Column.VALID_FROM: 16,
    Column.INPUT: 13,
    Column.CACHED: 20,
    Column.OUTPUT: 13,
    Column.ORIGIN: 14,
}
"""In average characters; the model's name has what is left."""


class PricesPage(QWidget):
    add_requested = Signal()
    change_requested = Signal(int)
    save_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = PriceModel(self)
        self.note = QLabel(self)
        self.note.setProperty("role", "quiet")
        self.note.setWordWrap(True)
        self.table = QTableView(self)
        self.status = StatusLine(self)
        self.add, self.change, self.remove, self.restore, self.save = (QPushButton(self) for _ in range(5))
        self.save.setProperty("role", "primary")
        for button in (self.add, self.change, self.remove, self.restore, self.save):
            button.setAutoDefault(False)
        self._delete = bind(QAction(self), "delete")
        self._delete.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.table.addAction(self._delete)
        self._lay_out()
        self._connect()
        self.retranslate()

    def say(self, text: str, state: str = "") -> None:
        self.status.say(text, state)

    def edit_row(self, row: int, column: Column) -> None:
        index = self.model.index(row, column)
        self.table.setFocus()
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)
        self.table.edit(index)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.status.say("")
            self.model.retranslate()
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._make_icons()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.note.setText(
            self.tr(
                "US dollars per million tokens. Your own rows come before those the program came with; the latest that "
                "is valid counts. Without a price the cost of a draft is unknown, never zero."
            )
        )
        self.table.setAccessibleName(self.tr("Prices"))
        self.add.setText(self.tr("Add"))
        self.change.setText(self.tr("Change this price"))
        self.change.setToolTip(self.tr("Makes a row of your own from the one that is selected, valid from today"))
        self.remove.setText(self.tr("Remove"))
        self.restore.setText(self.tr("Restore"))
        self._fit_columns()
        self.restore.setToolTip(self.tr("Removes all your rows: the prices the program came with hold again"))
        self.save.setText(self.tr("Save"))
        self.save.setToolTip(with_key(self.tr("Keep these prices"), "save"))
        self._make_icons()
        self._enable()

    def _fit_columns(self) -> None:
        header, character = self.table.horizontalHeader(), self.fontMetrics().averageCharWidth()
        for column, width in _WIDTHS.items():
            self.table.setColumnWidth(column, max(width * character, header.sectionSizeHint(column)))

    def _enable(self) -> None:
        rows = self._selected()
        self.change.setEnabled(len(rows) == 1 and not self.model.is_mine(rows[0]))
        self.remove.setEnabled(any(self.model.is_mine(row) for row in rows))
        self.restore.setEnabled(bool(self.model.rows()))
        self.save.setEnabled(self.model.has_edits())

    def _selected(self) -> list[int]:
        return sorted({index.row() for index in self.table.selectionModel().selectedIndexes()})

    def _connect(self) -> None:
        self.add.clicked.connect(self.add_requested)
        self.change.clicked.connect(lambda: self.change_requested.emit(self._selected()[0]))
        self.remove.clicked.connect(lambda: self.model.remove(self._selected()))
        self._delete.triggered.connect(self.remove.click)
        self.restore.clicked.connect(self.model.restore)
        self.save.clicked.connect(self.save_requested)
        self.table.doubleClicked.connect(self._on_double_click)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self.model.edited.connect(self._on_edited)
        self.model.modelReset.connect(self._enable)
        self.model.refused.connect(lambda sentence: self.say(sentence, "failed"))

    def _on_selected(self, _selected: QItemSelection) -> None:
        self._enable()

    def _on_edited(self) -> None:
        self._enable()
        self.say(self.tr("Not saved yet"), "attention") if self.model.has_edits() else self.say("")

    def _on_double_click(self, index: QModelIndex) -> None:
        if not self.model.is_mine(index.row()):
            self.change_requested.emit(index.row())

    def _make_icons(self) -> None:
        for button, name in (
            (self.add, "plus"),
            (self.change, "pencil"),
            (self.remove, "trash-2"),
            (self.restore, "rotate-ccw"),
        ):
            button.setIcon(icon(name))

    def _lay_out(self) -> None:
        self.table.setModel(self.model)
        self.table.setItemDelegateForColumn(Column.PROVIDER, ProviderDelegate(self.table))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(Column.MODEL, QHeaderView.ResizeMode.Stretch)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(16, 0, 16, 0)
        buttons.setSpacing(8)
        for button in (self.add, self.change, self.remove, self.restore):
            buttons.addWidget(button)
        buttons.addStretch()
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.addWidget(self.status, 1)
        foot.addStretch()
        foot.addWidget(self.save)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.addWidget(self.note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addLayout(buttons)
        layout.addWidget(hairline(self))
        layout.addLayout(foot)
