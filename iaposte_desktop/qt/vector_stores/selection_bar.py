"""Under the file table: what the selected files are, why one failed, and what can be done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iaposte_desktop.domain.knowledge import FileStatus
from iaposte_desktop.qt.lib.foreign_text import PlainLabel
from iaposte_desktop.qt.vector_stores.action_row import ActionRow
from iaposte_desktop.qt.vector_stores.texts import failure_text, files_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from iaposte_desktop.domain.knowledge import VectorStoreFile


class SelectionBar(QWidget):
    """Shows the actions it is given, those alone that apply; hidden while nothing is selected."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files: Sequence[VectorStoreFile] = ()
        self.title = PlainLabel(parent=self)
        self.reason = PlainLabel(parent=self)
        self.reason.setProperty("role", "quiet")
        self.reason.setWordWrap(True)
        self.title.setMinimumWidth(1)
        self._actions = ActionRow(actions, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addWidget(self.reason)
        layout.addWidget(self._actions)
        self.show_files(())

    def show_files(self, files: Sequence[VectorStoreFile]) -> None:
        self._files = files
        self.setVisible(bool(files))
        if not files:
            return
        self.title.setText(files[0].name if len(files) == 1 else files_text(len(files)))
        failed = files[0] if len(files) == 1 and files[0].status is FileStatus.FAILED else None
        self.reason.setVisible(failed is not None)
        if failed is not None:
            self.reason.setText(" ".join(filter(None, failure_text(failed))))
        self._actions.show_enabled()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_files(self._files)
        super().changeEvent(event)
