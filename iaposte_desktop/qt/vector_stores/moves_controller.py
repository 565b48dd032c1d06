"""Stores that move house: out into a zip, in from one, into another store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import IAPosteError
from iaposte_desktop.domain.file_names import safe_name
from iaposte_desktop.domain.tasks import TaskStatus
from iaposte_desktop.qt.lib.controller import Controller, sentence_of
from iaposte_desktop.qt.lib.questions import ask_file, ask_new_file
from iaposte_desktop.qt.vector_stores.copy_dialog import CopyDialog

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from iaposte_desktop.application.archiving import Archiving
    from iaposte_desktop.application.copying import Copying, Destination
    from iaposte_desktop.domain.knowledge import VectorStore
    from iaposte_desktop.domain.tasks import Task
    from iaposte_desktop.qt.lib.source_opener import Notify
    from iaposte_desktop.qt.runtime import Runtime
    from iaposte_desktop.qt.vector_stores.places import Place
    from iaposte_desktop.qt.vector_stores.view import VectorStoresView


class MovesController(Controller):
    def __init__(
        self, view: VectorStoresView, runtime: Runtime, archiving: Archiving, copying: Copying, notify: Notify
    ) -> None:
        super().__init__(runtime, view)
        self._view = view
        self._archiving = archiving
        self._copying = copying
        self._notify = notify
        view.stores.import_requested.connect(lambda: self.scope.start(self._choose_archive(), "choose archive"))
        view.stores.archive_dropped.connect(self.import_store)

    def choose_export(self, store: VectorStore) -> None:
        self.scope.start(self._choose_export(store), "choose export")

    def export(self, store: VectorStore, path: Path) -> None:
        self.scope.start(self._export(store, path), "export")

    def import_store(self, path: Path) -> None:
        self.scope.start(self._import(path), "import")

    def choose_copy(self, store: VectorStore, places: Mapping[str, Place]) -> None:
        """Asks where to, and says what that means, before anything is sent."""
        self.scope.start(self._choose_copy(store, places), "choose copy")

    async def _choose_export(self, store: VectorStore) -> None:
        suggested = safe_name(f"{store.name}.zip")
        path = await ask_new_file(self._view, self._filters(), self.tr("Export “{0}”").format(store.name), suggested)
        if path is not None:
            await self._export(store, path)

    async def _export(self, store: VectorStore, path: Path) -> None:
        task = await self.call(self._archiving.export(store.id, path))
        if task.status is TaskStatus.CANCELLED:
            self._tell(self.tr("The export was stopped; nothing was written."))
        elif task.failed:
            self._tell(self.tr("Exported, but %n file(s) are not in it: nothing of them is here.", "", task.failed))
        else:
            self._tell(self.tr("“{0}” was exported to {1}").format(store.name, path.name))

    async def _choose_archive(self) -> None:
        path = await ask_file(self._view, self._filters())
        if path is not None:
            await self._import(path)

    async def _import(self, path: Path) -> None:
        imported = await self.call(self._archiving.import_store(path))
        if imported.store is None:
            self._tell(self.tr("The import was stopped; nothing was made."))
            return
        self._view.stores.select(imported.store.id)
        if imported.damaged:
            text = self.tr("“{0}” was imported. Damaged in the archive, and left out: {1}")
            self._tell(text.format(imported.store.name, ", ".join(imported.damaged)))
        else:
            self._tell_of_files(imported.task, self.tr("“{0}” was imported").format(imported.store.name))

    async def _choose_copy(self, store: VectorStore, places: Mapping[str, Place]) -> None:
        destinations = await self.call(self._copying.destinations(store.id))
        dialog = CopyDialog(store, destinations, places, self._view)
        dialog.plan_wanted.connect(
            lambda destination: self.scope.start_latest(self._plan(dialog, store, destination), "plan copy")
        )
        dialog.agreed.connect(lambda destination: self.scope.start(self._copy(store, destination), "copy"))
        dialog.finished.connect(lambda _: self.scope.cancel("plan copy"))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    async def _plan(self, dialog: CopyDialog, store: VectorStore, destination: Destination) -> None:
        try:
            dialog.show_plan(await self.call(self._copying.plan(store.id, destination)))
        except IAPosteError as error:
            dialog.show_failure(sentence_of(error))

    async def _copy(self, store: VectorStore, destination: Destination) -> None:
        copied = await self.call(self._copying.copy(store.id, destination))
        if copied.left_out:
            text = self.tr("Copied, but nothing could be had of: {0}").format(", ".join(copied.left_out))
            self._tell(text)
        else:
            self._tell_of_files(copied.task, self.tr("Copied into “{0}”").format(copied.store.name))

    def _tell_of_files(self, task: Task, text: str) -> None:
        if task.status is TaskStatus.CANCELLED:
            self._tell(self.tr("Stopped. What was ready stays; begun again, it goes on from there."))
        elif task.failed:
            self._tell(self.tr("%n file(s) could not be added: their rows say why.", "", task.failed))
        else:
            self._tell(text)

    def _tell(self, text: str) -> None:
        self._notify(text, "", None)

    def _filters(self) -> tuple[str, ...]:
        return (self.tr("Exported stores") + " (*.zip)",)
