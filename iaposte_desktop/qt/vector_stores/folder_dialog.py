"""What changed in a followed folder, to be agreed to change by change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from iaposte_desktop.application.folder_changes import ChangeKind
from iaposte_desktop.qt.lib.elided_label import ElidedLabel
from iaposte_desktop.qt.lib.fields import StatusLine
from iaposte_desktop.qt.lib.foreign_text import visible
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.theme import colours
from iaposte_desktop.qt.vector_stores.cell_delegate import PADDING
from iaposte_desktop.qt.vector_stores.folder_texts import changes_text, kind_text
from iaposte_desktop.qt.vector_stores.table_parts import plain_table

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

    from iaposte_desktop.application.folder_changes import FolderChange
    from iaposte_desktop.application.folder_sync import FolderState

_NAME, _KIND = range(2)


class FolderDialog(QDialog):
    """Shown with `open`; accepted, `chosen` are the changes a person agreed to. All are chosen at first but removals,
    which nothing brings back."""

    unfollow_requested = Signal()
    watch_toggled = Signal(bool)

    def __init__(self, state: FolderState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.path = ElidedLabel(self)
        self.path.setProperty("role", "title")
        self.path.setText(state.folder.path)
        self.said = StatusLine(self)
        self.rows = QStandardItemModel(0, 2, self)
        self.table = plain_table(self.rows, {_KIND: 54}, _NAME, self)
        self.all = QCheckBox(self)
        self.watch = QCheckBox(self)
        self.watch.setChecked(state.folder.is_watched)
        self.unfollow = QPushButton(self)
        self.unfollow.setAutoDefault(False)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.take_over = QPushButton(self)
        self.take_over.setProperty("role", "primary")
        self.take_over.setDefault(True)
        self.buttons.addButton(self.take_over, QDialogButtonBox.ButtonRole.AcceptRole)
        self._fill()
        self.rows.itemChanged.connect(self._show_count)
        self.all.clicked.connect(self._on_all)
        self.watch.toggled.connect(self.watch_toggled)
        self.unfollow.clicked.connect(self.unfollow_requested)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self.retranslate()

    @property
    def chosen(self) -> list[FolderChange]:
        checked = Qt.CheckState.Checked
        return [
            change
            for row, change in enumerate(self._state.changes)
            if self.rows.item(row, _NAME).checkState() == checked
        ]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Followed folder"))
        self.table.setAccessibleName(self.tr("Changes in the folder"))
        self.rows.setHorizontalHeaderLabels([self.tr("File"), self.tr("What happened")])
        self.all.setText(self.tr("All"))
        self.watch.setText(self.tr("Look for changes while the program runs"))
        self.unfollow.setText(self.tr("Stop following"))
        self.unfollow.setToolTip(self.tr("The files that came from this folder stay in the store"))
        self.said.say(self.tr("In this folder: {0}.").format(changes_text(self._state)), self._mood())
        for row, change in enumerate(self._state.changes):
            self.rows.item(row, _KIND).setText(kind_text(change.kind))
        self._show_count()

    def _mood(self) -> str:
        return "" if self._state.is_reachable else "attention"

    def _fill(self) -> None:
        root = Path(self._state.folder.path)
        for change in self._state.changes:
            name = QStandardItem(visible(str(change.path.relative_to(root))))
            name.setCheckable(True)
            name.setSizeHint(QSize(0, self.fontMetrics().lineSpacing() + 2 * PADDING))
            is_chosen = change.kind is not ChangeKind.REMOVED
            name.setCheckState(Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked)
            self.rows.appendRow([name, QStandardItem(_sign(change.kind), "")])

    def _lay_out(self) -> None:
        options = QHBoxLayout()
        options.addWidget(self.all)
        options.addStretch()
        options.addWidget(self.watch)
        foot = QHBoxLayout()
        foot.addWidget(self.unfollow)
        foot.addWidget(self.buttons, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self.path)
        layout.addWidget(self.said)
        layout.addWidget(self.table, 1)
        layout.addLayout(options)
        layout.addSpacing(8)
        layout.addLayout(foot)
        self.resize(self.fontMetrics().averageCharWidth() * 110, self.fontMetrics().lineSpacing() * 26)

    def _show_count(self) -> None:
        count, total = len(self.chosen), len(self._state.changes)
        self.take_over.setText(self.tr("Take over %n change(s)", "", count))
        self.take_over.setEnabled(count > 0)
        self.all.setEnabled(total > 0)
        self.all.setTristate(0 < count < total)
        state = Qt.CheckState.Checked if count == total and total else Qt.CheckState.Unchecked
        self.all.setCheckState(Qt.CheckState.PartiallyChecked if 0 < count < total else state)

    def _on_all(self) -> None:
        """What is chosen in part becomes whole; what is whole becomes nothing."""
        wanted = Qt.CheckState.Unchecked if len(self.chosen) == len(self._state.changes) else Qt.CheckState.Checked
        self.rows.blockSignals(True)
        for row in range(self.rows.rowCount()):
            self.rows.item(row, _NAME).setCheckState(wanted)
        self.rows.blockSignals(False)
        self.table.viewport().update()
        self._show_count()


def _sign(kind: ChangeKind) -> QIcon:
    now = colours()
    signs = {
        ChangeKind.ADDED: ("file-plus", now.good),
        ChangeKind.CHANGED: ("refresh-cw", now.accent),
        ChangeKind.MOVED: ("folder-open", now.quiet),
        ChangeKind.REMOVED: ("trash-2", now.failed),
    }
    return icon(*signs[kind])
