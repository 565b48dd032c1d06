"""Right, third page: what a store needs, and the next step for each finding."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QToolButton, QWidget

from iaposte_desktop.qt.lib.fields import StatusLine
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.vector_stores.action_row import ActionRow
from iaposte_desktop.qt.vector_stores.care_list import CareList, care_layout
from iaposte_desktop.qt.vector_stores.health_rows import Finding, FindingKind, HealthRows

if TYPE_CHECKING:
    from iaposte_desktop.application.health import HealthReport

_RETRYABLE = (FindingKind.FAILED, FindingKind.WITHOUT_TEXT)
_DATED = (FindingKind.STALE, FindingKind.SOON_STALE)


class HealthPane(QWidget):
    """`shown`: somebody came to look. Signals carry VectorStoreFile values, or the question that was asked."""

    shown = Signal()
    refresh_requested = Signal()
    file_requested = Signal(object)
    retry_requested = Signal(object)
    attributes_requested = Signal(object)
    duplicates_requested = Signal(object)
    note_requested = Signal(object)
    query_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: HealthReport | None = None
        self._failure = ""
        self._rows = HealthRows(self)
        self.status = StatusLine(self)
        self.refresh = QToolButton(self)
        self.list = CareList(self)
        self.retry, self.date, self.show_file, self.compare, self.note, self.look = (QAction(self) for _ in range(6))
        self.actions_row = ActionRow([self.note, self.look, self.retry, self.date, self.compare, self.show_file], self)
        self.setLayout(care_layout(self.status, self.refresh, self.list, self.actions_row))
        self.refresh.clicked.connect(self.refresh_requested)
        self.list.chosen_changed.connect(self._show_actions)
        self.list.activated.connect(self._on_activated)
        self.retry.triggered.connect(lambda: self.retry_requested.emit(self._chosen().files))
        self.show_file.triggered.connect(lambda: self.file_requested.emit(self._chosen().files[0]))
        self.date.triggered.connect(lambda: self.attributes_requested.emit(self._chosen().files))
        self.compare.triggered.connect(lambda: self.duplicates_requested.emit(self._chosen().files))
        self.note.triggered.connect(lambda: self.note_requested.emit(self._chosen().question))
        self.look.triggered.connect(self._on_look)
        self.setEnabled(False)
        self.retranslate()

    def show_report(self, report: HealthReport | None) -> None:
        """None: it is being made."""
        self._report, self._failure = report, ""
        self._show()

    def show_failure(self, sentence: str) -> None:
        self._report, self._failure = None, sentence
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._make_icons()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.list.setAccessibleName(self.tr("What the store needs"))
        self.refresh.setAccessibleName(self.tr("Look again"))
        self.refresh.setToolTip(self.tr("Look again"))
        self.retry.setText(self.tr("Try again"))
        self.show_file.setText(self.tr("Show the file"))
        self.date.setText(self.tr("Set valid until…"))
        self.compare.setText(self.tr("Compare…"))
        self.note.setText(self.tr("Write a note…"))
        self.look.setText(self.tr("Search it"))
        for action in (self.date, self.compare, self.note):
            action.setIconText(action.text())  # Qt would take the dots off.
        self._make_icons()
        self._show()

    def _make_icons(self) -> None:
        actions = (self.retry, self.date, self.show_file, self.compare, self.note, self.look)
        names = ("rotate-ccw", "clock", "file-text", "copy", "pen-line", "search")
        for action, name in zip(actions, names, strict=True):
            action.setIcon(icon(name))
        self.refresh.setIcon(icon("refresh-cw"))

    def _show(self) -> None:
        report = self._report
        self.list.set_rows(self._rows.of(report, datetime.now(UTC)) if report is not None else ())
        if self._failure:
            self.status.say(self._failure, "failed")
        elif not self.isEnabled():
            self.status.say(self.tr("Choose a store to see what it needs."))
        elif report is None:
            self.status.say(self.tr("Looking…"))
        elif report.findings:
            self.status.say(self.tr("%n thing(s) to look at", "", report.findings), "attention")
        else:
            self.status.say(self.tr("Nothing to do: the store is well."), "good")
        self._show_actions()

    def _chosen(self) -> Finding:
        row = self.list.chosen()
        assert row is not None, "the actions are disabled while nothing is chosen"
        finding: Finding = row.subject
        return finding

    def _show_actions(self) -> None:
        row = self.list.chosen()
        kind = row.subject.kind if row is not None else None
        is_question = kind is FindingKind.UNANSWERED
        self.note.setEnabled(is_question)
        self.look.setEnabled(is_question)
        self.retry.setEnabled(kind in _RETRYABLE)
        self.date.setEnabled(kind in _DATED)
        self.compare.setEnabled(kind is FindingKind.DUPLICATES)
        self.show_file.setEnabled(kind is not None and not is_question and kind is not FindingKind.DUPLICATES)

    def _on_look(self) -> None:
        question = self._chosen().question
        assert question is not None, "the action is disabled where there is no question"
        self.query_requested.emit(question.query)

    def _on_activated(self) -> None:
        for action in (self.note, self.compare, self.date, self.show_file):
            if action.isEnabled():
                action.trigger()
                return
