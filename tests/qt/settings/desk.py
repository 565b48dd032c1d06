"""The settings dialog over real use cases, with scripted servers and keys in memory."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QMessageBox, QPushButton

from iaposte_desktop.qt.runtime import Runtime
from iaposte_desktop.qt.settings.controller import SettingsController
from iaposte_desktop.qt.settings.dialog import Page, SettingsDialog
from tests.fakes.switchboard import Switchboard
from tests.qt.loop import run_to_end
from tests.qt.until import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine
    from pathlib import Path
    from typing import Any

    from PySide6.QtWidgets import QApplication, QLineEdit

    from iaposte_desktop.domain.connections import Connection
    from iaposte_desktop.domain.secrets import Secret
    from iaposte_desktop.qt.settings.connection_form import ConnectionForm
    from iaposte_desktop.qt.settings.connection_test import ConnectionTestBar
    from iaposte_desktop.qt.settings.connections_page import ConnectionsPage
    from iaposte_desktop.qt.settings.prices_page import PricesPage


@dataclass(frozen=True, slots=True)
class Desk:
    board: Switchboard
    runtime: Runtime
    controller: SettingsController
    window: QMainWindow

    @property
    def dialog(self) -> SettingsDialog:
        assert self.controller.dialog is not None, "the settings are closed"
        return self.controller.dialog

    @property
    def page(self) -> ConnectionsPage:
        return self.dialog.connections

    @property
    def form(self) -> ConnectionForm:
        return self.page.form

    @property
    def bar(self) -> ConnectionTestBar:
        return self.page.bar

    @property
    def prices(self) -> PricesPage:
        return self.dialog.prices

    async def kept(self, connection: Connection, key: Secret | None = None) -> None:
        """Saved before the settings are opened."""
        await self.runtime.call(self.board.connections.save(connection, key))

    async def opened(self, page: Page = Page.CONNECTIONS) -> SettingsDialog:
        self.controller.open(page)
        count = len(self.board.connections.list()) + 1
        await until(lambda: self.page.model.rowCount() == count)
        if page is Page.PRICES:
            await until(lambda: self.prices.model.rowCount())
        return self.dialog

    def add(self, kind: int) -> None:
        """Through the menu of the Add button: 0 OpenAI, 1 Azure, 2 compatible, 3 this machine."""
        menu = self.page.add.menu()
        assert menu is not None
        menu.actions()[kind].trigger()

    async def choose(self, connection: Connection) -> None:
        row = self.page.model.row_of(connection.id)
        assert row is not None
        self.page.list.setCurrentIndex(self.page.model.index(row))
        await until(lambda: self.form.isVisible() and self.form.name.text() == connection.name)

    async def said(self, part: str) -> str:
        """What the bar says, once it says `part`."""
        await until(lambda: part in self.bar.result.text.text())
        return self.bar.result.text.text()

    def names(self) -> list[str]:
        return [self.page.model.index(row).data() for row in range(self.page.model.rowCount())]


def retype(edit: QLineEdit, text: str) -> None:
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)


async def answered(desk: Desk, button: QMessageBox.StandardButton | str) -> str:
    """Presses a button of the question that is open, by its kind or its words; returns what it said."""
    await until(lambda: desk.dialog.findChildren(QMessageBox))
    box = desk.dialog.findChildren(QMessageBox)[0]
    text = f"{box.text()} {box.informativeText()}"
    pressed = (
        next(each for each in box.buttons() if each.text() == button) if isinstance(button, str) else box.button(button)
    )
    assert isinstance(pressed, QPushButton)
    pressed.click()
    await until(lambda: desk.controller.dialog is None or not desk.dialog.findChildren(QMessageBox))
    return text


@asynccontextmanager
async def open_desk(board: Switchboard) -> AsyncIterator[Desk]:
    window, runtime = QMainWindow(), Runtime()
    window.resize(1280, 720)
    window.show()
    runtime.start()
    await runtime.call(board.load())
    board.changes.subscribe(runtime.post)
    controller = SettingsController(
        window, runtime, connections=board.connections, prices=board.prices, settings=board.settings
    )
    try:
        yield Desk(board, runtime, controller, window)
    finally:
        await controller.aclose()
        await runtime.call(board.aclose())
        runtime.stop()
        window.close()
        window.deleteLater()


def with_desk(test: Callable[[Desk], Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """A test on the window's loop, with nothing kept yet and no server that answers."""

    def run(tmp_path: Path, qapp: QApplication) -> None:
        async def main() -> None:
            async with open_desk(Switchboard(tmp_path)) as desk:
                await test(desk)

        run_to_end(qapp, main)

    return run
