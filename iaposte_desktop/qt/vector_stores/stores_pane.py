"""Left: the stores, and what can be done with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from iaposte_desktop.qt.lib.drop_hint import DropHint, dropped_paths
from iaposte_desktop.qt.lib.empty_state import EmptyState
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.keys import bind, with_key
from iaposte_desktop.qt.vector_stores.failure_lines import FailureLines
from iaposte_desktop.qt.vector_stores.store_delegate import StoreDelegate
from iaposte_desktop.qt.vector_stores.store_model import StoreListModel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from PySide6.QtCore import QMimeData, QModelIndex

    from iaposte_desktop.domain.knowledge import VectorStore
    from iaposte_desktop.qt.vector_stores.places import Place


class StoresPane(QWidget):
    """`store_selected` carries the store's id, or nothing where none is left. A selection survives a refresh.
    `archive_dropped` carries the path of a zip."""

    store_selected = Signal(str)
    new_requested = Signal()
    rename_requested = Signal(str, str)
    settings_requested = Signal(str)
    delete_requested = Signal(str)
    export_requested = Signal(str)
    copy_requested = Signal(str)
    import_requested = Signal()
    archive_dropped = Signal(object)
    bin_requested = Signal()
    synonyms_requested = Signal()
    refresh_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = StoreListModel(self)
        self.heading = QLabel(self)
        self.heading.setProperty("role", "heading")
        self.more = QToolButton(self)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.list = QListView(self)
        self.empty = EmptyState(self)
        self.failures = FailureLines(self)
        self.new = QPushButton(self)
        self.import_store = QPushButton(self)
        self.hint = DropHint(self, "download")
        self.setAcceptDrops(True)
        self._selected = ""
        self._awaited = ""
        self._is_filling = False
        self._is_ready = False
        self._make_actions()
        self._lay_out()
        self._connect()
        self.retranslate()

    def set_ready(self) -> None:
        """The program is open: stores can be made."""
        self._is_ready = True
        self._enable()

    def set_stores(self, stores: Sequence[VectorStore], places: Mapping[str, Place]) -> None:
        """`places` by provider."""
        self._is_filling = True
        self.model.set_stores(stores, places)
        self._stack.setCurrentIndex(1 if stores else 0)
        row = self._row_to_select()
        if row is None:
            self._selected = ""
            self.store_selected.emit("")
        elif self.list.currentIndex().row() != row:
            self.list.setCurrentIndex(self.model.index(row))
        self._is_filling = False
        self._enable()

    def select(self, store_id: str) -> None:
        """At once where the store is listed, or as soon as it is."""
        row = self.model.row_of(store_id)
        if row is not None:
            self.list.setCurrentIndex(self.model.index(row))
        else:
            self._awaited = store_id

    @property
    def selected(self) -> str:
        """The id of the store that is shown, or nothing."""
        return self._selected

    def edit_name(self) -> None:
        if self.list.currentIndex().isValid():
            self.list.edit(self.list.currentIndex())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._make_icons()
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._is_ready and _archive_in(event.mimeData()) is not None:
            event.acceptProposedAction()
            self.hint.show_over(self.tr("Drop to import this store"))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.hint.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.hint.hide()
        event.acceptProposedAction()
        self.archive_dropped.emit(_archive_in(event.mimeData()))

    def retranslate(self) -> None:
        self.heading.setText(self.tr("Vector stores"))
        self.list.setAccessibleName(self.tr("Vector stores"))
        self.more.setAccessibleName(self.tr("More about stores"))
        self.more.setToolTip(self.tr("More about stores"))
        self.new.setText(self.tr("New store"))
        self.import_store.setText(self.tr("Import…"))
        self.import_store.setToolTip(self.tr("Import a store that was exported as a zip"))
        self.export.setText(self.tr("Export…"))
        self.copy.setText(self.tr("Copy to…"))
        self.rename.setText(self.tr("Rename"))
        self.rename.setToolTip(with_key(self.tr("Rename"), "rename"))
        self.settings.setText(self.tr("Store settings…"))
        self.delete.setText(self.tr("Delete store"))
        self.refresh.setText(self.tr("Refresh"))
        self.refresh.setToolTip(with_key(self.tr("Ask the connections for their stores again"), "refresh"))
        self.synonyms.setText(self.tr("Synonyms…"))
        self.deleted.setText(self.tr("Deleted stores…"))
        self.empty.set_texts(
            self.tr("No store yet"), self.tr("A store holds the files that replies are drawn from, and quote.")
        )
        self.model.retranslate()
        self._make_icons()

    def _make_actions(self) -> None:
        self.rename = bind(QAction(self), "rename")
        self.settings = QAction(self)
        self.export = QAction(self)
        self.copy = QAction(self)
        self.delete = bind(QAction(self), "delete")
        self.refresh = bind(QAction(self), "refresh")
        # Wherever the focus is in this tab, or on the bar of the tabs.
        self.refresh.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        self.addAction(self.refresh)
        self.synonyms = QAction(self)
        self.deleted = QAction(self)
        for action in (self.rename, self.delete):
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.list.addAction(action)
        self._menu = QMenu(self)
        self._menu.addActions([self.rename, self.settings])
        self._menu.addSeparator()
        self._menu.addActions([self.export, self.copy])
        self._menu.addSeparator()
        self._menu.addAction(self.delete)
        more = QMenu(self)
        more.addActions([self.refresh, self.synonyms, self.deleted])
        self.more.setMenu(more)

    def _lay_out(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(StoreDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 8, 4)
        head.addWidget(self.heading, 1)
        head.addWidget(self.more)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 12)
        foot.setSpacing(8)
        foot.addWidget(self.new, 1)
        foot.addWidget(self.import_store)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self.failures)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.customContextMenuRequested.connect(self._on_context_menu)
        self.model.rename_requested.connect(self.rename_requested)
        self.new.clicked.connect(self.new_requested)
        self.rename.triggered.connect(self.edit_name)
        self.settings.triggered.connect(lambda: self._for_selected(self.settings_requested))
        self.delete.triggered.connect(lambda: self._for_selected(self.delete_requested))
        self.export.triggered.connect(lambda: self._for_selected(self.export_requested))
        self.copy.triggered.connect(lambda: self._for_selected(self.copy_requested))
        self.import_store.clicked.connect(self.import_requested)
        self.synonyms.triggered.connect(self.synonyms_requested)
        self.deleted.triggered.connect(self.bin_requested)
        self.refresh.triggered.connect(self.refresh_requested)
        self.failures.retry_requested.connect(self.refresh_requested)

    def _make_icons(self) -> None:
        self.more.setIcon(icon("ellipsis"))
        self.new.setIcon(icon("plus"))
        self.rename.setIcon(icon("pencil"))
        self.settings.setIcon(icon("settings"))
        self.export.setIcon(icon("download"))
        self.copy.setIcon(icon("copy"))
        self.delete.setIcon(icon("trash-2"))
        self.refresh.setIcon(icon("refresh-cw"))
        self.synonyms.setIcon(icon("list-checks"))
        self.deleted.setIcon(icon("history"))

    def _enable(self) -> None:
        has_store = self.model.rowCount() > 0
        for action in (self.rename, self.settings, self.export, self.copy, self.delete):
            action.setEnabled(has_store)
        self.import_store.setEnabled(self._is_ready)
        self.new.setEnabled(self._is_ready)
        self.more.setEnabled(self._is_ready)
        self.refresh.setEnabled(self._is_ready)

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid():
            self._selected = self.model.store_at(current.row()).id
            if not self._is_filling:
                self._awaited = ""
            self.store_selected.emit(self._selected)

    def _row_to_select(self) -> int | None:
        awaited = self.model.row_of(self._awaited)
        if awaited is not None:
            self._awaited = ""
            return awaited
        kept = self.model.row_of(self._selected)
        return 0 if kept is None and self.model.rowCount() else kept

    def _on_context_menu(self, at: QPoint) -> None:
        if self.list.indexAt(at).isValid():
            self._menu.popup(self.list.viewport().mapToGlobal(at))

    def _for_selected(self, signal: SignalInstance) -> None:
        if self._selected:
            signal.emit(self._selected)


def _archive_in(mime: QMimeData) -> Path | None:
    """The one zip that is dragged."""
    paths = dropped_paths(mime)
    return paths[0] if len(paths) == 1 and paths[0].suffix.lower() == ".zip" else None
