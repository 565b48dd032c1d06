"""Right, second page: which queries must find which files, and whether they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QStackedLayout, QWidget

from iaposte_desktop.application.search_tests import SearchTestState
from iaposte_desktop.qt.lib.empty_state import EmptyState
from iaposte_desktop.qt.lib.fields import StatusLine
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.keys import bind
from iaposte_desktop.qt.vector_stores.action_row import ActionRow
from iaposte_desktop.qt.vector_stores.care_list import CareList, CareRow, care_layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.application.search_tests import CheckedTest

_SIGNS = {
    SearchTestState.PASSED: ("circle-check", "good"),
    SearchTestState.FAILED: ("circle-x", "failed"),
    SearchTestState.OUTDATED: ("clock", "quiet"),
}


class SearchTestsPane(QWidget):
    """Signals carry the ids of tests, or a query."""

    run_requested = Signal(object)
    run_all_requested = Signal()
    remove_requested = Signal(object)
    query_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tests: tuple[CheckedTest, ...] = ()
        self._failure = ""
        self.status = StatusLine(self)
        self.run_all = QPushButton(self)
        self.list = CareList(self)
        self.empty = EmptyState(self)
        self.run = QAction(self)
        self.look = QAction(self)
        self.remove = bind(QAction(self), "delete")
        self.remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.list.addAction(self.remove)
        self.actions_row = ActionRow([self.run, self.look, self.remove], self)
        self._lay_out()
        self.run_all.clicked.connect(self.run_all_requested)
        self.run.triggered.connect(lambda: self.run_requested.emit([self._chosen().test.id]))
        self.remove.triggered.connect(lambda: self.remove_requested.emit([self._chosen().test.id]))
        self.look.triggered.connect(lambda: self.query_requested.emit(self._chosen().test.query))
        self.list.activated.connect(self.look.trigger)
        self.list.chosen_changed.connect(self._show_actions)
        self.setEnabled(False)
        self.retranslate()

    def show_tests(self, tests: Sequence[CheckedTest]) -> None:
        self._tests, self._failure = tuple(tests), ""
        self._show()

    def show_running(self, is_running: bool) -> None:
        self.run_all.setEnabled(not is_running)
        if is_running:
            self.status.say(self.tr("Running…"))
        else:
            self._show()

    def show_failure(self, sentence: str) -> None:
        self._failure = sentence
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._make_icons()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.run_all.setText(self.tr("Run all"))
        self.list.setAccessibleName(self.tr("Search tests"))
        self.run.setText(self.tr("Run"))
        self.look.setText(self.tr("Search it"))
        self.remove.setText(self.tr("Remove"))
        self.empty.set_texts(
            self.tr("No test yet"),
            self.tr(
                "Try a search, then choose “Save as a test” on the file that must be found. Tests run by themselves "
                "when the files of a store on this machine change."
            ),
        )
        self._make_icons()
        self._show()

    def _lay_out(self) -> None:
        filled = QWidget(self)
        filled.setLayout(care_layout(self.status, self.run_all, self.list, self.actions_row))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(filled)

    def _make_icons(self) -> None:
        self.run.setIcon(icon("rotate-ccw"))
        self.look.setIcon(icon("search"))
        self.remove.setIcon(icon("trash-2"))

    def _show(self) -> None:
        self.list.set_rows([self._row(checked) for checked in self._tests])
        self._stack.setCurrentIndex(1 if self._tests else 0)
        failed = sum(checked.state is SearchTestState.FAILED for checked in self._tests)
        outdated = sum(checked.state is SearchTestState.OUTDATED for checked in self._tests)
        if self._failure:
            self.status.say(self._failure, "failed")
        elif failed:
            self.status.say(self.tr("%n test(s) failed", "", failed), "failed")
        elif outdated:
            self.status.say(self.tr("%n test(s) not run since the files changed", "", outdated), "attention")
        else:
            self.status.say(self.tr("All passed"), "good")
        self._show_actions()

    def _row(self, checked: CheckedTest) -> CareRow:
        test = checked.test
        words = {
            SearchTestState.PASSED: self.tr("passed at rank {0}").format(test.rank),
            SearchTestState.FAILED: self.tr("failed"),
            SearchTestState.OUTDATED: self.tr("not run since the change"),
        }
        return CareRow(test.query, f"{words[checked.state]} · {test.file_name}", *_SIGNS[checked.state], checked)

    def _chosen(self) -> CheckedTest:
        row = self.list.chosen()
        assert row is not None, "the actions are disabled while no test is chosen"
        checked: CheckedTest = row.subject
        return checked

    def _show_actions(self) -> None:
        for action in (self.run, self.look, self.remove):
            action.setEnabled(self.list.chosen() is not None)
