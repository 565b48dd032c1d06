from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt

from iaposte_desktop.qt.lib.foreign_text import PlainLabel, plain_tooltip

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget


class ElidedLabel(PlainLabel):
    """One line that never asks for room: what does not fit ends in … and is told by the tooltip."""

    # On the class, since the constructor of a label sets its text.
    _whole = ""
    _hint = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)

    def setText(self, text: str) -> None:
        self._whole = " ".join(text.split())
        self.setAccessibleName(self._whole)
        self._elide()

    def set_hint(self, text: str) -> None:
        """The tooltip's second line, or its only one where nothing is cut off."""
        self._hint = text
        self._elide()

    def whole_text(self) -> str:
        return self._whole

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 8, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 4, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 0))
        if shown != self.text():
            super().setText(shown)
        cut_off = self._whole if shown != self._whole else ""
        self.setToolTip(plain_tooltip("\n".join(filter(None, (cut_off, self._hint)))))
