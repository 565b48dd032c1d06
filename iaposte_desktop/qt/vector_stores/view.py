"""The Vector stores tab: stores on the left, a store's files in the centre, what it finds and needs on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from iaposte_desktop.qt.lib.keys import bind
from iaposte_desktop.qt.lib.pane_cycle import focus_next_pane
from iaposte_desktop.qt.vector_stores.files_pane import FilesPane
from iaposte_desktop.qt.vector_stores.side_panes import SidePanes
from iaposte_desktop.qt.vector_stores.stores_pane import StoresPane

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QShowEvent

_SPLITTER, _COLUMNS, _STORE = "vector_stores.splitter", "vector_stores.columns", "vector_stores.store"
_PANE = "vector_stores.pane"


class VectorStoresView(QWidget):
    """Made before the program is open; `set_ready` brings it to life. `shown`: somebody came to look."""

    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stores = StoresPane(self)
        self.files = FilesPane(self)
        self.side = SidePanes(self)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        character = self.fontMetrics().averageCharWidth()
        for pane, characters in ((self.stores, 34), (self.files, 72), (self.side, 44)):
            self.splitter.addWidget(pane)
            pane.setMinimumWidth(character * characters)
        self.splitter.setStretchFactor(1, 1)
        self.next_pane = bind(QAction(self), "next_pane")
        self.next_pane.triggered.connect(self._on_next_pane)
        self.addAction(self.next_pane)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)
        self.files.no_store.button.clicked.connect(self.stores.new_requested)
        self.files.header.rename.triggered.connect(self.stores.edit_name)
        self.files.header.settings.triggered.connect(self.stores.settings.trigger)
        self.files.header.export.triggered.connect(self.stores.export.trigger)
        self.files.header.copy.triggered.connect(self.stores.copy.trigger)
        self.files.header.delete.triggered.connect(self.stores.delete.trigger)

    def set_ready(self) -> None:
        self.stores.set_ready()
        self.files.set_ready()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def save_state(self) -> dict[str, str]:
        return {
            _SPLITTER: bytes(self.splitter.saveState().toBase64().data()).decode("ascii"),
            _COLUMNS: self.files.table.save_columns(),
            _STORE: self.stores.selected,
            _PANE: str(self.side.currentIndex()),
        }

    def restore_state(self, state: Mapping[str, str]) -> None:
        """Unknown and damaged values are passed over."""
        if splitter := state.get(_SPLITTER):
            self.splitter.restoreState(QByteArray.fromBase64(splitter.encode()))
        if columns := state.get(_COLUMNS):
            self.files.table.restore_columns(columns)
        if store_id := state.get(_STORE):
            self.stores.select(store_id)
        if (pane := state.get(_PANE, "")).isdecimal():
            self.side.setCurrentIndex(int(pane))

    def _on_next_pane(self) -> None:
        """Stores, files, right side, and round again."""
        focus_next_pane(
            ((self.stores, self.stores.list), (self.files, self.files.focus_target()), (self.side, self.side.tabBar()))
        )
