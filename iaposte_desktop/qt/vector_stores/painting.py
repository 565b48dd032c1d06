"""What the delegates of this tab share: the row's background as the style draws it, and runs of plain text on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

ICON = 16


def draw_background(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """`option` is initialised for its index; its text and icon are left to the caller."""
    bare = QStyleOptionViewItem(option)
    bare.text = ""
    bare.icon = QIcon()
    option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, option.widget)


def draw_run(
    painter: QPainter,
    rect: QRect,
    text: str,
    colour: str,
    font: QFont,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> int:
    """One elided line, vertically centred; returns its width."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(rect, int(flags), shown)
    return metrics.horizontalAdvance(shown)


def draw_icon(painter: QPainter, rect: QRect, picture: QIcon, size: int = ICON) -> int:
    """At the left of `rect`, centred; returns the width it takes with its gap."""
    at = QRect(rect.left(), rect.top() + (rect.height() - size) // 2, size, size)
    picture.paint(painter, at)
    return size + 6


def draw_lines(painter: QPainter, rect: QRect, text: str, colour: str, font: QFont, lines: int) -> None:
    """Wrapped at words, at most `lines`; the last one is elided where text is left."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    layout = QTextLayout(text, font)
    wrap = QTextOption()
    wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(wrap)
    height = painter.fontMetrics().lineSpacing()
    layout.beginLayout()
    for number in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(rect.width())
        top = rect.top() + number * height
        if number < lines - 1:
            line.draw(painter, QPointF(rect.left(), top))
            continue
        rest = QRect(rect.left(), top, rect.width(), height)
        draw_run(painter, rest, text[_characters(text, line.textStart()) :], colour, font)
    layout.endLayout()


def smaller(font: QFont) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * 0.9)
    return made


def heavier(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def _characters(text: str, units: int) -> int:
    """How many characters the first `units` UTF-16 units hold: Qt counts units, Python characters."""
    return len(text.encode("utf-16-le", "surrogatepass")[: units * 2].decode("utf-16-le", "ignore"))
