"""The connections as a list: first what is built in, last one that is not saved yet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, Qt

from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.qt.lib.foreign_text import plain_tooltip, visible
from iaposte_desktop.qt.lib.two_lines import Index, LineRole
from iaposte_desktop.qt.settings.texts import built_in_text, host_text, short_kind_text

if TYPE_CHECKING:
    from collections.abc import Sequence

BUILT_IN: Final = ""
"""The id of the built-in engine's row, as `Connections.default_id` names it."""


class KeyState(Enum):
    """UNKNOWN while the keyring was not asked yet."""

    UNKNOWN = auto()
    KEPT = auto()
    NONE = auto()


@dataclass(frozen=True, slots=True)
class ConnectionRow:
    connection: Connection
    key: KeyState = KeyState.UNKNOWN
    is_saved: bool = True


class ConnectionListModel(QAbstractListModel):
    """Rows that stay at their place are updated; any other difference resets the list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ConnectionRow | None] = [None]
        self._default_id = BUILT_IN

    def set_rows(self, rows: Sequence[ConnectionRow], default_id: str) -> None:
        fresh = [None, *rows]
        self._default_id = default_id
        if [_id(row) for row in fresh] == [_id(row) for row in self._rows]:
            self._rows = fresh
            self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))
            return
        self.beginResetModel()
        self._rows = fresh
        self.endResetModel()

    def id_at(self, row: int) -> str:
        return _id(self._rows[row])

    def row_of(self, connection_id: str) -> int | None:
        return next((at for at, row in enumerate(self._rows) if _id(row) == connection_id), None)

    def is_saved(self, connection_id: str) -> bool:
        """The built-in engine counts as saved."""
        return any(_id(row) == connection_id and (row is None or row.is_saved) for row in self._rows)

    def retranslate(self) -> None:
        self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature.
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        is_default = _id(row) == self._default_id
        name, second = _name(row), _second_line(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{name}\n{second}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            default = QCoreApplication.translate("Settings", "default") if is_default else ""
            return ", ".join(filter(None, (name, default, second)))
        if role == LineRole.SECOND_LINE:
            return second
        return is_default if role == LineRole.IS_DEFAULT else None


def key_text(row: ConnectionRow) -> str:
    if row.key is KeyState.KEPT:
        return QCoreApplication.translate("Settings", "key kept")
    if row.key is KeyState.UNKNOWN:
        return ""
    if row.connection.kind in {ConnectionKind.OPENAI, ConnectionKind.AZURE}:
        return QCoreApplication.translate("Settings", "key missing")
    return QCoreApplication.translate("Settings", "no key")


def _id(row: ConnectionRow | None) -> str:
    return BUILT_IN if row is None else row.connection.id


def _name(row: ConnectionRow | None) -> str:
    if row is None:
        return built_in_text()
    return visible(row.connection.name) or QCoreApplication.translate("Settings", "New connection")


def _second_line(row: ConnectionRow | None) -> str:
    if row is None:
        return QCoreApplication.translate("Settings", "no language model: quotes your files")
    kind = short_kind_text(row.connection.kind)
    if not row.is_saved:
        unsaved = QCoreApplication.translate("Settings", "not saved yet")
        return f"{kind} · {unsaved}"
    return " · ".join(filter(None, (kind, visible(host_text(row.connection)), key_text(row))))
