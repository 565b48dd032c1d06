"""Before files are added: what each of them is, what becomes of it, and what all of them come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from iaposte_desktop.application.preflight import CHOICES, Choice, Finding, summary
from iaposte_desktop.qt.lib.fields import StatusLine
from iaposte_desktop.qt.lib.foreign_text import PlainLabel
from iaposte_desktop.qt.vector_stores.cell_delegate import CellDelegate
from iaposte_desktop.qt.vector_stores.preflight_model import LookColumn, LookFilter, LookModel
from iaposte_desktop.qt.vector_stores.preflight_texts import summary_text
from iaposte_desktop.qt.vector_stores.table_parts import plain_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.application.preflight import Candidate

_WIDTHS = {
    LookColumn.NAME: 32,
    LookColumn.PAGES: 10,
    LookColumn.LANGUAGE: 12,
    LookColumn.TOKENS: 13,
    LookColumn.PERSONAL: 26,
    LookColumn.CHOICE: 20,
}
"""In average characters; the state takes what is left."""


class PreflightDialog(QDialog):
    """Shown with `open`; rows come by `take` until `end`. Accepted, `candidates` hold what was chosen."""

    def __init__(self, store_name: str, total: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store_name = store_name
        self._is_over = False
        self.model = LookModel(self)
        self.shown = LookFilter(self.model)
        self.summary = PlainLabel(parent=self)
        self.summary.setWordWrap(True)
        self.storage = StatusLine(self)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setMaximumHeight(self.fontMetrics().height() // 2)
        self.progress.setRange(0, total)
        self.problems_alone = QCheckBox(self)
        self.table = plain_table(self.shown, _WIDTHS, LookColumn.FINDING, self)
        self.table.setItemDelegate(CellDelegate(self.table))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.add = QPushButton(self)
        self.add.setProperty("role", "primary")
        self.add.setDefault(True)
        self.buttons.addButton(self.add, QDialogButtonBox.ButtonRole.AcceptRole)
        self.choices = {choice: QPushButton(self) for choice in Choice}
        for choice, button in self.choices.items():
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, choice=choice: self.choose(choice))
        self.problems_alone.toggled.connect(self.shown.show_problems_alone)
        self.table.selectionModel().selectionChanged.connect(self._show_choices)
        self.model.dataChanged.connect(self._show_summary)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self.retranslate()
        self._show_choices()

    @property
    def candidates(self) -> Sequence[Candidate]:
        return self.model.candidates

    def take(self, candidates: Sequence[Candidate]) -> None:
        if not candidates:
            return
        self.model.append(candidates)
        self.progress.setValue(len(self.model.candidates))
        self._show_summary()
        self._show_choices()

    def end(self) -> None:
        """Everything was looked at."""
        self._is_over = True
        self.progress.hide()
        self._show_summary()
        if self.add.isEnabled():
            self.add.setFocus()

    def show_storage(self, text: str) -> None:
        self.storage.say(text)

    def choose(self, choice: Choice) -> None:
        """For the selected rows, or for all where none is selected."""
        rows = [self.shown.mapToSource(index).row() for index in self.table.selectionModel().selectedRows()]
        self.model.choose(rows or self._comparable_rows(), choice)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Add to “{0}”").format(self._store_name))
        self.problems_alone.setText(self.tr("Only what needs a look"))
        self.table.setAccessibleName(self.tr("Files to be added"))
        self.progress.setAccessibleName(self.tr("How many files were looked at"))
        self.choices[Choice.ADD].setText(self.tr("Add beside it"))
        self.choices[Choice.REPLACE].setText(self.tr("Replace"))
        self.choices[Choice.SKIP].setText(self.tr("Leave out"))
        self.model.retranslate()
        self._show_summary()

    def _comparable_rows(self) -> list[int]:
        return [*self.model.rows_with(Finding.PRESENT), *self.model.rows_with(Finding.OTHER_CONTENT)]

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.problems_alone)
        bar.addStretch()
        self.choices_label = PlainLabel(parent=self)
        self.choices_label.setProperty("role", "quiet")
        bar.addWidget(self.choices_label)
        for button in self.choices.values():
            bar.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        for widget in (self.summary, self.storage, self.progress, self.table):
            layout.addWidget(widget, 1 if widget is self.table else 0)
        layout.addLayout(bar)
        layout.addSpacing(8)
        layout.addWidget(self.buttons)
        character = self.fontMetrics().averageCharWidth()
        self.resize(character * 186, self.fontMetrics().lineSpacing() * 30)

    def _show_summary(self) -> None:
        told = summary(self.model.candidates)
        self.summary.setText(summary_text(told))
        self.add.setText(self.tr("Add %n file(s)", "", told.added))
        self.add.setEnabled(self._is_over and told.added > 0)

    def _show_choices(self) -> None:
        """What can be done with the selected rows; without a selection, with all that the store has something like."""
        rows = [self.shown.mapToSource(index).row() for index in self.table.selectionModel().selectedRows()]
        about = rows or self._comparable_rows()
        possible = {choice for row in about for choice in CHOICES[self.model.candidates[row].finding]}
        for choice, button in self.choices.items():
            button.setVisible(choice in possible and len(possible) > 1)
        self.choices_label.setVisible(len(possible) > 1)
        all_like = self.tr("What the store has already:")
        self.choices_label.setText(self.tr("%n selected:", "", len(rows)) if rows else all_like)
