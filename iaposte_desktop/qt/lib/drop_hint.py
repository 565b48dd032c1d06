"""Dropping files and folders: the sheet that covers a widget while something is dragged over it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iaposte_desktop.qt.lib.foreign_text import PlainLabel
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.theme import colours

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData


class DropHint(QWidget):
    """Lets every event through to what it covers. The icon, where one is named, stands above the words."""

    def __init__(self, parent: QWidget, icon_name: str = "") -> None:
        super().__init__(parent)
        self._covered = parent
        self._icon_name = icon_name
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.text = PlainLabel(parent=self)
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.text.setWordWrap(True)
        lowered = (4 + self.fontMetrics().lineSpacing()) * 2 if icon_name else 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 32 + lowered, 32, 32)
        layout.addWidget(self.text)
        self.hide()

    def show_over(self, sentence: str) -> None:
        self.text.setText(sentence)
        self.setGeometry(self._covered.rect())
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
        if self._icon_name:
            middle = self.rect().center()
            above = QRect(middle - QPoint(20, 44), middle + QPoint(20, -4))
            icon(self._icon_name, now.accent).paint(painter, above)
        painter.end()


def dropped_paths(mime: QMimeData) -> list[Path]:
    """The files and folders of this machine that are dragged; not looked at yet."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
