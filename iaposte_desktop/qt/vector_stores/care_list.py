"""A list of what was tested or found in a store: a sign, a line, and what there is to say of it; under headings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from iaposte_desktop.qt.lib.foreign_text import plain_tooltip, visible
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.theme import colours
from iaposte_desktop.qt.vector_stores.painting import draw_background, draw_icon, draw_run, heavier, smaller

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QItemSelection
    from PySide6.QtGui import QPainter

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class CareRow:
    """`sign` names an icon, `ink` a colour (`good`, `attention`, `failed`, `quiet`): `facts` say the same in words. A
    heading has no `subject` and cannot be chosen."""

    title: str
    facts: str = ""
    sign: str = "info"
    ink: str = "quiet"
    subject: Any = None

    @property
    def is_heading(self) -> bool:
        return self.subject is None


class CareRole(IntEnum):
    ROW = Qt.ItemDataRole.UserRole


class CareListModel(QAbstractListModel):
    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.rows: tuple[CareRow, ...] = ()

    def set_rows(self, rows: Sequence[CareRow]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature.
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.rows[index.row()].is_heading:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return visible(row.title)
            case Qt.ItemDataRole.AccessibleTextRole:
                return visible(", ".join(filter(None, (row.title, row.facts))))
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tooltip("\n".join(filter(None, (row.title, row.facts))))
            case CareRole.ROW:
                return row
        return None


class CareDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: CareRow = index.data(CareRole.ROW)
        self.initStyleOption(option, index)
        now = colours()
        ink = getattr(now, row.ink)
        painter.save()
        line = option.fontMetrics.lineSpacing()
        if row.is_heading:
            at = option.rect.adjusted(12, 0, -12, -4)
            at.setTop(at.bottom() - line + 1)
            at.setLeft(at.left() + draw_icon(painter, at, icon(row.sign, ink)))
            used = draw_run(painter, at, option.text, now.text, heavier(option.font))
            draw_run(painter, at.adjusted(used + 8, 0, 0, 0), row.facts, now.quiet, option.font)
        else:
            draw_background(painter, option)
            inside = option.rect.adjusted(12, 6, -12, -6)
            top = QRect(inside.left(), inside.top(), inside.width(), line)
            top.setLeft(top.left() + draw_icon(painter, top, icon(row.sign, ink)))
            draw_run(painter, top, option.text, now.text, option.font)
            draw_run(painter, top.translated(0, line + 2), visible(row.facts), now.quiet, smaller(option.font))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.lineSpacing()
        return QSize(0, line + 16 if index.data(CareRole.ROW).is_heading else 2 * line + 14)


class CareList(QListView):
    """`chosen_changed`: another row, or none, is chosen."""

    chosen_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.care = CareListModel(self)
        self.setModel(self.care)
        self.setItemDelegate(CareDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_rows(self, rows: Sequence[CareRow]) -> None:
        """What was chosen stays chosen where it is still there, by its title."""
        before = self.chosen()
        if self.care.rows == tuple(rows):
            return
        self.care.set_rows(rows)
        same = [at for at, row in enumerate(rows) if before is not None and _name(row) == _name(before)]
        first = [at for at, row in enumerate(rows) if not row.is_heading]
        if (wanted := same or first)[:1]:
            self.setCurrentIndex(self.care.index(wanted[0]))
        self.chosen_changed.emit()

    def chosen(self) -> CareRow | None:
        index = self.currentIndex()
        row: CareRow | None = index.data(CareRole.ROW) if index.isValid() else None
        return None if row is None or row.is_heading else row

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.chosen_changed.emit()


def care_layout(status: QWidget, button: QWidget, care: CareList, actions: QWidget) -> QVBoxLayout:
    """How things are, with a button beside it; the list; what can be done with the chosen row."""
    head = QHBoxLayout()
    head.setContentsMargins(12, 12, 12, 8)
    head.setSpacing(8)
    head.addWidget(status, 1, Qt.AlignmentFlag.AlignVCenter)
    head.addWidget(button)
    foot = QVBoxLayout()
    foot.setContentsMargins(12, 8, 12, 8)
    foot.addWidget(actions)
    layout = QVBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addLayout(head)
    layout.addWidget(care, 1)
    layout.addLayout(foot)
    return layout


def _name(row: CareRow) -> tuple[str, bool]:
    return row.title, row.is_heading
