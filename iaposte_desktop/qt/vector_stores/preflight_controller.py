"""Files on their way into a store are looked at first; a person is asked where there is something to decide."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from iaposte_desktop.application.preflight import accepted, is_harmless, summary
from iaposte_desktop.qt.lib.controller import Controller
from iaposte_desktop.qt.lib.questions import closed
from iaposte_desktop.qt.vector_stores.preflight_dialog import PreflightDialog
from iaposte_desktop.qt.vector_stores.preflight_texts import storage_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from iaposte_desktop.application.preflight import Candidate, Look, Preflight
    from iaposte_desktop.domain.knowledge import FileToAdd
    from iaposte_desktop.qt.runtime import Runtime

FEW = 20
"""So many good files are added without a question."""


class PreflightController(Controller):
    """`agreed` carries the store's id and the FileToAdd that are to be added; `nothing_found` the id where there was no
    file to look at."""

    agreed = Signal(str, object)
    nothing_found = Signal(str)

    def __init__(self, view: QWidget, runtime: Runtime, preflight: Preflight) -> None:
        super().__init__(runtime, view)
        self._view = view
        self._preflight = preflight

    def look_at(self, store_id: str, store_name: str, paths: Sequence[Path]) -> None:
        self.scope.start(self._look_at(store_id, store_name, paths), "look at files")

    async def _look_at(self, store_id: str, store_name: str, paths: Sequence[Path]) -> None:
        look = await self.call(self._preflight.look(store_id, paths))
        try:
            files = await self._agreed_on(look, store_id, store_name)
        finally:
            await self.call(look.aclose())
        if not look.total:
            self.nothing_found.emit(store_id)
        elif files:
            self.agreed.emit(store_id, files)

    async def _agreed_on(self, look: Look, store_id: str, store_name: str) -> list[FileToAdd]:
        seen = [] if look.is_remote or look.total > FEW else await self._few_good(look)
        if len(seen) == look.total and is_harmless(seen):
            return accepted(seen)
        return await self._ask(store_id, store_name, look, seen)

    async def _few_good(self, look: Look) -> list[Candidate]:
        """All of them, or those that were seen until one was not good."""
        seen: list[Candidate] = []
        self._view.setCursor(Qt.CursorShape.BusyCursor)
        try:
            while is_harmless(seen) and (batch := await self.call(look.next())):
                seen += batch
        finally:
            self._view.unsetCursor()
        return seen

    async def _ask(self, store_id: str, store_name: str, look: Look, seen: Sequence[Candidate]) -> list[FileToAdd]:
        dialog = PreflightDialog(store_name, look.total, self._view)
        dialog.take(seen)
        looking = self.scope.start(self._fill(dialog, store_id, look), "look on")
        try:
            result = await closed(dialog)
        finally:
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)
        return accepted(dialog.candidates) if result == PreflightDialog.DialogCode.Accepted else []

    async def _fill(self, dialog: PreflightDialog, store_id: str, look: Look) -> None:
        while batch := await self.call(look.next()):
            dialog.take(batch)
        dialog.end()
        if look.is_remote:
            size = summary(dialog.candidates).bytes
            dialog.show_storage(storage_text(await self.call(self._preflight.storage_cost(store_id, size))))
