"""A cell of a table: plain text with room around it, after the icon of its index where it has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from iaposte_desktop.qt.lib.theme import colours
from iaposte_desktop.qt.vector_stores.painting import draw_background, draw_icon, draw_run

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from iaposte_desktop.qt.vector_stores.table_parts import Index

PADDING = 8


class CellDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        painter.save()
        draw_background(painter, option)
        inside = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        if not option.icon.isNull():
            inside.setLeft(inside.left() + draw_icon(painter, inside, option.icon))
        is_right = bool(option.displayAlignment & Qt.AlignmentFlag.AlignRight)
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        draw_run(painter, inside, option.text, colours().text, option.font, side)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002  # All rows are alike.
        return QSize(0, option.fontMetrics.lineSpacing() + 2 * PADDING)
