"""Dropping files and folders: the hint that covers a pane while something is dragged over it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iaposte_desktop.qt.lib.foreign_text import PlainLabel
from iaposte_desktop.qt.lib.theme import colours

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData


class DropHint(QWidget):
    """Lets every event through to what it covers."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.text = PlainLabel(parent=self)
        self.text.setProperty("role", "title")
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.text.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 32, 32, 32)
        layout.addWidget(self.text)
        self.hide()

    def show_over(self, sentence: str) -> None:
        self.text.setText(sentence)
        self.setGeometry(self.parentWidget().rect())  # type: ignore[union-attr]  # It is made with one.
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # All of it is painted.
        now = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cover = QColor(now.accent_soft)
        cover.setAlpha(235)
        painter.fillRect(self.rect(), cover)
        painter.setPen(QPen(QColor(now.accent), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(12, 12, -12, -12), 8, 8)
        painter.end()


def dropped_paths(mime: QMimeData) -> list[Path]:
    """The files and folders of this machine that are dragged; not looked at yet."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
