"""Files with almost the same text, side by side: which one is to go?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from iaposte_desktop.qt.lib.times import relative_time
from iaposte_desktop.qt.vector_stores.care_list import CareList, CareRow
from iaposte_desktop.qt.vector_stores.texts import size_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.domain.knowledge import VectorStoreFile


class DuplicatesDialog(QDialog):
    """Shown with `open`. Signals carry the VectorStoreFile that is chosen."""

    text_requested = Signal(object)
    remove_requested = Signal(object)

    def __init__(self, files: Sequence[VectorStoreFile], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files = tuple(files)
        self.advice = QLabel(self)
        self.advice.setWordWrap(True)
        self.list = CareList(self)
        self.text = QPushButton(self)
        self.remove = QPushButton(self)
        self.close_button = QPushButton(self)
        for button in (self.text, self.remove, self.close_button):
            button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self.text)
        buttons.addWidget(self.remove)
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.advice)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)
        self.text.clicked.connect(lambda: self.text_requested.emit(self.chosen()))
        self.remove.clicked.connect(lambda: self.remove_requested.emit(self.chosen()))
        self.close_button.clicked.connect(self.reject)
        self.list.activated.connect(self.text.click)
        self.resize(self.fontMetrics().averageCharWidth() * 78, self.fontMetrics().lineSpacing() * 20)
        self.retranslate()

    def chosen(self) -> VectorStoreFile:
        row = self.list.chosen()
        file: VectorStoreFile = row.subject if row is not None else self._files[0]
        return file

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Nearly the same"))
        self.advice.setText(
            self.tr("These files say almost the same. An older one that stays may be quoted instead of the newer one.")
        )
        self.list.setAccessibleName(self.tr("Files with almost the same text"))
        self.text.setText(self.tr("See the text"))
        self.remove.setText(self.tr("Remove…"))
        self.close_button.setText(self.tr("Close"))
        now = datetime.now(UTC)
        self.list.set_rows(
            [CareRow(file.name, self._facts(file, now), "file-text", "quiet", file) for file in self._files]
        )

    def _facts(self, file: VectorStoreFile, now: datetime) -> str:
        written = relative_time(file.source_modified_at or file.created_at, now)
        cited = self.tr("cited by %n draft(s)", "", file.citations)
        return f"{size_text(file.bytes)} · {written} · {cited}"
