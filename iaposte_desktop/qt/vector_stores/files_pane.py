"""Centre: a store's files, what state they are in, and what can be done with them. Files are dropped anywhere on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from iaposte_desktop.domain.knowledge import FileStatus
from iaposte_desktop.qt.lib.drop_hint import DropHint, dropped_paths
from iaposte_desktop.qt.lib.empty_state import EmptyState
from iaposte_desktop.qt.lib.fields import StatusLine
from iaposte_desktop.qt.lib.foreign_text import PlainLabel
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.keys import bind
from iaposte_desktop.qt.vector_stores.file_table import FileTable
from iaposte_desktop.qt.vector_stores.files_header import FilesHeader
from iaposte_desktop.qt.vector_stores.selection_bar import SelectionBar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iaposte_desktop.domain.knowledge import UploadEvent, VectorStore, VectorStoreFile
    from iaposte_desktop.domain.tasks import Task
    from iaposte_desktop.qt.vector_stores.places import Place

_NO_STORE, _NO_FILES, _TABLE, _NOT_LISTED = range(4)
_RETRYABLE = (FileStatus.FAILED, FileStatus.CANCELLED)


class FilesPane(QWidget):
    """Signals about files carry VectorStoreFile values; `paths_dropped` a list of Path."""

    paths_dropped = Signal(object)
    text_requested = Signal(object)
    original_requested = Signal(object)
    retry_requested = Signal(object)
    replace_requested = Signal(object)
    attributes_requested = Signal(object)
    remove_requested = Signal(object)
    refresh_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._store: VectorStore | None = None
        self._is_ready = False
        self._is_listed = False
        self.header = FilesHeader(self)
        self.filter = QLineEdit(self)
        self.count = PlainLabel(parent=self)
        self.count.setProperty("role", "caption")
        self.table = FileTable(self)
        self.no_store = EmptyState(self)
        self.no_files = EmptyState(self)
        self.failure = StatusLine(self)
        self.refresh = QPushButton(self)
        self.refresh.hide()
        self._make_actions()
        self.selection = SelectionBar(
            [self.see_text, self.open_original, self.retry, self.replace, self.attributes, self.remove], self
        )
        self._lay_out()
        self.hint = DropHint(self)
        self.hint.text.setProperty("role", "title")
        self._connect()
        self._on_selection()
        self.retranslate()

    def set_ready(self) -> None:
        self._is_ready = True
        self.retranslate()

    def show_store(self, store: VectorStore | None, place: Place) -> None:
        """The head of the pane; the files follow by `set_files`."""
        if store is None or self._store is None or store.id != self._store.id:
            self.table.files.set_files(())
            self.filter.clear()
            self._is_listed = False
            self.show_failure("")
        self._store = store
        if store is not None:
            self.header.show_store(store, place)
            self.table.show_columns_of(is_hosted=bool(place.name))
        self._show_page()

    def set_files(self, files: Sequence[VectorStoreFile]) -> None:
        self.table.files.set_files(files)
        self._is_listed = True
        self.show_failure("")
        self._show_page()

    def show_failure(self, sentence: str) -> None:
        """Why the files cannot be listed now; those listed before stay."""
        self.failure.say(sentence, "failed")
        self.refresh.setVisible(bool(sentence))

    def apply(self, events: Iterable[UploadEvent]) -> None:
        self.table.files.apply(events)
        self._show_page()

    def show_upload(self, task: Task | None) -> None:
        self.header.show_upload(task)

    def choose_file(self, file: VectorStoreFile) -> None:
        """Brought to light, whatever the filter says, and focused."""
        if not self.table.choose_file(file.id):
            self.filter.clear()
            self.table.choose_file(file.id)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_target(self) -> QWidget:
        """What the keyboard comes to."""
        buttons = {_NO_STORE: self.no_store.button, _NO_FILES: self.no_files.button}
        return buttons.get(self._stack.currentIndex(), self.table)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._make_icons()
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._is_ready and dropped_paths(event.mimeData()):
            event.acceptProposedAction()
            self.hint.show_over(self._drop_text())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.hint.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.hint.hide()
        event.acceptProposedAction()
        self.paths_dropped.emit(dropped_paths(event.mimeData()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.hint.setGeometry(self.rect())
        super().resizeEvent(event)

    def retranslate(self) -> None:
        self.filter.setPlaceholderText(self.tr("Filter by name"))
        self.filter.setAccessibleName(self.tr("Filter by name"))
        self.table.setAccessibleName(self.tr("Files of the store"))
        self.see_text.setText(self.tr("See the text"))
        self.open_original.setText(self.tr("Open the original"))
        self.retry.setText(self.tr("Try again"))
        self.replace.setText(self.tr("Replace…"))
        self.replace.setIconText(self.replace.text())
        self.attributes.setText(self.tr("Attributes…"))
        self.attributes.setIconText(self.attributes.text())
        self.attributes.setToolTip(self.tr("Title, version, until when it is valid, for whom"))
        self.remove.setText(self.tr("Remove"))
        self.see_text.setToolTip(self.tr("See the text that was read from the file (Enter)"))
        self.replace.setToolTip(self.tr("Put a new version in its place"))
        self.refresh.setText(self.tr("Try again"))
        self.refresh.setAccessibleName(self.tr("List the files again"))
        if self._is_ready:
            self.no_store.set_texts(
                self.tr("Knowledge for your replies"),
                self.tr("Make a store, then drop your files here: price lists, terms, manuals, answers."),
                self.tr("New store"),
            )
        else:
            self.no_store.set_texts(self.tr("Opening…"), "")
        self.no_files.set_texts(
            self.tr("No file yet"), self.tr("Drop files or folders here, or add them."), self.tr("Add files")
        )
        self.table.files.retranslate()
        self._show_count()
        self._make_icons()

    def _make_actions(self) -> None:
        self.see_text = QAction(self)
        self.open_original = QAction(self)
        self.retry = QAction(self)
        self.replace = QAction(self)
        self.attributes = QAction(self)
        self.remove = bind(QAction(self), "delete")
        self.remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.table.addAction(self.remove)
        self._menu = QMenu(self)
        self._menu.addActions([self.see_text, self.open_original])
        self._menu.addSeparator()
        self._menu.addActions([self.retry, self.replace, self.attributes, self.remove])

    def _lay_out(self) -> None:
        self.filter.setAcceptDrops(False)
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(self.fontMetrics().averageCharWidth() * 40)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 0, 16, 8)
        bar.setSpacing(8)
        bar.addWidget(self.filter, 1)
        bar.addWidget(self.count)
        bar.addStretch()
        filled = QWidget(self)
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        around = QHBoxLayout()
        around.setContentsMargins(8, 0, 8, 0)
        around.addWidget(self.table)
        column.addLayout(around, 1)
        column.addWidget(self.selection)
        self._stack = QStackedLayout()
        for page in (self.no_store, self.no_files, filled, QWidget(self)):
            self._stack.addWidget(page)
        failed = QHBoxLayout()
        failed.setContentsMargins(16, 0, 16, 8)
        failed.setSpacing(8)
        failed.addWidget(self.failure, 1)
        failed.addWidget(self.refresh, alignment=Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addLayout(failed)
        layout.addLayout(self._stack, 1)
        self._show_page()

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._on_filter)
        self.table.selection_changed.connect(self._on_selection)
        self.table.activated.connect(self._on_activated)
        self.table.customContextMenuRequested.connect(self._on_context_menu)
        self.refresh.clicked.connect(self.refresh_requested)
        self.no_files.button.clicked.connect(self.header.add_files_requested)
        self.see_text.triggered.connect(lambda: self.text_requested.emit(self.table.selected_files()[0]))
        self.open_original.triggered.connect(lambda: self.original_requested.emit(self.table.selected_files()[0]))
        self.replace.triggered.connect(lambda: self.replace_requested.emit(self.table.selected_files()[0]))
        self.attributes.triggered.connect(lambda: self.attributes_requested.emit(self.table.selected_files()))
        self.remove.triggered.connect(lambda: self.remove_requested.emit(self.table.selected_files()))
        self.retry.triggered.connect(self._on_retry)

    def _make_icons(self) -> None:
        self.see_text.setIcon(icon("file-text"))
        self.open_original.setIcon(icon("external-link"))
        self.retry.setIcon(icon("rotate-ccw"))
        self.replace.setIcon(icon("refresh-cw"))
        self.attributes.setIcon(icon("list-checks"))
        self.remove.setIcon(icon("trash-2"))

    def _show_page(self) -> None:
        self.header.setVisible(self._store is not None)
        if self._store is None:
            self._stack.setCurrentIndex(_NO_STORE)
        elif self.table.files.rowCount():
            self._stack.setCurrentIndex(_TABLE)
        else:
            self._stack.setCurrentIndex(_NO_FILES if self._is_listed else _NOT_LISTED)
        self._show_count()

    def _show_count(self) -> None:
        shown, total = self.table.shown_count(), self.table.files.rowCount()
        self.count.setText("" if not self.filter.text() else self.tr("{0} of {1}").format(shown, total))

    def _drop_text(self) -> str:
        if self._store is None:
            return self.tr("Drop to make a store of these files")
        return self.tr("Drop to add to “{0}”").format(self._store.name)

    def _on_filter(self, text: str) -> None:
        self.table.filter_by(text)
        self._show_count()

    def _on_selection(self) -> None:
        files = self.table.selected_files()
        only = files[0] if len(files) == 1 else None
        self.see_text.setEnabled(only is not None and only.status is FileStatus.COMPLETED)
        self.open_original.setEnabled(only is not None and only.status is not FileStatus.IN_PROGRESS)
        self.retry.setEnabled(any(file.status in _RETRYABLE for file in files))
        self.replace.setEnabled(only is not None and only.status is not FileStatus.IN_PROGRESS)
        self.attributes.setEnabled(bool(files) and all(file.status is FileStatus.COMPLETED for file in files))
        self.remove.setEnabled(bool(files))
        self.selection.show_files(files)

    def _on_retry(self) -> None:
        self.retry_requested.emit([file for file in self.table.selected_files() if file.status in _RETRYABLE])

    def _on_activated(self, index: QModelIndex) -> None:
        file = self.table.file_at(index)
        if file.status is FileStatus.COMPLETED:
            self.text_requested.emit(file)

    def _on_context_menu(self, at: QPoint) -> None:
        if self.table.indexAt(at).isValid():
            self._menu.popup(self.table.viewport().mapToGlobal(at))
