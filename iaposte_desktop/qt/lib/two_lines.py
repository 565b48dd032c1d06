"""A row of a list in two lines: its name, with a star where it is the default one; then what there is to say of it."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from iaposte_desktop.qt.lib.fields import ICON
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.theme import colours

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

Index = QModelIndex | QPersistentModelIndex


class LineRole(IntEnum):
    """What a model tells besides the name, its display text."""

    SECOND_LINE = Qt.ItemDataRole.UserRole + 1
    IS_DEFAULT = Qt.ItemDataRole.UserRole + 2


class TwoLineDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        name = option.text
        option.text, option.icon = "", QIcon()
        painter.save()
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        inside = option.rect.adjusted(12, 8, -12, -8)
        line = option.fontMetrics.lineSpacing()
        top = QRect(inside.left(), inside.top(), inside.width(), line)
        small = QFont(option.font)
        small.setPointSizeF(small.pointSizeF() * 0.9)
        if index.data(LineRole.IS_DEFAULT):
            top.setWidth(top.width() - self._paint_default(painter, top, small))
        strong = QFont(option.font)
        strong.setWeight(QFont.Weight.DemiBold)
        _paint_line(painter, top, name, strong, colours().text)
        bottom = QRect(inside.left(), inside.bottom() - line + 1, inside.width(), line)
        _paint_line(painter, bottom, index.data(LineRole.SECOND_LINE), small, colours().quiet)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002  # All rows are alike.
        return QSize(0, option.fontMetrics.lineSpacing() * 2 + 4 + 16)

    def _paint_default(self, painter: QPainter, line: QRect, font: QFont) -> int:
        """At the right end of `line`; returns the width it takes."""
        word = self.tr("default")
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(word) + 1 + ICON + 4
        at = QRect(line.right() - width + 1, line.top(), width, line.height())
        sign = QRect(at.left(), at.top() + (at.height() - ICON) // 2, ICON, ICON)
        icon("star", colours().quiet).paint(painter, sign)
        _paint_line(painter, at.adjusted(ICON + 4, 0, 0, 0), word, font, colours().quiet)
        return width + 8


def _paint_line(painter: QPainter, rect: QRect, text: str, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(rect, int(flags), shown)
