"""The suggestion: what a run writes, apart from the agent's own text until it is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from iaposte_desktop.qt.lib.fields import StatusLine
from iaposte_desktop.qt.lib.foreign_text import ForeignText, PlainLabel, visible
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.keys import with_key
from iaposte_desktop.qt.lib.theme import colours
from iaposte_desktop.qt.threads.markers import MarkerHighlighter, marker_at
from iaposte_desktop.qt.threads.run_texts import fallback_text
from iaposte_desktop.qt.threads.texts import RUN_SIGNS, RUNNING_SIGN, ending_text
from iaposte_desktop.qt.threads.wait_bar import WaitBar

if TYPE_CHECKING:
    from iaposte_desktop.domain.runs import Run

_MENDED_IN_SETTINGS: Final = frozenset({"api_ended", "key_missing", "key_refused"})


class SuggestionText(ForeignText):
    """Takes what was added to a growing text, and no more: the reader's place and selection stay."""

    marker_clicked = Signal(int)
    marker_opened = Signal(int)
    """With Ctrl: after `marker_clicked`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run_id: str | None = None
        self._raw = ""
        self.highlighter = MarkerHighlighter(self.document())
        self.document().setDocumentMargin(12)
        # The pane's tint shows through.
        self.viewport().setAutoFillBackground(False)

    def show_run(self, run: Run) -> None:
        if run.id != self._run_id or not run.text.startswith(self._raw):
            self.clear()
            self._run_id, self._raw = run.id, ""
        added, self._raw = run.text[len(self._raw) :], run.text
        if added:
            bar = self.verticalScrollBar()
            follows = bar.value() == bar.maximum()
            end = QTextCursor(self.document())
            end.movePosition(QTextCursor.MoveOperation.End)
            end.insertText(visible(added))
            if follows and not run.status.is_terminal:
                bar.setValue(bar.maximum())
        self.highlighter.show_run(run)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        number = marker_at(self, event.position().toPoint())
        if number is not None and not self.textCursor().hasSelection():
            self.marker_clicked.emit(number)
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.marker_opened.emit(number)


class SuggestionPane(QWidget):
    """`settings_requested` carries the id of the connection that a run failed at."""

    accepted = Signal()
    dismissed = Signal()
    settings_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = QLabel(self)
        self.label = PlainLabel(parent=self)
        self.label.setProperty("role", "heading")
        self.label.setWordWrap(True)
        self.ending = PlainLabel(parent=self)
        self.ending.setWordWrap(True)
        self.fallback = StatusLine(self)
        self.settings = QPushButton(self)
        self.settings.hide()
        self.wait = WaitBar(self)
        self.text = SuggestionText(self)
        self.accept = QPushButton(self)
        self.accept.setProperty("role", "primary")
        self.dismiss = QPushButton(self)
        for button in (self.accept, self.dismiss):
            button.setEnabled(False)
        self._run: Run | None = None
        self._is_language_model = True
        self._lay_out()
        self.accept.clicked.connect(self.accepted)
        self.dismiss.clicked.connect(self.dismissed)
        self.settings.clicked.connect(self._on_settings)
        self.retranslate()

    def show_run(self, run: Run, *, is_language_model: bool, can_decide: bool) -> None:
        """`can_decide`: the run has ended, and its text waits to be accepted or dismissed."""
        before, self._run = self._run, run
        is_other = before is None or (before.id, before.status, before.fallback) != (run.id, run.status, run.fallback)
        self._is_language_model = is_language_model
        self.text.show_run(run)
        self.wait.show_step(run.waiting)
        self.accept.setEnabled(can_decide and bool(run.text.strip()))
        self.dismiss.setEnabled(can_decide)
        if is_other:
            self._show_words()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # All of it is tinted.
        QPainter(self).fillRect(self.rect(), QColor(colours().suggestion))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self.text.highlighter.rehighlight()
            self._show_words()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.text.setAccessibleName(self.tr("Suggestion"))
        self.accept.setText(self.tr("Accept"))
        self.accept.setToolTip(with_key(self.tr("Make this text the draft; yours is kept"), "accept"))
        self.dismiss.setText(self.tr("Keep mine"))
        self.dismiss.setToolTip(with_key(self.tr("Put the suggestion away"), "dismiss"))
        self.settings.setText(self.tr("Open the settings…"))
        self.settings.setToolTip(self.tr("Mend the connection that was asked"))
        self._show_words()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 8, 0)
        head.setSpacing(8)
        head.addWidget(self._sign)
        head.addWidget(self.label, 1)
        head.addWidget(self.dismiss)
        head.addWidget(self.accept)
        self.fallback.setContentsMargins(12, 0, 12, 0)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 8, 0)
        foot.setSpacing(8)
        foot.addWidget(self.ending, 1)
        foot.addWidget(self.settings, alignment=Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.wait)
        layout.addWidget(self.fallback)
        layout.addLayout(foot)
        layout.addWidget(self.text, 1)
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * 6)

    def _show_words(self) -> None:
        run = self._run
        if run is None:
            return
        kind = run.answering_model.model if self._is_language_model else self.tr("quotes your files, no language model")
        self.label.setText(self.tr("Suggestion · {0}").format(kind))
        name, state = RUN_SIGNS.get(run.status, RUNNING_SIGN)
        colour = getattr(colours(), state) if state else colours().quiet
        self._sign.setPixmap(icon(name, colour).pixmap(16, 16))
        self.fallback.say(fallback_text(run), "attention")
        sentence = ending_text(run)
        self.settings.setVisible(run.error is not None and run.error.code in _MENDED_IN_SETTINGS)
        self.ending.setText(sentence)
        self.ending.setVisible(bool(sentence))
        self.ending.setProperty("state", state)
        self.ending.style().polish(self.ending)

    def _on_settings(self) -> None:
        if self._run is not None:
            self.settings_requested.emit(self._run.answering_model.provider)
