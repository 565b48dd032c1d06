"""A found passage: its score, where it stands, and the beginning of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from iaposte_desktop.application.labels import strength
from iaposte_desktop.qt.lib.foreign_text import visible
from iaposte_desktop.qt.lib.theme import colours
from iaposte_desktop.qt.vector_stores.painting import draw_background, draw_lines, draw_run, heavier, smaller
from iaposte_desktop.qt.vector_stores.passage_model import PassageRole, place_of
from iaposte_desktop.qt.vector_stores.texts import score_text

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from iaposte_desktop.qt.vector_stores.passage_model import Index

_QUOTE_LINES = 3


class PassageDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        passage = index.data(PassageRole.PASSAGE)
        self.initStyleOption(option, index)
        now = colours()
        painter.save()
        draw_background(painter, option)
        inside = option.rect.adjusted(12, 8, -12, -8)
        line = option.fontMetrics.lineSpacing()
        top = QRect(inside.left(), inside.top(), inside.width(), line)
        draw_run(painter, top, visible(passage.file_name), now.text, heavier(option.font))
        top.translate(0, line + 2)
        ink = {"strong": now.good, "good": now.text, "weak": now.quiet}[strength(passage.score)]
        small = smaller(option.font)
        top.setLeft(top.left() + draw_run(painter, top, score_text(passage.score), ink, small))
        if place := place_of(passage):
            draw_run(painter, top, f" · {place}", now.quiet, small)
        quote = inside.adjusted(0, 2 * line + 6, 0, 0)
        draw_lines(painter, quote, option.text, now.quiet, option.font, _QUOTE_LINES)
        painter.setPen(QColor(now.line))
        painter.drawLine(inside.left(), option.rect.bottom(), inside.right(), option.rect.bottom())
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002  # All rows are alike.
        return QSize(0, option.fontMetrics.lineSpacing() * (2 + _QUOTE_LINES) + 6 + 16)
