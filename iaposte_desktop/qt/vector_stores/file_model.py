"""The files of one store as a table, updated row by row while they are indexed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt

from iaposte_desktop.domain.knowledge import FileStatus, UploadStage, VectorStoreFile
from iaposte_desktop.qt.lib.foreign_text import plain_tooltip, visible
from iaposte_desktop.qt.lib.times import full_time, relative_time
from iaposte_desktop.qt.vector_stores.table_parts import Index, RowsModel
from iaposte_desktop.qt.vector_stores.texts import (
    converted_text,
    expired_on,
    expired_text,
    failure_text,
    size_text,
    state_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from iaposte_desktop.domain.knowledge import UploadEvent


class FileColumn(IntEnum):
    NAME = 0
    STATE = 1
    SIZE = 2
    PAGES = 3
    LANGUAGE = 4
    LAST_CITED = 5


class FileRole(IntEnum):
    """ROW is the FileRow; SORT a value that compares as people expect."""

    ROW = Qt.ItemDataRole.UserRole
    SORT = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class FileRow:
    """`stage` and `fraction` mean something only while the file is in progress."""

    file: VectorStoreFile
    stage: UploadStage = UploadStage.QUEUED
    fraction: float | None = None


_REMOVED_ONE_BY_ONE = 50
_NUMBERS = (FileColumn.SIZE, FileColumn.PAGES)
_STATE_ORDER = {
    FileStatus.FAILED: 0,
    FileStatus.IN_PROGRESS: 1,
    FileStatus.CANCELLED: 2,
    FileStatus.COMPLETED: 4,
}
_EXPIRED_ORDER = 3


class FileTableModel(RowsModel[FileRow]):
    columns = FileColumn
    numbers = _NUMBERS

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._row_of: dict[str, int] = {}

    def set_files(self, files: Sequence[VectorStoreFile]) -> None:
        """What the store holds now. Rows that stay keep their place and how far they are."""
        wanted = {file.id: file for file in files}
        gone = sorted(row for file_id, row in self._row_of.items() if file_id not in wanted)
        if len(gone) == len(self._rows) or len(gone) > _REMOVED_ONE_BY_ONE:
            self._reset(files)
            return
        for row in reversed(gone):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self._renumber()
            self.endRemoveRows()
        for row, old in enumerate(self._rows):
            new = wanted[old.file.id]
            if new != old.file:
                self._replace(row, replace(old, file=new))
        self._append([FileRow(file) for file in files if file.id not in self._row_of])

    def apply(self, events: Iterable[UploadEvent]) -> None:
        """Events of this store, oldest first: of each file only the last counts."""
        last = {event.file.id: FileRow(event.file, event.stage, event.fraction) for event in events}
        added = []
        for file_id, row in last.items():
            if file_id in self._row_of:
                self._replace(self._row_of[file_id], row)
            else:
                added.append(row)
        self._append(added)

    def files(self) -> list[VectorStoreFile]:
        return [row.file for row in self._rows]

    def ids_with(self, *statuses: FileStatus) -> list[str]:
        return [row.file.id for row in self._rows if row.file.status in statuses]

    def _titles(self) -> Mapping[int, str]:
        return {
            FileColumn.NAME: QCoreApplication.translate("VectorStores", "Name"),
            FileColumn.STATE: QCoreApplication.translate("VectorStores", "State"),
            FileColumn.SIZE: QCoreApplication.translate("VectorStores", "Size"),
            FileColumn.PAGES: QCoreApplication.translate("VectorStores", "Pages"),
            FileColumn.LANGUAGE: QCoreApplication.translate("VectorStores", "Language"),
            FileColumn.LAST_CITED: QCoreApplication.translate("VectorStores", "Last cited"),
        }

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        column = FileColumn(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _text(row, column)
        if role == FileRole.SORT:
            return _sort_value(row.file, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(_tooltip(row, column))
        return row if role == FileRole.ROW else None

    def _reset(self, files: Sequence[VectorStoreFile]) -> None:
        known = {row.file.id: row for row in self._rows}
        self.beginResetModel()
        self._rows = [replace(known.get(file.id, FileRow(file)), file=file) for file in files]
        self._renumber()
        self.endResetModel()

    def _replace(self, row: int, new: FileRow) -> None:
        """The table sorts anew by a column that changed: of a file on its way, that is the state alone."""
        old, self._rows[row] = self._rows[row], new
        is_on_its_way = replace(old.file, status=new.file.status, error=new.file.error) == new.file
        first, last = (FileColumn.STATE, FileColumn.STATE) if is_on_its_way else (0, len(FileColumn) - 1)
        self.dataChanged.emit(self.index(row, first), self.index(row, last))

    def _append(self, rows: list[FileRow]) -> None:
        if not rows:
            return
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self._rows += rows
        self._renumber()
        self.endInsertRows()

    def _renumber(self) -> None:
        self._row_of = {row.file.id: number for number, row in enumerate(self._rows)}


def _text(row: FileRow, column: FileColumn) -> str:
    file = row.file
    match column:
        case FileColumn.NAME:
            return visible(file.name)
        case FileColumn.STATE:
            return state_text(file, row.stage, row.fraction)
        case FileColumn.SIZE:
            return size_text(file.bytes) if file.bytes else ""
        case FileColumn.PAGES:
            return "" if file.pages is None else str(file.pages)
        case FileColumn.LANGUAGE:
            return (file.language or "").upper()
        case FileColumn.LAST_CITED:
            return "" if file.last_cited_at is None else relative_time(file.last_cited_at, datetime.now(UTC))


def _sort_value(file: VectorStoreFile, column: FileColumn) -> str | int | float:
    """Progress is left out of the state's order: rows keep their place while they are worked on."""
    match column:
        case FileColumn.NAME:
            return file.name.casefold()
        case FileColumn.STATE:
            return _EXPIRED_ORDER if expired_on(file) is not None else _STATE_ORDER[file.status]
        case FileColumn.SIZE:
            return file.bytes
        case FileColumn.PAGES:
            return file.pages or 0
        case FileColumn.LANGUAGE:
            return file.language or ""
        case FileColumn.LAST_CITED:
            return 0.0 if file.last_cited_at is None else file.last_cited_at.timestamp()


def _tooltip(row: FileRow, column: FileColumn) -> str:
    file = row.file
    if column is FileColumn.STATE and file.status is FileStatus.FAILED:
        return "\n".join(filter(None, failure_text(file)))
    if column is FileColumn.STATE and expired_on(file) is not None:
        return expired_text()
    if column is FileColumn.STATE and file.is_converted:
        return converted_text()
    if column is FileColumn.LAST_CITED and file.last_cited_at is not None:
        return full_time(file.last_cited_at)
    return file.source_path or file.name if column is FileColumn.NAME else _text(row, column)
