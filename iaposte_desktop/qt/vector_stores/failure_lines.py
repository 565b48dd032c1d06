"""Below the stores: which connections did not tell theirs, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from iaposte_desktop.application.explain import explain
from iaposte_desktop.qt.lib.failures import failure_text
from iaposte_desktop.qt.lib.fields import StatusLine
from iaposte_desktop.qt.lib.foreign_text import plain_tooltip
from iaposte_desktop.qt.lib.language import current_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iaposte_desktop.domain.errors import ErrorInfo
    from iaposte_desktop.qt.vector_stores.places import Place


class FailureLines(QWidget):
    """Hidden while every connection answers."""

    retry_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: dict[Place, FailureLine] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(12, 8, 12, 0)
        self._rows.setSpacing(8)
        self.hide()

    def show_failures(self, failures: Mapping[Place, ErrorInfo]) -> None:
        for place in self.lines.keys() - failures.keys():
            line = self.lines.pop(place)
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        for place, error in failures.items():
            if place not in self.lines:
                line = self.lines[place] = FailureLine(place.name, self)
                line.retry.clicked.connect(self.retry_requested)
                self._rows.addWidget(line)
            self.lines[place].show_error(error)
        self.setVisible(bool(failures))

    def show_asking(self, is_asking: bool) -> None:
        for line in self.lines.values():
            line.retry.setEnabled(not is_asking)


class FailureLine(QWidget):
    def __init__(self, connection: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._connection = connection
        self._error: ErrorInfo | None = None
        self.reason = StatusLine(self)
        self.retry = QPushButton(self)
        self.retry.setAutoDefault(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.reason, 1)
        layout.addWidget(self.retry, alignment=Qt.AlignmentFlag.AlignTop)
        self.retranslate()

    def show_error(self, error: ErrorInfo) -> None:
        self._error = error
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.retry.setText(self.tr("Retry"))
        self.retry.setAccessibleName(self.tr("Ask {0} for its stores again").format(self._connection))
        if self._error is not None:
            self.reason.say(failure_text(self._connection, self._error), "attention")
            advice = explain(self._error, current_language()).next
            self.setToolTip(plain_tooltip(advice))
            self.retry.setAccessibleDescription(f"{self.reason.text.text()} {advice}")
