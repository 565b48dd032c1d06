"""Opening a source where it was quoted, and its original file when asked for."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from iaposte_desktop.application.citing import place_of
from iaposte_desktop.qt.lib.source_viewer import SourceViewer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from iaposte_desktop.application.knowledge import Knowledge
    from iaposte_desktop.domain.citations import Citation, Source
    from iaposte_desktop.qt.lib.controller import Controller


class SourceOpener(QObject):
    def __init__(
        self,
        host: Controller,
        window: QWidget,
        knowledge: Knowledge,
        notify: Callable[[str, str, Callable[[], None] | None], None],
    ) -> None:
        super().__init__(host)
        self._host = host
        self._window = window
        self._knowledge = knowledge
        self._notify = notify
        self._source: Source | None = None
        self.viewer: SourceViewer | None = None

    def open(self, source: Source, citation: Citation | None) -> None:
        self._host.scope.start_latest(self._open(source, citation), "open source")

    async def _open(self, source: Source, citation: Citation | None) -> None:
        passage = source.passage
        content = await self._host.call(self._knowledge.content(passage.store_id, passage.file_id))
        place = place_of(passage, content.text)
        if citation is not None and citation.quote_start is not None and citation.quote_end is not None:
            place = citation.quote_start, citation.quote_end
        if self.viewer is None:
            self.viewer = SourceViewer(self._window)
            self.viewer.original_requested.connect(self._on_original)
        self._source = source
        self.viewer.show_content(content, *(place or ()))

    def _on_original(self) -> None:
        if self._source is not None:
            self._host.scope.start_only(self._open_original(self._source), "open original")

    async def _open_original(self, source: Source) -> None:
        # Opening would run a program that was added by mistake: only types that are read as text are handed over.
        if PurePath(source.passage.file_name).suffix.lower() not in self._knowledge.accepted_suffixes():
            self._notify(self.tr("Files of this type are not opened from here."), "", None)
            return
        path = await self._host.call(self._knowledge.original(source.passage.store_id, source.passage.file_id))
        if path is None or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._notify(self.tr("The original cannot be opened here; its text is shown."), "", None)
