"""A calm line in the store's head: what changed in a folder that it follows, and the button to look at it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from iaposte_desktop.qt.lib.fields import StatusLine
from iaposte_desktop.qt.lib.foreign_text import visible
from iaposte_desktop.qt.vector_stores.folder_texts import changes_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.application.folder_sync import FolderState


class FolderNews(QWidget):
    """Of several folders the first with news; hidden without. `review_requested` carries the folder's id."""

    review_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: FolderState | None = None
        self.line = StatusLine(self)
        self.review = QPushButton(self)
        self.review.clicked.connect(self._on_review)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.review)
        self.retranslate()

    def show_states(self, states: Sequence[FolderState]) -> None:
        self._state = next((state for state in states if state.changes or not state.is_reachable), None)
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.review.setText(self.tr("Review…"))
        self.setVisible(self._state is not None)
        if self._state is not None:
            name = visible(Path(self._state.folder.path).name)
            text = self.tr("Folder “{0}”: {1}").format(name, changes_text(self._state))
            self.line.say(text, "" if self._state.is_reachable else "attention")
            self.review.setAccessibleDescription(text)

    def _on_review(self) -> None:
        if self._state is not None:
            self.review_requested.emit(self._state.folder.id)
