"""The right of the tab: Try a search, Tests, Health."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QTabWidget, QWidget

from iaposte_desktop.qt.vector_stores.health_pane import HealthPane
from iaposte_desktop.qt.vector_stores.search_pane import SearchPane
from iaposte_desktop.qt.vector_stores.tests_pane import SearchTestsPane


class SidePanes(QTabWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tabBar().setElideMode(Qt.TextElideMode.ElideNone)
        self.tabBar().setDrawBase(False)
        self.search = SearchPane(self)
        self.tests = SearchTestsPane(self)
        self.health = HealthPane(self)
        for pane in (self.search, self.tests, self.health):
            self.addTab(pane, "")
        for asking in (self.tests, self.health):
            asking.query_requested.connect(self.try_search)
        self.retranslate()

    def try_search(self, query: str) -> None:
        """As if it had been typed."""
        self.setCurrentWidget(self.search)
        self.search.ask(query)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        for pane, title in (
            (self.search, self.tr("Try a search")),
            (self.tests, self.tr("Tests")),
            (self.health, self.tr("Health")),
        ):
            self.setTabText(self.indexOf(pane), title)
        self.setAccessibleName(self.tr("Try a search, tests, health"))
