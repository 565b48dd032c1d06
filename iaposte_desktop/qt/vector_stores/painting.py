"""What the delegates of this tab share: the row's background as the style draws it, and runs of plain text on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def draw_lines(
    painter: QPainter,
    rect: QRect,
    text: str,
    colour: str,
    font: QFont,
    lines: int,
    formats: Sequence[QTextLayout.FormatRange] = (),
) -> None:
    """Wrapped at words, at most `lines`; the last one is elided where text is left. `formats` count UTF-16 units."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    layout = _layout(text, font, formats, QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
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
        start = line.textStart()
        rest = text[_characters(text, start) :]
        shown = painter.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, rect.width())
        _draw_line(painter, QPointF(rect.left(), top), _layout(shown, font, _shifted(formats, start)))
    layout.endLayout()


def _layout(
    text: str,
    font: QFont,
    formats: Sequence[QTextLayout.FormatRange],
    wrap: QTextOption.WrapMode = QTextOption.WrapMode.NoWrap,
) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(wrap)
    layout.setTextOption(option)
    layout.setFormats(list(formats))
    return layout


def _draw_line(painter: QPainter, at: QPointF, layout: QTextLayout) -> None:
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    if line.isValid():
        line.draw(painter, at)


def _shifted(formats: Sequence[QTextLayout.FormatRange], start: int) -> list[QTextLayout.FormatRange]:
    """Those of the text from unit `start` on."""
    shifted = []
    for each in formats:
        if each.start + each.length > start:
            moved = QTextLayout.FormatRange()
            moved.start = max(0, each.start - start)
            moved.length = each.start + each.length - start - moved.start
            moved.format = each.format
            shifted.append(moved)
    return shifted


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
