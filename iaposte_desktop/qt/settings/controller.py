"""What the settings do: the dialog while it is open, and what its General page changes at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from iaposte_desktop.domain.ports.settings import AGENT_NAME, LANGUAGE, SIGNATURE, THEME
from iaposte_desktop.qt.lib.controller import Controller
from iaposte_desktop.qt.settings.connections_controller import ConnectionsController
from iaposte_desktop.qt.settings.dialog import Page, SettingsDialog
from iaposte_desktop.qt.settings.prices_controller import PricesController

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from iaposte_desktop.application.connections import Connections
    from iaposte_desktop.application.pricing import Prices
    from iaposte_desktop.domain.ports.settings import Settings
    from iaposte_desktop.qt.runtime import Runtime


class SettingsController(Controller):
    """`language_chosen` and `theme_chosen` are for whoever applies and keeps them. One dialog at a time: `dialog`,
    None while it is closed."""

    language_chosen = Signal(str)
    theme_chosen = Signal(str)

    def __init__(
        self, window: QWidget, runtime: Runtime, *, connections: Connections, prices: Prices, settings: Settings
    ) -> None:
        super().__init__(runtime, window)
        self._window = window
        self._connections = connections
        self._prices = prices
        self._settings = settings
        self.dialog: SettingsDialog | None = None
        self._pages: tuple[ConnectionsController, PricesController] | None = None

    def open(self, page: Page = Page.GENERAL) -> None:
        if self.dialog is None:
            self._make()
        assert self.dialog is not None
        self.dialog.show_page(page)
        self.dialog.open()

    def open_connection(self, connection_id: str) -> None:
        """Where it is to be mended; the built-in engine's place for one that is gone."""
        self.open(Page.CONNECTIONS)
        if self._pages is not None:
            self._pages[0].show_connection(connection_id)

    async def may_leave(self) -> bool:
        """Whether edits, if there are any, were saved or given up."""
        if self.dialog is None or self._pages is None:
            return True
        connections, prices = self._pages
        if connections.has_edits():
            self.dialog.show_page(Page.CONNECTIONS)
        if not await connections.may_leave():
            return False
        if prices.has_edits():
            self.dialog.show_page(Page.PRICES)
        return await prices.may_leave()

    async def aclose(self) -> None:
        await super().aclose()
        await self._close()

    def _make(self) -> None:
        dialog = self.dialog = SettingsDialog(self._window)
        connections = ConnectionsController(dialog.connections, self.runtime, self._connections, dialog)
        prices = PricesController(dialog.prices, self.runtime, self._prices, self._connections, dialog)
        self._pages = connections, prices
        get, put = self._settings.get, self._settings.set
        dialog.general.show_values(get(LANGUAGE), get(THEME), get(AGENT_NAME), get(SIGNATURE))
        dialog.general.language_chosen.connect(self.language_chosen)
        dialog.general.theme_chosen.connect(self.theme_chosen)
        dialog.general.name_edited.connect(lambda name: put(AGENT_NAME, name))
        dialog.general.signature_edited.connect(lambda signature: put(SIGNATURE, signature))
        dialog.page_opened.connect(self._on_page)
        dialog.save_requested.connect(self._on_save)
        dialog.close_requested.connect(lambda: self.scope.start_only(self._leave(), "leave settings"))
        for controller in self._pages:
            controller.failed.connect(dialog.show_failure)

    def _on_page(self, page: int) -> None:
        if self._pages is None:
            return
        connections, prices = self._pages
        if page == Page.CONNECTIONS:
            connections.look_for_servers()
        elif page == Page.PRICES:
            prices.follow_connections()

    def _on_save(self, page: int) -> None:
        if self._pages is None:
            return
        connections, prices = self._pages
        if page == Page.CONNECTIONS:
            connections.save()
        elif page == Page.PRICES:
            prices.save()

    async def _leave(self) -> None:
        if await self.may_leave():
            await self._close()

    async def _close(self) -> None:
        dialog, pages = self.dialog, self._pages
        self.dialog = self._pages = None
        for controller in pages or ():
            await controller.aclose()
        if dialog is not None:
            dialog.finish()
            dialog.deleteLater()
