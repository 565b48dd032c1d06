"""The right of the tab: Sources, Run, Customer, Checklist."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QTabWidget, QWidget

from iaposte_desktop.qt.lib.keys import with_key
from iaposte_desktop.qt.threads.checklist_pane import ChecklistPane
from iaposte_desktop.qt.threads.customer_pane import CustomerPane
from iaposte_desktop.qt.threads.run_pane import RunPane
from iaposte_desktop.qt.threads.sources_pane import SourcesPane

PANE_KEYS: Final = ("sources", "run", "customer", "checklist")
SOURCES, RUN, CUSTOMER, CHECKLIST = range(4)


class SidePanes(QTabWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setUsesScrollButtons(True)
        self.tabBar().setElideMode(Qt.TextElideMode.ElideNone)
        self.tabBar().setExpanding(True)
        self.tabBar().setDrawBase(False)
        self.sources = SourcesPane(self)
        self.run = RunPane(self)
        self.customer = CustomerPane(self)
        self.checklist = ChecklistPane(self)
        for pane in (self.sources, self.run, self.customer, self.checklist):
            self.addTab(pane, "")
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 38)
        self.retranslate()

    def show_pane(self, at: int, *, focus: bool) -> None:
        self.setCurrentIndex(at)
        if focus:
            self.tabBar().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        titles = (self.tr("Sources"), self.tr("Run"), self.tr("Customer"), self.tr("Checklist"))
        for at, (title, key) in enumerate(zip(titles, PANE_KEYS, strict=True)):
            self.setTabText(at, title)
            self.setTabToolTip(at, with_key(title, key))
        self.setAccessibleName(self.tr("Sources, run, customer, checklist"))
