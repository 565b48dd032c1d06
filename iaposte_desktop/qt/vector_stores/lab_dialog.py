"""The search lab: one query, two sets of settings, and what they find side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from iaposte_desktop.qt.lib.fields import Field, StatusLine
from iaposte_desktop.qt.vector_stores.lab_column import LabColumn
from iaposte_desktop.qt.vector_stores.trial import moves

if TYPE_CHECKING:
    from iaposte_desktop.qt.vector_stores.trial import Found

_PAUSE_MS = 250


class LabDialog(QDialog):
    """Shown with `open`. `search_requested`: look for `query.text()` with the trials of both columns.
    `passage_opened` carries a Passage."""

    search_requested = Signal()
    passage_opened = Signal(object)

    def __init__(self, query: str, parent: QWidget | None = None, *, has_meaning: bool) -> None:
        super().__init__(parent)
        self.query = QLineEdit(query, self)
        self.query.setClearButtonEnabled(True)
        self.query_field = Field(self.query, self)
        self.left, self.right = (LabColumn(self, has_meaning=has_meaning) for _ in range(2))
        self.failure = StatusLine(self)
        self.close_button = QPushButton(self)
        self.close_button.setAutoDefault(False)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._lay_out()
        self._pause.timeout.connect(self.search_requested)
        self.query.textChanged.connect(lambda: self._pause.start())
        self.query.returnPressed.connect(self.search_requested)
        for column in (self.left, self.right):
            column.switches.changed.connect(lambda: self._pause.start())
            column.results.activated.connect(
                lambda index, column=column: self.passage_opened.emit(column.model.passage_at(index.row()))
            )
        self.close_button.clicked.connect(self.reject)
        self.retranslate()
        self.query.setFocus()

    def show_found(self, left: Found, right: Found) -> None:
        self.failure.say("")
        for column, found, other in ((self.left, left, right), (self.right, right, left)):
            column.show_found(found)
            column.show_moves(moves(found.passages, other.passages))

    def show_failure(self, sentence: str) -> None:
        self.failure.say(sentence, "failed")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Compare settings"))
        self.query_field.set_texts(self.tr("Words or a question"))
        self.left.heading.setText(self.tr("Settings A"))
        self.right.heading.setText(self.tr("Settings B"))
        self.left.results.setAccessibleName(self.tr("Found with settings A"))
        self.right.results.setAccessibleName(self.tr("Found with settings B"))
        for column in (self.left, self.right):
            column.empty.set_texts("", self.tr("Nothing is found with these settings."))
        self.close_button.setText(self.tr("Close"))

    def _lay_out(self) -> None:
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addWidget(self.left, 1)
        columns.addWidget(self.right, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.failure, 1)
        foot.addStretch()
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.query_field)
        layout.addLayout(columns, 1)
        layout.addLayout(foot)
        self.resize(self.fontMetrics().averageCharWidth() * 150, self.fontMetrics().lineSpacing() * 40)
