"""A run that waits for its provider: why, how long still, and the button that asks again now."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from iaposte_desktop.qt.lib.foreign_text import PlainLabel
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.keys import with_key
from iaposte_desktop.qt.lib.theme import colours
from iaposte_desktop.qt.threads.run_texts import wait_text

if TYPE_CHECKING:
    from iaposte_desktop.domain.runs import RunStep

_TICK_MS: Final = 250


class WaitBar(QWidget):
    """Hidden while nothing waits."""

    skipped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step: RunStep | None = None
        self._sign = QLabel(self)
        self.text = PlainLabel(parent=self)
        self.text.setWordWrap(True)
        self.skip = QPushButton(self)
        self.skip.setEnabled(False)
        self.skip.clicked.connect(self._on_skip)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 8, 0)
        layout.setSpacing(8)
        layout.addWidget(self._sign)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.skip)
        self._ticking = QTimer(self)
        self._ticking.setInterval(_TICK_MS)
        self._ticking.timeout.connect(self._show_text)
        self.retranslate()
        self.hide()

    def show_step(self, step: RunStep | None) -> None:
        """The step that waits; None where none does."""
        if step is None:
            self._step = None
            self._ticking.stop()
            self.skip.setEnabled(False)
            self.hide()
            return
        if self._step is None or self._step.id != step.id:
            self.skip.setEnabled(True)
        self._step = step
        self._show_text()
        self._ticking.start()
        self.show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._make_icon()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.skip.setText(self.tr("Try now"))
        self.skip.setToolTip(with_key(self.tr("Ask the provider again without waiting"), "try_now"))
        self._make_icon()
        self._show_text()

    def _show_text(self) -> None:
        if self._step is not None:
            self.text.setText(wait_text(self._step, datetime.now(UTC)))

    def _make_icon(self) -> None:
        self._sign.setPixmap(icon("clock", colours().attention).pixmap(16, 16))

    def _on_skip(self) -> None:
        self.skip.setEnabled(False)
        self.skipped.emit()
