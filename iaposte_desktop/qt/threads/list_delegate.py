"""A thread in two lines, a section heading in one; both equally high. Paints plain text only."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.theme import colours
from iaposte_desktop.qt.threads.badges import BADGE_ICONS, Badge, badge_text
from iaposte_desktop.qt.threads.list_model import SectionRow, ThreadRole, facts_of, title_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from iaposte_desktop.domain.threads import ThreadSummary
    from iaposte_desktop.qt.threads.list_model import Index

_ICON: Final = 16
_LINE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class ThreadDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ThreadRole.ROW)
        painter.save()
        _paint_background(painter, option)
        if isinstance(row, SectionRow):
            _paint_section(painter, option, row)
        else:
            badge = index.data(ThreadRole.BADGE)
            # Qt hands a StrEnum over as its plain string.
            _paint_thread(painter, option, row, Badge(badge) if badge else None)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002  # All rows are alike.
        return QSize(0, option.fontMetrics.lineSpacing() * 2 + 4 + 16)


def _paint_background(painter: QPainter, option: QStyleOptionViewItem) -> None:
    bare = QStyleOptionViewItem(option)
    bare.text = ""
    bare.icon = QIcon()
    option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, option.widget)


def _paint_section(painter: QPainter, option: QStyleOptionViewItem, row: SectionRow) -> None:
    now = colours()
    height = option.fontMetrics.lineSpacing()
    line = QRect(option.rect.left() + 8, option.rect.bottom() - height - 7, option.rect.width() - 16, height)
    sign = icon("chevron-down" if row.is_expanded else "chevron-right", now.quiet)
    sign.paint(painter, QRect(line.left(), line.top() + (height - _ICON) // 2, _ICON, _ICON))
    _draw(painter, line.adjusted(_ICON + 4, 0, 0, 0), title_of(row), now.quiet, _heavier(option.font))


def _paint_thread(painter: QPainter, option: QStyleOptionViewItem, row: ThreadSummary, badge: Badge | None) -> None:
    now = colours()
    height = option.fontMetrics.lineSpacing()
    inside = option.rect.adjusted(12, 8, -12, -8)
    subject = QRect(inside.left(), inside.top(), inside.width(), height)
    facts = QRect(inside.left(), inside.bottom() - height + 1, inside.width(), height)
    _draw(painter, subject, title_of(row), now.text, _heavier(option.font))
    small = _smaller(option.font)
    if badge is not None:
        text = badge_text(badge)
        painter.setFont(small)
        width = painter.fontMetrics().horizontalAdvance(text)
        at = QRect(facts.right() - width, facts.top(), width + 1, height)
        _draw(painter, at, text, now.accent, small)
        sign = QRect(at.left() - _ICON - 4, at.top() + (height - _ICON) // 2, _ICON, _ICON)
        icon(BADGE_ICONS[badge], now.accent).paint(painter, sign)
        facts.setRight(sign.left() - 8)
    _draw(painter, facts, facts_of(row, datetime.now(UTC)), now.quiet, small)


def _draw(painter: QPainter, rect: QRect, text: str, colour: str, font: QFont) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(rect, _LINE, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width()))


def _heavier(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def _smaller(font: QFont) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * 0.9)
    return made
