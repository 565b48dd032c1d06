"""Right: a search in the store without a model, to see what a draft would find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QListView, QStackedLayout, QVBoxLayout, QWidget

from iaposte_desktop.qt.lib.empty_state import EmptyState
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.vector_stores.passage_delegate import PassageDelegate
from iaposte_desktop.qt.vector_stores.passage_model import PassageListModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.domain.knowledge import Passage

_PAUSE_MS = 250
_SLOW_MS = 1000


class SearchPane(QWidget):
    """`search_requested` carries the query, at Enter or after a pause in typing; an emptied box asks for nothing."""

    search_requested = Signal(str)
    passage_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = PassageListModel(self)
        self.heading = QLabel(self)
        self.heading.setProperty("role", "heading")
        self.query = QLineEdit(self)
        self.query.setClearButtonEnabled(True)
        self._lens = QAction(self)
        self.query.addAction(self._lens, QLineEdit.ActionPosition.LeadingPosition)
        self.heading.setBuddy(self.query)
        self.results = QListView(self)
        self.empty = EmptyState(self)
        self._found_for: str | None = None
        self._failure = ""
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._lay_out()
        self._pause.timeout.connect(self._search)
        self._slow.timeout.connect(self._on_slow)
        self.query.textEdited.connect(self._on_edited)
        self.query.textChanged.connect(self._on_changed)
        self.query.returnPressed.connect(self._search)
        self.results.activated.connect(self._on_activated)
        self.setEnabled(False)
        self.retranslate()

    def show_searching(self) -> None:
        """What was found before stays for as long as an answer is not overdue."""
        self._slow.start()

    def show_failure(self, sentence: str) -> None:
        """Why nothing can be found now."""
        self.clear_results()
        self._failure = sentence
        self._show_state()

    def show_passages(self, query: str, passages: Sequence[Passage]) -> None:
        """What was found for `query`, or that nothing was."""
        self._slow.stop()
        self._found_for, self._failure = query, ""
        self.model.set_passages(passages)
        self._stack.setCurrentIndex(1 if passages else 0)
        if passages:
            self.results.setCurrentIndex(self.model.index(0))
        self._show_state()

    def clear_results(self) -> None:
        self._slow.stop()
        self._found_for, self._failure = None, ""
        self.model.set_passages(())
        self._stack.setCurrentIndex(0)
        self._show_state()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._lens.setIcon(icon("search"))
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.heading.setText(self.tr("Try a search"))
        self.query.setPlaceholderText(self.tr("Words or a question"))
        self.query.setAccessibleName(self.tr("Try a search"))
        self.results.setAccessibleName(self.tr("Passages found"))
        self._lens.setIcon(icon("search"))
        self.model.retranslate()
        self._show_state()

    def _lay_out(self) -> None:
        self.results.setModel(self.model)
        self.results.setItemDelegate(PassageDelegate(self.results))
        self.results.setUniformItemSizes(True)
        self.results.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.results.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.results.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = QVBoxLayout()
        head.setContentsMargins(12, 12, 12, 8)
        head.setSpacing(8)
        head.addWidget(self.heading)
        head.addWidget(self.query)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.results)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(self._stack, 1)

    def _on_slow(self) -> None:
        self.clear_results()
        self.empty.set_texts("", self.tr("Searching…"))

    def _show_state(self) -> None:
        if self._failure:
            self.empty.set_texts(self.tr("The search failed"), self._failure)
        elif self._found_for is None:
            self.empty.set_texts("", self.tr("See which passages a draft would find here, and how well they match."))
        else:
            self.empty.set_texts(
                self.tr("Nothing found"), self.tr("No file of this store has these words. Try fewer or other words.")
            )

    def _search(self) -> None:
        self._pause.stop()
        if self.query.text().strip():
            self.search_requested.emit(self.query.text().strip())

    def _on_edited(self) -> None:
        self._pause.start()

    def _on_changed(self, text: str) -> None:
        if not text.strip():
            self._pause.stop()
            self.search_requested.emit("")

    def _on_activated(self, index: QModelIndex) -> None:
        self.passage_opened.emit(self.model.passage_at(index.row()))
