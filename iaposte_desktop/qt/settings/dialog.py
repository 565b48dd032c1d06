"""The settings: pages at left, the chosen one at right."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from iaposte_desktop.qt.lib.fields import ICON, StatusLine, hairline
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.keys import sequence
from iaposte_desktop.qt.settings.connections_page import ConnectionsPage
from iaposte_desktop.qt.settings.general_page import GeneralPage
from iaposte_desktop.qt.settings.prices_page import PricesPage

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

_CHARACTERS: Final = 150
_LINES: Final = 36
_MOST_OF_THE_SCREEN: Final = 0.94


class Page(IntEnum):
    GENERAL = 0
    CONNECTIONS = 1
    PRICES = 2


_ICONS: Final = {Page.GENERAL: "settings", Page.CONNECTIONS: "cloud", Page.PRICES: "database"}


class SettingsDialog(QDialog):
    """Shown with `open`. Closing is asked for, never done here: `close_requested`, then `finish`."""

    page_opened = Signal(int)
    save_requested = Signal(int)
    close_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget(self)
        self.general = GeneralPage(self)
        self.connections = ConnectionsPage(self)
        self.prices = PricesPage(self)
        self.status = StatusLine(self)
        self.close_button = QPushButton(self)
        self.close_button.setAutoDefault(False)
        self._save = QShortcut(sequence("save"), self)
        self._next, self._previous = (QShortcut(sequence(name), self) for name in ("next_part", "previous_part"))
        self._pages = QStackedWidget(self)
        for page in (self.general, self.connections, self.prices):
            self._pages.addWidget(page)
        for _ in Page:
            QListWidgetItem(self.list)
        self._lay_out()
        metrics = self.fontMetrics()
        wanted = QSize(metrics.averageCharWidth() * _CHARACTERS, metrics.lineSpacing() * _LINES)
        self.resize(wanted.boundedTo(self.screen().availableSize() * _MOST_OF_THE_SCREEN))
        self.list.currentRowChanged.connect(self._on_page)
        self.close_button.clicked.connect(self.close_requested)
        self._save.activated.connect(lambda: self.save_requested.emit(self.list.currentRow()))
        self._next.activated.connect(lambda: self._turn(1))
        self._previous.activated.connect(lambda: self._turn(-1))
        self.retranslate()

    def show_page(self, page: Page) -> None:
        self.list.setCurrentRow(page)

    def show_failure(self, sentence: str) -> None:
        self.status.say(sentence, "failed")

    def finish(self) -> None:
        self.done(0)

    def reject(self) -> None:
        """Esc, and the window's own cross."""
        self.close_requested.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.isVisible():
            event.ignore()
            self.close_requested.emit()
        else:
            super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._make_icons()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Settings"))
        self.list.setAccessibleName(self.tr("Pages of the settings"))
        for row, title in enumerate((self.tr("General"), self.tr("Connections"), self.tr("Prices"))):
            self.list.item(row).setText(title)
        self.close_button.setText(self.tr("Close"))
        self._make_icons()

    def _on_page(self, row: int) -> None:
        self._pages.setCurrentIndex(row)
        self.status.say("")
        self.page_opened.emit(row)

    def _turn(self, by: int) -> None:
        self.list.setCurrentRow((self.list.currentRow() + by) % len(Page))

    def _make_icons(self) -> None:
        for page, name in _ICONS.items():
            self.list.item(page).setIcon(icon(name))

    def _lay_out(self) -> None:
        self.list.setSpacing(2)
        self.list.setIconSize(QSize(ICON, ICON))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setFixedWidth(self.fontMetrics().averageCharWidth() * 20)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self.status, 1)
        foot.addStretch()
        foot.addWidget(self.close_button)
        upper = QHBoxLayout()
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(0)
        upper.addWidget(self.list)
        upper.addWidget(self._pages, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(upper, 1)
        layout.addWidget(hairline(self))
        layout.addLayout(foot)
