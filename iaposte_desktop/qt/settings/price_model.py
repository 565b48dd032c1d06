"""The table of prices: the user's rows, which can be edited, over those the program came with."""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QDate, QLocale, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QColor

from iaposte_desktop.domain.errors import InvalidValue
from iaposte_desktop.qt.lib.controller import sentence_of
from iaposte_desktop.qt.lib.foreign_text import visible
from iaposte_desktop.qt.lib.theme import colours
from iaposte_desktop.qt.settings.price_rows import PriceRow, amount_of, amount_text, provider_text, row_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from iaposte_desktop.domain.prices import Price
    from iaposte_desktop.qt.lib.two_lines import Index


class Column(IntEnum):
    PROVIDER = 0
    MODEL = 1
    VALID_FROM = 2
    INPUT = 3
    CACHED = 4
    OUTPUT = 5
    ORIGIN = 6


AMOUNTS = {Column.INPUT: "input", Column.CACHED: "cached", Column.OUTPUT: "output"}


class PriceModel(QAbstractTableModel):
    """`refused` carries a sentence: what was typed is no value of its cell, which stays as it was."""

    edited = Signal()
    refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mine: list[PriceRow] = []
        self._shipped: list[PriceRow] = []
        self._saved: tuple[PriceRow, ...] = ()
        self._names: dict[str, str] = {}

    def set_prices(self, edited: Sequence[Price], shipped: Sequence[Price]) -> None:
        """Replaces what was typed."""
        self.beginResetModel()
        self._mine = [row_of(price) for price in edited]
        self._shipped = [row_of(price) for price in shipped]
        self._saved = tuple(self._mine)
        self.endResetModel()

    def set_providers(self, names: Mapping[str, str]) -> None:
        """What a provider's column offers, by the value that a price holds."""
        self._names = dict(names)
        self._update(Column.PROVIDER, Column.PROVIDER)

    @property
    def providers(self) -> Mapping[str, str]:
        return self._names

    def rows(self) -> Sequence[PriceRow]:
        """The user's."""
        return tuple(self._mine)

    def has_edits(self) -> bool:
        return tuple(self._mine) != self._saved

    def is_mine(self, row: int) -> bool:
        return 0 <= row < len(self._mine)

    def add(self, today: date, like: int | None = None) -> int:
        """A row of the user's, valid from today, as the one at `like` or empty; where it is."""
        fresh = replace(self._at(like), valid_from=today) if like is not None else PriceRow(valid_from=today)
        at = len(self._mine)
        self.beginInsertRows(QModelIndex(), at, at)
        self._mine.append(fresh)
        self.endInsertRows()
        self.edited.emit()
        return at

    def remove(self, rows: Iterable[int]) -> None:
        """Of the user's; others stay."""
        for row in sorted({row for row in rows if self.is_mine(row)}, reverse=True):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._mine[row]
            self.endRemoveRows()
        self.edited.emit()

    def restore(self) -> None:
        """What the program came with holds again."""
        self.remove(range(len(self._mine)))

    def retranslate(self) -> None:
        self._update(Column.PROVIDER, Column.ORIGIN)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature.
        return 0 if parent.isValid() else len(self._mine) + len(self._shipped)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature.
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        can_edit = self.is_mine(index.row()) and index.column() != Column.ORIGIN
        return flags | Qt.ItemFlag.ItemIsEditable if can_edit else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = Column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in AMOUNTS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, row = Column(index.column()), self._at(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(column, row, is_mine=self.is_mine(index.row()))
        if role == Qt.ItemDataRole.EditRole:
            return self._value(column, row)
        if role == Qt.ItemDataRole.ForegroundRole and not self.is_mine(index.row()):
            return QColor(colours().quiet)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in AMOUNTS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        column = Column(index.column())
        try:
            fresh = self._with(self._mine[index.row()], column, value)
        except InvalidValue as error:
            kept = self.tr("The cell stays as it was.")
            self.refused.emit(f"{sentence_of(error)} {kept}")
            return False
        if fresh != self._mine[index.row()]:
            self._mine[index.row()] = fresh
            self.dataChanged.emit(index, index)
            self.edited.emit()
        return True

    def _with(self, row: PriceRow, column: Column, value: Any) -> PriceRow:
        """Raises InvalidValue."""
        if column is Column.PROVIDER:
            return replace(row, provider=str(value))
        if column is Column.MODEL:
            model = visible(str(value)).strip()
            if not model or any(sign.isspace() for sign in model):
                raise InvalidValue("model")
            return replace(row, model=model)
        if column is Column.VALID_FROM:
            return replace(row, valid_from=value.toPython())
        text = str(value).strip()
        amount = None if column is Column.CACHED and not text else amount_of(text)
        return replace(row, **{AMOUNTS[column]: amount})  # type: ignore[arg-type]  # Its field of that name.

    def _at(self, row: int) -> PriceRow:
        return self._mine[row] if row < len(self._mine) else self._shipped[row - len(self._mine)]

    def _text(self, column: Column, row: PriceRow, *, is_mine: bool) -> str:
        if column is Column.PROVIDER:
            return visible(provider_text(row.provider, self._names))
        if column is Column.MODEL:
            return visible(row.model)
        if column is Column.VALID_FROM:
            return QLocale().toString(_qdate(row.valid_from), QLocale.FormatType.ShortFormat)
        if column is Column.ORIGIN:
            return self.tr("edited") if is_mine else self.tr("shipped")
        return amount_text(getattr(row, AMOUNTS[column]))

    def _value(self, column: Column, row: PriceRow) -> Any:
        if column is Column.PROVIDER:
            return row.provider
        if column is Column.VALID_FROM:
            return _qdate(row.valid_from)
        return self._text(column, row, is_mine=True)

    def _title(self, column: Column) -> str:
        titles = {
            Column.PROVIDER: self.tr("Provider"),
            Column.MODEL: self.tr("Model"),
            Column.VALID_FROM: self.tr("Valid from"),
            Column.INPUT: self.tr("Input"),
            Column.CACHED: self.tr("Cached input"),
            Column.OUTPUT: self.tr("Output"),
            Column.ORIGIN: self.tr("Origin"),
        }
        return titles[column]

    def _update(self, first: Column, last: Column) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0, first), self.index(self.rowCount() - 1, last))


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
