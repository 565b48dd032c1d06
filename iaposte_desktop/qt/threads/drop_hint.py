"""A sheet over the tab while mails are dragged over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.theme import colours

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData


class DropHint(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._covered = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self) -> None:
        self.setGeometry(self._covered.rect())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # All of it is painted.
        now = colours()
        painter = QPainter(self)
        veil = QColor(now.accent_soft)
        veil.setAlpha(235)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(QColor(now.accent), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(12, 12, -12, -12), 8, 8)
        middle = self.rect().center()
        icon("mail-open", now.accent).paint(painter, QRect(middle - QPoint(20, 44), middle + QPoint(20, -4)))
        painter.setPen(QColor(now.text))
        words = QRect(0, middle.y() + 4, self.width(), self.fontMetrics().lineSpacing() * 2)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.tr("Drop to add these mails"))


def has_files(data: QMimeData) -> bool:
    return any(url.isLocalFile() for url in data.urls())
