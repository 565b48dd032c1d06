"""An assistant's versions as a list, newest first: number and note, then when it was saved and what it repeats."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, Qt

from iaposte_desktop.qt.assistants.list_model import one_line
from iaposte_desktop.qt.lib.foreign_text import plain_tooltip
from iaposte_desktop.qt.lib.times import full_time, relative_time
from iaposte_desktop.qt.lib.two_lines import Index, LineRole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from iaposte_desktop.domain.assistants import AssistantVersion


class VersionRole(IntEnum):
    VERSION = Qt.ItemDataRole.UserRole + 10


class VersionListModel(QAbstractListModel):
    """Made for one dialog: its rows never change."""

    def __init__(self, versions: Sequence[AssistantVersion], now: datetime, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._versions = tuple(versions)
        self._now = now

    def version_at(self, row: int) -> AssistantVersion:
        return self._versions[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature.
        return 0 if parent.isValid() else len(self._versions)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        version = self._versions[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return version_title(version)
        if role == LineRole.SECOND_LINE:
            return self._when(version)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{version_title(version)}, {self._when(version)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{version_title(version)}\n{full_time(version.created_at)}")
        if role == LineRole.IS_DEFAULT:
            return False
        return version if role == VersionRole.VERSION else None

    def _when(self, version: AssistantVersion) -> str:
        parts = [relative_time(version.created_at, self._now)]
        if version.restored_from is not None:
            repeats = QCoreApplication.translate("Assistants", "restored from version {0}")
            parts.append(repeats.format(version.restored_from))
        return " · ".join(parts)


def version_title(version: AssistantVersion) -> str:
    title = QCoreApplication.translate("Assistants", "Version {0}").format(version.number)
    note = one_line(version.note)
    return f"{title} – {note}" if note else title
