"""A found passage: its score, where it stands, and its text around the words that answer the query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from iaposte_desktop.application.labels import strength
from iaposte_desktop.qt.lib.foreign_text import visible
from iaposte_desktop.qt.lib.theme import colours
from iaposte_desktop.qt.vector_stores.match_styles import formats_of
from iaposte_desktop.qt.vector_stores.painting import draw_background, draw_lines, draw_run, heavier, smaller
from iaposte_desktop.qt.vector_stores.passage_model import PassageRole, place_of
from iaposte_desktop.qt.vector_stores.texts import score_text

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from iaposte_desktop.qt.vector_stores.passage_model import Index

_QUOTE_LINES = 3
_BAR = 36


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
        name = QRect(top)
        if remark := index.data(PassageRole.REMARK):
            small = smaller(option.font)
            used = draw_run(painter, top, remark, now.accent, small, Qt.AlignmentFlag.AlignRight)
            name.setWidth(name.width() - used - 8)
        draw_run(painter, name, visible(passage.file_name), now.text, heavier(option.font))
        top.translate(0, line + 2)
        ink = {"strong": now.good, "good": now.text, "weak": now.quiet}[strength(passage.score)]
        small = smaller(option.font)
        top.setLeft(top.left() + _draw_bar(painter, top, passage.score, ink))
        top.setLeft(top.left() + draw_run(painter, top, score_text(passage.score), ink, small))
        if place := place_of(passage):
            draw_run(painter, top, f" · {place}", now.quiet, small)
        quote = inside.adjusted(0, 2 * line + 6, 0, 0)
        excerpt = index.data(PassageRole.EXCERPT)
        draw_lines(painter, quote, excerpt.text, now.quiet, option.font, _QUOTE_LINES, formats_of(excerpt))
        painter.setPen(QColor(now.line))
        painter.drawLine(inside.left(), option.rect.bottom(), inside.right(), option.rect.bottom())
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002  # All rows are alike.
        return QSize(0, option.fontMetrics.lineSpacing() * (2 + _QUOTE_LINES) + 6 + 16)


def _draw_bar(painter: QPainter, rect: QRect, score: float, colour: str) -> int:
    """How far the score is from 0 to 1; returns the width it takes with its gap."""
    track = QRect(rect.left(), rect.center().y() - 2, _BAR, 5)
    painter.fillRect(track, QColor(colours().line))
    track.setWidth(round(_BAR * min(1.0, max(0.0, score))))
    painter.fillRect(track, QColor(colour))
    return _BAR + 8
