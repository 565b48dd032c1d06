"""Opening sources: a file's pages or text at a passage, and the original in its own program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from iaposte_desktop.qt.lib.page_loader import PageLoader
from iaposte_desktop.qt.lib.source_viewer import SourceViewer

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path
    from typing import Any

    from PySide6.QtWidgets import QWidget

    from iaposte_desktop.application.knowledge import Knowledge
    from iaposte_desktop.application.sources import OpenSource, Sources
    from iaposte_desktop.domain.citations import Citation, Source
    from iaposte_desktop.domain.knowledge import Passage, VectorStoreFile
    from iaposte_desktop.domain.ports.page_renderer import PageImage
    from iaposte_desktop.qt.lib.controller import Controller

Notify: TypeAlias = Callable[[str, str, Callable[[], None] | None], None]


class SourceOpener(QObject):
    """One viewer for its tab, made when it is first needed."""

    def __init__(
        self, host: Controller, window: QWidget, knowledge: Knowledge, sources: Sources, notify: Notify
    ) -> None:
        super().__init__(host)
        self._host = host
        self._window = window
        self._knowledge = knowledge
        self._sources = sources
        self._notify = notify
        self._viewer: SourceViewer | None = None
        self._shown: VectorStoreFile | None = None

    def open(self, source: Source, citation: Citation | None) -> None:
        """At the quote; without one at the passage."""
        self._start(self._sources.open(source.passage, citation))

    def open_passage(self, passage: Passage) -> None:
        self._start(self._sources.open(passage))

    def open_file(self, file: VectorStoreFile) -> None:
        self._start(self._sources.open_file(file.store_id, file.id))

    def open_original(self, file: VectorStoreFile) -> None:
        self._host.scope.start(self._open_original(file), "open original")

    @property
    def viewer(self) -> SourceViewer:
        if self._viewer is None:
            self._viewer = SourceViewer(PageLoader(self._host.scope, self._draw, self), self._window)
            self._viewer.original_requested.connect(self._on_original)
        return self._viewer

    def _start(self, opening: Coroutine[Any, Any, OpenSource]) -> None:
        self._host.scope.start_latest(self._open(opening), "open source")

    async def _open(self, opening: Coroutine[Any, Any, OpenSource]) -> None:
        source = await self._host.call(opening)
        self._shown = source.content.file
        self.viewer.show_source(source)

    async def _draw(
        self, source: OpenSource, number: int | None, scale: float, marked: tuple[int, int] | None
    ) -> PageImage:
        return await self._host.call(self._sources.page(source, number, scale, marked))

    def _on_original(self) -> None:
        if self._shown is not None:
            self.open_original(self._shown)

    async def _open_original(self, file: VectorStoreFile) -> None:
        # Opening would run a program that was added by mistake: only types that are read as text are handed over.
        if PurePath(file.name).suffix.lower() not in self._knowledge.accepted_suffixes():
            self._notify(self.tr("Files of this type are not opened from here."), "", None)
            return
        path = await self._host.call(self._knowledge.original(file.store_id, file.id))
        if path is None:
            self._notify(self.tr("The store keeps no copy of “{0}”.").format(file.name), "", None)
        elif not _opened(path):
            self._notify(self.tr("No program on this computer opens “{0}”.").format(file.name), "", None)


def _opened(path: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
