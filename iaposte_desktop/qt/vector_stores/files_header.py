"""Over the file table: which store it is, what it holds, and what can be added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QProgressBar, QPushButton, QToolButton, QVBoxLayout, QWidget

from iaposte_desktop.qt.lib.elided_label import ElidedLabel
from iaposte_desktop.qt.lib.foreign_text import PlainLabel, visible
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.theme import colours
from iaposte_desktop.qt.vector_stores.folder_news import FolderNews
from iaposte_desktop.qt.vector_stores.places import Place
from iaposte_desktop.qt.vector_stores.texts import store_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from iaposte_desktop.application.folder_sync import FolderState
    from iaposte_desktop.domain.knowledge import VectorStore
    from iaposte_desktop.domain.tasks import Task


class FilesHeader(QWidget):
    """`show_upload` shows how far the adding of files is, or hides it."""

    add_files_requested = Signal()
    add_folder_requested = Signal()
    stop_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store: VectorStore | None = None
        self._place = Place("")
        self._task: Task | None = None
        self.name = ElidedLabel(self)
        self.name.setProperty("role", "title")
        self.facts = ElidedLabel(self)
        self.facts.setProperty("role", "quiet")
        self.add_files = QPushButton(self)
        self.add_files.setProperty("role", "primary")
        self.add_folder = QPushButton(self)
        self.more = QToolButton(self)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.menu = QMenu(self)
        self.more.setMenu(self.menu)
        self.follow = QAction(self)
        self.followed = QMenu(self)
        self.news = FolderNews(self)
        self.retry_failed = QAction(self)
        self.rename = QAction(self)
        self.settings = QAction(self)
        self.export = QAction(self)
        self.copy = QAction(self)
        self.delete = QAction(self)
        self.menu.addAction(self.retry_failed)
        self.menu.addSeparator()
        self.menu.addAction(self.follow)
        self.menu.addMenu(self.followed)
        self.menu.addSeparator()
        self.menu.addActions([self.rename, self.settings])
        self.menu.addSeparator()
        self.menu.addActions([self.export, self.copy])
        self.menu.addSeparator()
        self.menu.addAction(self.delete)
        self._upload = self._made_upload()
        self._lay_out()
        self.add_files.clicked.connect(self.add_files_requested)
        self.add_folder.clicked.connect(self.add_folder_requested)
        self.show_upload(None)
        self.show_folders(())
        self.retranslate()

    def show_store(self, store: VectorStore, place: Place) -> None:
        self._store, self._place = store, place
        self.name.setText(store.name)
        self._show_facts()
        self.retry_failed.setEnabled(store.counts.failed + store.counts.cancelled > 0)

    def show_upload(self, task: Task | None) -> None:
        self._task = task
        self._upload.setVisible(task is not None)
        if task is not None:
            self.progress.setRange(0, task.total or 0)
            self.progress.setValue(task.done)
            self._show_progress_text()

    def show_folders(self, states: Sequence[FolderState], review: Callable[[str], None] | None = None) -> None:
        """Those that the store follows; `review` is called with the id of the one that is chosen in the menu."""
        self.news.show_states(states)
        self.followed.clear()
        self.followed.menuAction().setVisible(bool(states))
        for state in states:
            action = self.followed.addAction(visible(state.folder.path).replace("&", "&&"))
            if review is not None:
                action.triggered.connect(lambda _=False, folder_id=state.folder.id: review(folder_id))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._make_icons()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.add_files.setText(self.tr("Add files"))
        self.add_folder.setText(self.tr("Add folder"))
        self.more.setAccessibleName(self.tr("More about this store"))
        self.more.setToolTip(self.tr("More about this store"))
        self.follow.setText(self.tr("Follow a folder…"))
        self.followed.setTitle(self.tr("Followed folders"))
        self.retry_failed.setText(self.tr("Retry failed"))
        self.rename.setText(self.tr("Rename"))
        self.settings.setText(self.tr("Store settings…"))
        self.export.setText(self.tr("Export…"))
        self.copy.setText(self.tr("Copy to…"))
        self.delete.setText(self.tr("Delete store"))
        self.stop.setText(self.tr("Stop"))
        self.stop.setToolTip(self.tr("Stop adding files; what is ready stays"))
        self.progress.setAccessibleName(self.tr("Progress of adding files"))
        self._make_icons()
        self._show_facts()
        self._show_progress_text()

    def _made_upload(self) -> QWidget:
        strip = QWidget(self)
        self.progress = QProgressBar(strip)
        self.progress.setTextVisible(False)
        self.progress.setMaximumHeight(self.fontMetrics().height() // 2)
        self.progress_text = PlainLabel(parent=strip)
        self.progress_text.setProperty("role", "caption")
        self.stop = QToolButton(strip)
        self.stop.clicked.connect(lambda: self.stop_requested.emit(self._task.id if self._task else ""))
        row = QHBoxLayout(strip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.progress, 1)
        row.addWidget(self.progress_text)
        row.addWidget(self.stop)
        return strip

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(self.name)
        texts.addWidget(self.facts)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(texts, 1)
        for widget in (self.add_files, self.add_folder, self.more):
            row.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 8)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self._upload)
        layout.addWidget(self.news)

    def _make_icons(self) -> None:
        self.add_files.setIcon(icon("file-plus", colours().on_accent))
        self.add_folder.setIcon(icon("folder-plus"))
        self.more.setIcon(icon("ellipsis"))
        self.follow.setIcon(icon("folder-open"))
        self.retry_failed.setIcon(icon("rotate-ccw"))
        self.rename.setIcon(icon("pencil"))
        self.settings.setIcon(icon("settings"))
        self.export.setIcon(icon("download"))
        self.copy.setIcon(icon("copy"))
        self.delete.setIcon(icon("trash-2"))

    def _show_facts(self) -> None:
        if self._store is None:
            return
        facts = store_text(self._store, self._place)
        if self._store.expires_after is not None:
            days = self._store.expires_after.days
            facts += " · " + self.tr("expires after %n day(s) without use", "", days)
        self.facts.setText(facts)

    def _show_progress_text(self) -> None:
        if self._task is not None:
            self.progress_text.setText(self.tr("{0} of {1} files").format(self._task.done, self._task.total or "?"))
