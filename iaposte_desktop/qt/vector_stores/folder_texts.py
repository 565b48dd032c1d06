"""Words for followed folders: what changed in one, and what it will do to the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject

from iaposte_desktop.application.folder_changes import ChangeKind

if TYPE_CHECKING:
    from iaposte_desktop.application.folder_sync import FolderState


class FolderCounts(QObject):
    def added(self, count: int) -> str:
        return self.tr("%Ln added", "", count)

    def changed(self, count: int) -> str:
        return self.tr("%Ln changed", "", count)

    def moved(self, count: int) -> str:
        return self.tr("%Ln moved", "", count)

    def removed(self, count: int) -> str:
        return self.tr("%Ln removed", "", count)


_COUNTS: Final = FolderCounts()


def changes_text(state: FolderState) -> str:
    """`3 added, 1 changed`; why there is nothing to say where there is not."""
    if not state.is_reachable:
        return QCoreApplication.translate("Folders", "not reachable now; its files stay in the store")
    if not state.changes:
        return QCoreApplication.translate("Folders", "nothing changed")
    words = {
        ChangeKind.ADDED: _COUNTS.added,
        ChangeKind.CHANGED: _COUNTS.changed,
        ChangeKind.MOVED: _COUNTS.moved,
        ChangeKind.REMOVED: _COUNTS.removed,
    }
    counts = ((kind, state.count(kind)) for kind in words)
    return ", ".join(words[kind](count) for kind, count in counts if count)


def kind_text(kind: ChangeKind) -> str:
    words = {
        ChangeKind.ADDED: QCoreApplication.translate("Folders", "new: will be added"),
        ChangeKind.CHANGED: QCoreApplication.translate("Folders", "changed: becomes the newer version"),
        ChangeKind.MOVED: QCoreApplication.translate("Folders", "moved: keeps its attributes"),
        ChangeKind.REMOVED: QCoreApplication.translate("Folders", "removed: leaves the store for good"),
    }
    return words[kind]
