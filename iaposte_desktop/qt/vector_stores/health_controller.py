"""The health of the store that is shown: looked at while somebody looks, and the next step for each finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from iaposte_desktop.application.changes import Changed, RunChanged, Topic
from iaposte_desktop.domain.errors import NotFound, ProviderError
from iaposte_desktop.qt.lib.controller import Controller, sentence_of
from iaposte_desktop.qt.lib.questions import ask
from iaposte_desktop.qt.vector_stores.duplicates_dialog import DuplicatesDialog
from iaposte_desktop.qt.vector_stores.refresh import Refresh

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.application.changes import Change
    from iaposte_desktop.application.health import StoreHealth
    from iaposte_desktop.application.questions import Unanswered
    from iaposte_desktop.domain.knowledge import VectorStoreFile
    from iaposte_desktop.qt.lib.source_opener import SourceOpener
    from iaposte_desktop.qt.runtime import Runtime
    from iaposte_desktop.qt.vector_stores.files_controller import FilesController
    from iaposte_desktop.qt.vector_stores.health_pane import HealthPane


class HealthController(Controller):
    """`note_requested` carries the id of the store, and the Unanswered."""

    note_requested = Signal(str, object)

    def __init__(
        self, pane: HealthPane, runtime: Runtime, health: StoreHealth, files: FilesController, sources: SourceOpener
    ) -> None:
        super().__init__(runtime, pane)
        self._pane = pane
        self._health = health
        self._files = files
        self._sources = sources
        self._store_id = ""
        self._refresh = Refresh(self.scope, "health", self._read)
        runtime.changed.connect(self._on_changed)
        pane.shown.connect(self._look)
        pane.refresh_requested.connect(self._look)
        pane.retry_requested.connect(lambda found: files.retry([file.id for file in found]))
        pane.attributes_requested.connect(files.edit_attributes)
        pane.duplicates_requested.connect(self.open_duplicates)
        pane.note_requested.connect(self._on_note)

    def show_store(self, store_id: str) -> None:
        if store_id != self._store_id:
            self._store_id = store_id
            self._pane.setEnabled(bool(store_id))
            self._pane.show_report(None)
            self._look()

    def open_duplicates(self, files: Sequence[VectorStoreFile]) -> DuplicatesDialog:
        dialog = DuplicatesDialog(files, self._pane)
        dialog.text_requested.connect(self._sources.open_file)
        dialog.remove_requested.connect(lambda file: self.scope.start(self._ask_remove(dialog, file), "ask to remove"))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    async def aclose(self) -> None:
        self.runtime.changed.disconnect(self._on_changed)
        await super().aclose()

    def _look(self) -> None:
        if self._store_id and self._pane.isVisible():
            self._refresh.ask()

    async def _read(self) -> None:
        store_id = self._store_id
        try:
            report = await self.call(self._health.report(store_id))
        except NotFound:  # It went meanwhile: the list of stores is on its way.
            return
        except ProviderError as error:
            if store_id == self._store_id:
                self._pane.show_failure(sentence_of(error))
            return
        if store_id == self._store_id:
            self._pane.show_report(report)

    async def _ask_remove(self, dialog: DuplicatesDialog, file: VectorStoreFile) -> None:
        question = self.tr("Remove “{0}”?").format(file.name)
        advice = self.tr("The text leaves this store for good. The files on your disk stay as they are.")
        if await ask(dialog, question, advice, self.tr("Remove")):
            self._files.remove([file])
            dialog.accept()

    def _on_note(self, question: Unanswered) -> None:
        self.note_requested.emit(self._store_id, question)

    def _on_changed(self, batch: tuple[Change, ...]) -> None:
        for change in batch:
            is_own = isinstance(change, Changed) and change.topic is Topic.FILES and change.id == self._store_id
            if is_own or (isinstance(change, RunChanged) and change.run.status.is_terminal):
                self._look()
