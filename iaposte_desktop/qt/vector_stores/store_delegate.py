"""A store in two lines: its name, and whose server keeps it; then files, size, what failed, whether it is internal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from iaposte_desktop.qt.lib.foreign_text import visible
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.theme import colours
from iaposte_desktop.qt.vector_stores.painting import draw_background, draw_icon, draw_run, heavier, smaller
from iaposte_desktop.qt.vector_stores.store_model import StoreRole
from iaposte_desktop.qt.vector_stores.texts import failed_text, files_text, internal_text, size_text

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from iaposte_desktop.domain.knowledge import VectorStore
    from iaposte_desktop.qt.vector_stores.places import Place
    from iaposte_desktop.qt.vector_stores.store_model import Index

_NAME_CHARACTERS = 256
_SIGN = 12


class StoreDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        store = index.data(StoreRole.STORE)
        self.initStyleOption(option, index)
        painter.save()
        draw_background(painter, option)
        inside = option.rect.adjusted(12, 8, -12, -8)
        line = option.fontMetrics.lineSpacing()
        name = QRect(inside.left(), inside.top(), inside.width(), line)
        name.setWidth(name.width() - _draw_place(painter, name, index.data(StoreRole.PLACE), option))
        draw_run(painter, name, option.text, colours().text, heavier(option.font))
        facts = QRect(inside.left(), inside.bottom() - line + 1, inside.width(), line)
        _draw_facts(painter, facts, store, option)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002  # All rows are alike.
        return QSize(0, option.fontMetrics.lineSpacing() * 2 + 4 + 16)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002  # Qt's signature.
        editor = QLineEdit(parent)
        editor.setMaxLength(_NAME_CHARACTERS)
        editor.setAccessibleName(self.tr("Name of the store"))
        return editor


def _draw_place(painter: QPainter, line: QRect, place: Place, option: QStyleOptionViewItem) -> int:
    """At the right end of the line, and no longer than half of it; returns the width it takes."""
    if not place.name:
        return 0
    font = smaller(option.font)
    painter.setFont(font)
    text = visible(place.name)
    width = min(_SIGN + 6 + painter.fontMetrics().horizontalAdvance(text) + 1, line.width() // 2)
    at = QRect(line.right() - width + 1, line.top(), width, line.height())
    at.setLeft(at.left() + draw_icon(painter, at, icon(place.icon, colours().quiet), _SIGN))
    draw_run(painter, at, text, colours().quiet, font)
    return width + 8


def _draw_facts(painter: QPainter, rect: QRect, store: VectorStore, option: QStyleOptionViewItem) -> None:
    now = colours()
    font = smaller(option.font)
    at = QRect(rect)
    runs = [(f"{files_text(store.counts.total)} · {size_text(store.bytes)}", "", now.quiet)]
    if store.counts.failed:
        runs.append((failed_text(store.counts.failed), "circle-alert", now.failed))
    if store.is_internal:
        runs.append((internal_text(), "lock", now.quiet))
    for text, sign, colour in runs:
        if sign and at.width() > 32:
            at.setLeft(at.left() + draw_icon(painter, at, icon(sign, colour), _SIGN) - 2)
        at.setLeft(at.left() + draw_run(painter, at, text, colour, font) + 8)
