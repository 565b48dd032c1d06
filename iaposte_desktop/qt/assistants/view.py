"""The Assistants tab: the list on the left, one assistant's form on the right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from iaposte_desktop.qt.assistants.editor import AssistantEditor
from iaposte_desktop.qt.assistants.list_panel import AssistantList
from iaposte_desktop.qt.lib.empty_state import EmptyState
from iaposte_desktop.qt.lib.keys import bind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent

_SPLITTER, _CURRENT = "assistants.splitter", "assistants.current"


class AssistantsView(QWidget):
    """Made before the program is open; `set_ready` brings it to life. `files_dropped` carries a list of Path."""

    save_requested = Signal()
    files_dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.remembered_id = ""
        self.list = AssistantList(self)
        self.editor = AssistantEditor(self)
        self.editor.set_actions(self.list.actions_on_one)
        self.nothing = EmptyState(self)
        self._right = QStackedWidget(self)
        self._right.addWidget(self.nothing)
        self._right.addWidget(self.editor)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        character = self.fontMetrics().averageCharWidth()
        for pane, characters in ((self.list, 32), (self._right, 64)):
            self.splitter.addWidget(pane)
            pane.setMinimumWidth(character * characters)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([character * 38, character * 120])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)
        self._bind_keys()
        self.nothing.button.setMenu(self.list.new.menu())
        self.editor.bar.save_requested.connect(self.save_requested)
        self._is_ready = False
        self.retranslate()

    def set_ready(self) -> None:
        self._is_ready = True
        self.list.set_ready()
        self.retranslate()

    def show_editor(self, is_shown: bool) -> None:
        self._right.setCurrentWidget(self.editor if is_shown else self.nothing)

    def save_state(self) -> dict[str, str]:
        return {
            _SPLITTER: bytes(self.splitter.saveState().toBase64().data()).decode("ascii"),
            _CURRENT: self.remembered_id,
        }

    def restore_state(self, state: Mapping[str, str]) -> None:
        """Unknown and damaged values are passed over. Which assistant was open is used once the list is there."""
        if splitter := state.get(_SPLITTER):
            self.splitter.restoreState(QByteArray.fromBase64(splitter.encode()))
        self.remembered_id = state.get(_CURRENT, "")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        if self._is_ready:
            self.nothing.set_texts(
                self.tr("No assistant is open"),
                self.tr("Choose one on the left, make one from a template, or drop an exported file here."),
                self.tr("New"),
            )
        else:
            self.nothing.set_texts("", "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves a field for the list; it never takes back what was typed."""
        if event.key() == Qt.Key.Key_Escape:
            self.list.list.setFocus()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._is_ready and event.mimeData().hasUrls() and all(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.files_dropped.emit([Path(url.toLocalFile()) for url in event.mimeData().urls()])

    def _bind_keys(self) -> None:
        for key, slot in (("save", self.save_requested.emit), ("find", self._find)):
            action = bind(QAction(self), key)
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.triggered.connect(lambda _=False, run=slot: run())
            self.addAction(action)

    def _find(self) -> None:
        self.list.search.setFocus()
        self.list.search.selectAll()
