"""The words that stand for one another in a search: one group a row, edited in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from iaposte_desktop.qt.lib.fields import StatusLine
from iaposte_desktop.qt.lib.foreign_text import visible
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.keys import bind
from iaposte_desktop.qt.vector_stores.synonym_model import SynonymModel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from iaposte_desktop.domain.synonyms import SynonymGroup


class SynonymsDialog(QDialog):
    """Shown with `open`. `submitted` carries the groups; the dialog stays until its owner accepts it, or says why they
    could not be saved."""

    submitted = Signal(object)

    def __init__(
        self,
        groups: Sequence[SynonymGroup],
        shipped: Sequence[SynonymGroup],
        kept_aside: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shipped = tuple(shipped)
        self._kept_aside = kept_aside
        self.model = SynonymModel(self)
        self.model.set_groups(groups)
        self.help = QLabel(self)
        self.help.setProperty("role", "caption")
        self.help.setWordWrap(True)
        self.damaged = StatusLine(self)
        self.filter = QLineEdit(self)
        self.filter.setClearButtonEnabled(True)
        self.shown = QSortFilterProxyModel(self)
        self.shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.shown.setSourceModel(self.model)
        self.list = QListView(self)
        self.list.setModel(self.shown)
        self.list.setUniformItemSizes(True)
        self.list.setSpacing(2)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.add = QPushButton(self)
        self.edit = QPushButton(self)
        self.delete = QPushButton(self)
        self.restore = QPushButton(self)
        for button in (self.add, self.edit, self.delete, self.restore):
            button.setAutoDefault(False)
        self.failure = StatusLine(self)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.save = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        self.save.setProperty("role", "primary")
        self.save.style().polish(self.save)
        self._lay_out()
        self._connect()
        self.retranslate()
        self._enable()
        self.list.setFocus()

    def show_failure(self, sentence: str) -> None:
        self.failure.say(sentence, "failed")
        self.save.setEnabled(True)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._make_icons()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Synonyms"))
        self.help.setText(
            self.tr(
                "Words of one row stand for one another when files are searched. Case, accents and endings make no "
                "difference. Changes count from the next search on; the stores on this machine use them."
            )
        )
        if self._kept_aside is not None:
            kept = visible(self._kept_aside.name)
            self.damaged.say(
                self.tr("Your list could not be read; it is kept as {0}. This is the bundled one.").format(kept),
                "attention",
            )
        self.filter.setPlaceholderText(self.tr("Filter"))
        self.filter.setAccessibleName(self.tr("Filter the synonyms"))
        self.list.setAccessibleName(self.tr("Groups of synonyms"))
        self.list.setAccessibleDescription(self.help.text())
        self.add.setText(self.tr("Add a group"))
        self.edit.setText(self.tr("Edit"))
        self.delete.setText(self.tr("Delete"))
        self.restore.setText(self.tr("Restore bundled groups"))
        self.restore.setToolTip(self.tr("Bundled groups that were deleted or changed come back; yours stay"))
        self.save.setText(self.tr("Save"))
        self._make_icons()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.add, self.edit, self.delete):
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.restore)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        for widget in (self.help, self.damaged, self.filter):
            layout.addWidget(widget)
        layout.addWidget(self.list, 1)
        layout.addLayout(row)
        layout.addWidget(self.failure)
        layout.addSpacing(8)
        layout.addWidget(self.buttons)
        self.resize(self.fontMetrics().averageCharWidth() * 76, self.fontMetrics().lineSpacing() * 30)

    def _connect(self) -> None:
        remove = bind(QAction(self), "delete")
        remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        remove.triggered.connect(self._on_delete)
        self.list.addAction(remove)
        self.filter.textChanged.connect(self.shown.setFilterFixedString)
        self.list.selectionModel().selectionChanged.connect(self._enable)
        self.model.refused.connect(lambda sentence: self.failure.say(sentence, "failed"))
        self.model.edited.connect(lambda: self.failure.say(""))
        self.add.clicked.connect(self._on_add)
        self.edit.clicked.connect(lambda: self.list.edit(self.list.currentIndex()))
        self.delete.clicked.connect(self._on_delete)
        self.restore.clicked.connect(lambda: self.model.restore(self._shipped))
        self.buttons.accepted.connect(self._on_save)
        self.buttons.rejected.connect(self.reject)

    def _make_icons(self) -> None:
        self.add.setIcon(icon("plus"))
        self.edit.setIcon(icon("pencil"))
        self.delete.setIcon(icon("trash-2"))
        self.restore.setIcon(icon("rotate-ccw"))

    def _enable(self) -> None:
        chosen = len(self.list.selectionModel().selectedIndexes())
        self.edit.setEnabled(chosen == 1)
        self.delete.setEnabled(chosen > 0)

    def _on_add(self) -> None:
        self.filter.clear()
        index = self.shown.mapFromSource(self.model.index(self.model.add()))
        self.list.setCurrentIndex(index)
        self.list.edit(index)

    def _on_delete(self) -> None:
        chosen = self.list.selectionModel().selectedIndexes()
        self.model.remove(self.shown.mapToSource(index).row() for index in chosen)

    def _on_save(self) -> None:
        # An editor that is open writes its row when it loses the focus.
        self.save.setFocus()
        if self.failure.isHidden():
            self.save.setEnabled(False)
            self.submitted.emit(self.model.groups())
