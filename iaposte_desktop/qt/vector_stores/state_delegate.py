"""The State column: an icon and a word, or how far a file is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from iaposte_desktop.domain.knowledge import FileStatus
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.theme import colours
from iaposte_desktop.qt.vector_stores.cell_delegate import PADDING, CellDelegate
from iaposte_desktop.qt.vector_stores.file_model import FileRole, FileRow
from iaposte_desktop.qt.vector_stores.painting import draw_background, draw_icon, draw_run
from iaposte_desktop.qt.vector_stores.texts import expired_on

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QStyleOptionViewItem

    from iaposte_desktop.qt.vector_stores.table_parts import Index

_BAR_WIDTH = 56
_BAR_HEIGHT = 4


class StateDelegate(CellDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(FileRole.ROW)
        self.initStyleOption(option, index)
        painter.save()
        draw_background(painter, option)
        inside = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        if row.fraction is not None and row.file.status is FileStatus.IN_PROGRESS:
            inside.setLeft(inside.left() + _draw_bar(painter, inside, row.fraction))
        else:
            inside.setLeft(inside.left() + draw_icon(painter, inside, _sign(row)))
        draw_run(painter, inside, option.text, _ink(row), option.font)
        painter.restore()


def _draw_bar(painter: QPainter, rect: QRect, fraction: float) -> int:
    """Returns the width it takes with its gap."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    track = QRectF(rect.left(), rect.center().y() - _BAR_HEIGHT / 2 + 1, _BAR_WIDTH, _BAR_HEIGHT)
    filled = QRectF(track)
    filled.setWidth(track.width() * fraction)
    for shape, colour in ((track, colours().line), (filled, colours().accent)):
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(shape, _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)
    return _BAR_WIDTH + 8


def _sign(row: FileRow) -> QIcon:
    now = colours()
    match row.file.status:
        case FileStatus.COMPLETED if expired_on(row.file) is not None:
            return icon("triangle-alert", now.attention)
        case FileStatus.COMPLETED:
            return icon("circle-check", now.good)
        case FileStatus.FAILED:
            return icon("circle-alert", now.failed)
        case FileStatus.CANCELLED:
            return icon("circle-x", now.quiet)
        case FileStatus.IN_PROGRESS:
            return icon("loader", now.accent)


def _ink(row: FileRow) -> str:
    now = colours()
    if row.file.status is FileStatus.FAILED:
        return now.failed
    return now.attention if expired_on(row.file) is not None else now.text
