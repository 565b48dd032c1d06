"""Showing what a file says: its extracted text at a passage, or the original in its own program."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from iaposte_desktop.application.citing import place_of
from iaposte_desktop.qt.lib.controller import Controller
from iaposte_desktop.qt.lib.source_viewer import SourceViewer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from iaposte_desktop.application.knowledge import Knowledge
    from iaposte_desktop.domain.knowledge import Passage, VectorStoreFile
    from iaposte_desktop.qt.runtime import Runtime

    Notify = Callable[[str, str, Callable[[], None] | None], None]


class Sources(Controller):
    """One viewer for the tab, made when it is first needed."""

    def __init__(self, parent: QWidget, runtime: Runtime, knowledge: Knowledge, notify: Notify) -> None:
        super().__init__(runtime, parent)
        self._parent = parent
        self._knowledge = knowledge
        self._notify = notify
        self._viewer: SourceViewer | None = None
        self._shown: VectorStoreFile | None = None

    def show_file(self, file: VectorStoreFile) -> None:
        self.scope.start_latest(self._show(file.store_id, file.id), "show text")

    def show_passage(self, passage: Passage) -> None:
        self.scope.start_latest(self._show(passage.store_id, passage.file_id, passage), "show text")

    def open_original(self, file: VectorStoreFile) -> None:
        self.scope.start(self._open(file), "open original")

    @property
    def viewer(self) -> SourceViewer:
        if self._viewer is None:
            self._viewer = SourceViewer(self._parent)
            self._viewer.original_requested.connect(self._on_original)
        return self._viewer

    async def _show(self, store_id: str, file_id: str, passage: Passage | None = None) -> None:
        content = await self.call(self._knowledge.content(store_id, file_id))
        self._shown = content.file
        place = place_of(passage, content.text) if passage is not None else None
        self.viewer.show_content(content, *(place or ()))

    def _on_original(self) -> None:
        if self._shown is not None:
            self.open_original(self._shown)

    async def _open(self, file: VectorStoreFile) -> None:
        # Opening would run a program that was added by mistake: only types that are read as text are handed over.
        if PurePath(file.name).suffix.lower() not in self._knowledge.accepted_suffixes():
            self._notify(self.tr("Files of this type are not opened from here."), "", None)
            return
        path = await self.call(self._knowledge.original(file.store_id, file.id))
        if path is None:
            self._notify(self.tr("The store keeps no copy of “{0}”.").format(file.name), "", None)
        elif not _opened(path):
            self._notify(self.tr("No program on this computer opens “{0}”.").format(file.name), "", None)


def _opened(path: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
