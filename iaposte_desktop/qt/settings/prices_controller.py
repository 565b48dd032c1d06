"""What the Prices page does."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from iaposte_desktop.domain.connections import ConnectionKind
from iaposte_desktop.domain.errors import IAPosteError
from iaposte_desktop.qt.lib.controller import Controller, sentence_of
from iaposte_desktop.qt.lib.questions import Leave, ask_leave
from iaposte_desktop.qt.settings.price_model import Column
from iaposte_desktop.qt.settings.texts import kind_text

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from iaposte_desktop.application.connections import Connections
    from iaposte_desktop.application.pricing import Prices
    from iaposte_desktop.domain.connections import Connection
    from iaposte_desktop.domain.prices import Price
    from iaposte_desktop.qt.runtime import Runtime
    from iaposte_desktop.qt.settings.prices_page import PricesPage


class PricesController(Controller):
    def __init__(
        self,
        page: PricesPage,
        runtime: Runtime,
        prices: Prices,
        connections: Connections,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(runtime, parent)
        self.page = page
        self._prices = prices
        self._connections = connections
        page.add_requested.connect(self._on_add)
        page.change_requested.connect(self._on_change)
        page.save_requested.connect(self.save)
        self.scope.start(self._load(), "load prices")

    def save(self) -> None:
        if self.page.save.isEnabled():
            self.scope.start_only(self._save(), "save prices")

    def follow_connections(self) -> None:
        """They may have come and gone since."""
        self.scope.start_latest(self._read_providers(), "read providers")

    def has_edits(self) -> bool:
        return self.page.model.has_edits()

    async def may_leave(self) -> bool:
        """Whether edits, if there are any, were saved or given up."""
        if not self.has_edits():
            return True
        question = self.tr("Your prices have edits that are not saved.")
        problem = self._problem()
        answer = await ask_leave(self.page, question, problem, can_save=not problem)
        if answer is Leave.SAVE:
            return await self._save()
        if answer is Leave.DISCARD:
            await self._load()
            return True
        return False

    async def _read_providers(self) -> None:
        async def read() -> tuple[Connection, ...]:
            return self._connections.list()

        kinds = {kind.value: kind_text(kind) for kind in ConnectionKind if kind is not ConnectionKind.LOCAL}
        remote = {each.id: each.name for each in await self.call(read()) if each.is_remote}
        self.page.model.set_providers(kinds | remote)

    async def _load(self) -> None:
        async def read() -> tuple[tuple[Price, ...], tuple[Price, ...]]:
            return self._prices.edited(), self._prices.shipped()

        await self._read_providers()
        self.page.model.set_prices(*await self.call(read()))
        self.page.say("")

    def _on_add(self) -> None:
        row = self.page.model.add(datetime.now(UTC).date())
        self.page.edit_row(row, Column.MODEL)

    def _on_change(self, shipped_row: int) -> None:
        row = self.page.model.add(datetime.now(UTC).date(), like=shipped_row)
        self.page.edit_row(row, Column.INPUT)

    async def _save(self) -> bool:
        if problem := self._problem():
            self.page.say(problem, "failed")
            return False
        rows = self.page.model.rows()
        try:
            await self.call(self._prices.save([row.price() for row in rows]))
        except IAPosteError as error:
            self.page.say(sentence_of(error), "failed")
            return False
        await self._load()
        self.page.say(self.tr("Saved."), "good")
        return True

    def _problem(self) -> str:
        """Why the rows cannot be saved, in words; else nothing."""
        seen: dict[tuple[str, str, object], int] = {}
        for number, row in enumerate(self.page.model.rows(), start=1):
            if not row.is_whole:
                return self.tr("Row {0} needs a model, an input price and an output price.").format(number)
            other = seen.setdefault((row.provider, row.model, row.valid_from), number)
            if other != number:
                return self.tr("Rows {0} and {1} are of the same model and day.").format(other, number)
        return ""
