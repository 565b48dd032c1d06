"""The questions found in the mail, and whether the draft answers each from a source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from iaposte_desktop.domain.runs import RunStatus
from iaposte_desktop.qt.lib.empty_state import EmptyState
from iaposte_desktop.qt.lib.foreign_text import PlainLabel
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.theme import colours
from iaposte_desktop.qt.threads.scrolling import scrolled

if TYPE_CHECKING:
    from iaposte_desktop.domain.runs import Run

_SIGNS: Final = {
    "answered": ("circle-check", "good"),
    "open": ("circle-dot", "attention"),
    "pending": ("loader", ""),
    "unknown": ("circle-alert", "attention"),
}


def question_state(run: Run, question: str) -> str:
    """`answered`, `open`, `pending` while the run goes on, `unknown` where it ended before it could tell."""
    if question in run.open_questions:
        return "open"
    if not run.status.is_terminal:
        return "pending"
    return "answered" if run.status is RunStatus.COMPLETED else "unknown"


class ChecklistPane(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: Run | None = None
        self._shown: list[tuple[str, str]] = []
        self.empty = EmptyState(self)
        self._body = QWidget(self)
        self._rows = QVBoxLayout(self._body)
        self._rows.setContentsMargins(12, 12, 12, 12)
        self._rows.setSpacing(12)
        self._rows.addStretch()
        self._scroll = scrolled(self._body, self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._scroll)
        self.retranslate()

    def show_run(self, run: Run | None) -> None:
        self._run = run
        wanted = [(question, question_state(run, question)) for question in run.questions] if run else []
        if wanted != self._shown:
            self._shown = wanted
            self._fill()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._fill()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self._scroll.setAccessibleName(self.tr("Questions in the mail"))
        self.empty.set_texts(
            self.tr("No questions yet"),
            self.tr("When a reply is drafted, the mail’s questions are listed here: answered, or still open."),
        )
        self._fill()

    def _fill(self) -> None:
        while self._rows.count() > 1:
            item = self._rows.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.deleteLater()
        for at, (question, state) in enumerate(self._shown):
            self._rows.insertWidget(at, self._row(question, state))
        self._stack.setCurrentIndex(1 if self._shown else 0)

    def _row(self, question: str, state: str) -> QWidget:
        words = {
            "answered": self.tr("Answered from a source"),
            "open": self.tr("Open: no source was found"),
            "pending": self.tr("Looking for a source…"),
            "unknown": self.tr("Not known: the run ended early"),
        }
        name, colour = _SIGNS[state]
        row = QWidget(self._body)
        sign = QLabel(row)
        sign.setPixmap(icon(name, getattr(colours(), colour) if colour else None).pixmap(16, 16))
        text = PlainLabel(question, row)
        text.setWordWrap(True)
        word = QLabel(words[state], row)
        word.setProperty("state", colour)
        word.setWordWrap(True)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(sign, alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(text)
        column.addWidget(word)
        layout.addLayout(column, 1)
        row.setAccessibleName(f"{words[state]}: {text.text()}")
        return row
