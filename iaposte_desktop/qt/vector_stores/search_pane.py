"""Right: a search in the store without a model, to see what a draft would find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from iaposte_desktop.qt.lib.empty_state import EmptyState
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.vector_stores.action_row import ActionRow
from iaposte_desktop.qt.vector_stores.match_styles import MatchLegend
from iaposte_desktop.qt.vector_stores.passage_list import PassageList
from iaposte_desktop.qt.vector_stores.passage_model import PassageListModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.domain.knowledge import Passage
    from iaposte_desktop.domain.search import Explanation

_PAUSE_MS = 250
_SLOW_MS = 1000


class SearchPane(QWidget):
    """`search_requested` carries the query, at Enter or after a pause in typing; an emptied box asks for nothing.
    `test_requested` carries the query and the Passage whose file it must find."""

    search_requested = Signal(str)
    passage_opened = Signal(object)
    test_requested = Signal(str, object)
    lab_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = PassageListModel(self)
        self.query = QLineEdit(self)
        self.query.setClearButtonEnabled(True)
        self._lens = QAction(self)
        self.query.addAction(self._lens, QLineEdit.ActionPosition.LeadingPosition)
        self.results = PassageList(self.model, self)
        self.legend = MatchLegend(self)
        self.see_text = QAction(self)
        self.save_test = QAction(self)
        self.compare = QAction(self)
        self.compare.setEnabled(False)
        self.actions_row = ActionRow([self.save_test, self.see_text], self)
        self.compare_row = ActionRow([self.compare], self)
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
        self.results.activated.connect(self.see_text.trigger)
        self.see_text.triggered.connect(lambda: self.passage_opened.emit(self._chosen()))
        self.compare.triggered.connect(self.lab_requested)
        self.save_test.triggered.connect(lambda: self.test_requested.emit(self._found_for, self._chosen()))
        self.setEnabled(False)
        self.retranslate()

    def ask(self, query: str) -> None:
        """As if it had been typed."""
        self.query.setText(query)
        self.query.setFocus()
        self._search()

    def show_searching(self) -> None:
        """What was found before stays for as long as an answer is not overdue."""
        self._slow.start()

    def show_failure(self, sentence: str) -> None:
        """Why nothing can be found now."""
        self.clear_results()
        self._failure = sentence
        self._show_state()

    def show_passages(self, query: str, passages: Sequence[Passage], explanations: Sequence[Explanation] = ()) -> None:
        """What was found for `query` and why, or that nothing was."""
        self._slow.stop()
        self._found_for, self._failure = query, ""
        self.model.set_passages(passages, explanations)
        self.legend.show_kinds(self.model.kinds())
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
            self._make_icons()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.query.setPlaceholderText(self.tr("Words or a question"))
        self.query.setAccessibleName(self.tr("Try a search"))
        self.results.setAccessibleName(self.tr("Passages found"))
        self.see_text.setText(self.tr("See the text"))
        self.save_test.setText(self.tr("Save as a test"))
        self.save_test.setToolTip(self.tr("From now on, this search must find this file"))
        self.compare.setText(self.tr("Compare settings…"))
        self.compare.setIconText(self.compare.text())
        self.compare.setToolTip(self.tr("The same search with other settings, side by side"))
        self._make_icons()
        self.model.retranslate()
        self._show_state()

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(12, 12, 12, 8)
        head.setSpacing(8)
        head.addWidget(self.query)
        head.addWidget(self.compare_row)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 8, 12, 8)
        foot.setSpacing(8)
        foot.addWidget(self.legend)
        foot.addWidget(self.actions_row)
        filled = QWidget(self)
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.results, 1)
        column.addLayout(foot)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(filled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(self._stack, 1)

    def _make_icons(self) -> None:
        self._lens.setIcon(icon("search"))
        self.see_text.setIcon(icon("file-text"))
        self.compare.setIcon(icon("settings"))
        self.save_test.setIcon(icon("list-checks"))

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

    def _chosen(self) -> Passage:
        return self.model.passage_at(self.results.currentIndex().row())
