"""The Vector stores tab at work: the list of stores, and which one the rest of the tab shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from iaposte_desktop.application.changes import Changed, Topic
from iaposte_desktop.domain.errors import IAPosteError
from iaposte_desktop.domain.ports.vector_stores import details_of
from iaposte_desktop.qt.lib.controller import Controller, sentence_of
from iaposte_desktop.qt.lib.questions import ask
from iaposte_desktop.qt.lib.source_opener import SourceOpener
from iaposte_desktop.qt.vector_stores.bin_dialog import StoreBin
from iaposte_desktop.qt.vector_stores.files_controller import FilesController
from iaposte_desktop.qt.vector_stores.folders_controller import FoldersController
from iaposte_desktop.qt.vector_stores.health_controller import HealthController
from iaposte_desktop.qt.vector_stores.meaning_controller import MeaningController
from iaposte_desktop.qt.vector_stores.moves_controller import MovesController
from iaposte_desktop.qt.vector_stores.places import Place, place_of
from iaposte_desktop.qt.vector_stores.refresh import Refresh
from iaposte_desktop.qt.vector_stores.search_controller import SearchController
from iaposte_desktop.qt.vector_stores.store_dialog import StoreDialog
from iaposte_desktop.qt.vector_stores.synonyms_controller import SynonymsController
from iaposte_desktop.qt.vector_stores.tests_controller import SearchTestsController

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from PySide6.QtCore import QObject

    from iaposte_desktop.application.archiving import Archiving
    from iaposte_desktop.application.changes import Change
    from iaposte_desktop.application.connections import Connections
    from iaposte_desktop.application.copying import Copying
    from iaposte_desktop.application.folder_sync import FolderSync
    from iaposte_desktop.application.health import StoreHealth
    from iaposte_desktop.application.knowledge import Knowledge
    from iaposte_desktop.application.meaning import Meaning
    from iaposte_desktop.application.preflight import Preflight
    from iaposte_desktop.application.search_tests import SearchTests
    from iaposte_desktop.application.sources import Sources
    from iaposte_desktop.application.synonyms import Synonyms
    from iaposte_desktop.application.tasks import TaskBoard
    from iaposte_desktop.domain.errors import ErrorInfo
    from iaposte_desktop.domain.knowledge import VectorStore
    from iaposte_desktop.domain.ports.settings import Settings
    from iaposte_desktop.domain.ports.vector_stores import StoreDetails
    from iaposte_desktop.qt.lib.source_opener import Notify
    from iaposte_desktop.qt.runtime import Runtime
    from iaposte_desktop.qt.vector_stores.view import VectorStoresView


class VectorStoresController(Controller):
    """`note_requested` carries the id of a store, and an Unanswered that a note is to answer."""

    note_requested = Signal(str, object)

    def __init__(
        self,
        view: VectorStoresView,
        runtime: Runtime,
        *,
        knowledge: Knowledge,
        preflight: Preflight,
        folders: FolderSync,
        search_tests: SearchTests,
        health: StoreHealth,
        sources: Sources,
        archiving: Archiving,
        copying: Copying,
        connections: Connections,
        synonyms: Synonyms,
        meaning: Meaning,
        board: TaskBoard,
        settings: Settings,  # noqa: ARG002  # The shell hands every tab the same; this one keeps its state in the view.
        notify: Notify,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(runtime, parent)
        self.view = view
        self._knowledge = knowledge
        self._connections = connections
        self._notify = notify
        self._stores: dict[str, VectorStore] = {}
        self._places: dict[str, Place] = {}
        self._bin: StoreBin | None = None
        self.sources = SourceOpener(self, view, knowledge, sources, notify)
        self.files = FilesController(
            view.files,
            runtime,
            knowledge=knowledge,
            preflight=preflight,
            board=board,
            sources=self.sources,
            notify=notify,
        )
        self.folders = FoldersController(
            view.files.header, runtime, folders=folders, preflight=preflight, tell=self.files.tell, notify=notify
        )
        side = view.side
        self.search = SearchController(side.search, runtime, knowledge, self.sources)
        self.tests = SearchTestsController(side.tests, runtime, search_tests, notify)
        self.health = HealthController(side.health, runtime, health, self.files, self.sources)
        self.moves = MovesController(view, runtime, archiving, copying, notify)
        self.synonyms = SynonymsController(view, runtime, synonyms)
        self.meaning = MeaningController(runtime, meaning, connections)
        self._parts = (
            self.files,
            self.folders,
            self.search,
            self.tests,
            self.health,
            self.moves,
            self.synonyms,
            self.meaning,
        )
        self._refresh = Refresh(self.scope, "stores", self._read_stores)
        self._connect()
        view.set_ready()
        self._refresh.ask()
        self._ask_servers()

    def refresh(self) -> None:
        """Everything, from the servers as well."""
        self._ask_servers()
        self.files.refresh()

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Files and folders, into the chosen store; where there is none, into one that is made for them."""
        if self.view.stores.selected in self._stores:
            self.files.add(paths)
        else:
            self.open_new(paths)

    def open_new(self, paths: Sequence[Path] = ()) -> StoreDialog:
        """`paths` are added once the store is made."""
        return self._open_form(None, paths)

    def open_settings(self, store_id: str) -> StoreDialog:
        return self._open_form(self._stores[store_id], ())

    def open_bin(self) -> StoreBin:
        if self._bin is None:
            self._bin = StoreBin(self.view)
            self._bin.restore_requested.connect(lambda store: self._restore_later(store.id))
            self._bin.purge_requested.connect(lambda store: self.scope.start(self._purge(store), "purge store"))
        self.scope.start(self._read_bin(self._bin), "bin")
        self._bin.open()
        return self._bin

    async def aclose(self) -> None:
        self.runtime.changed.disconnect(self._on_changed)
        for part in reversed(self._parts):
            await part.aclose()
        await super().aclose()

    def _connect(self) -> None:
        view = self.view
        for part in self._parts:
            part.failed.connect(self.failed)
        view.side.search.test_requested.connect(self.tests.save)
        view.side.health.file_requested.connect(view.files.choose_file)
        self.health.note_requested.connect(self.note_requested)
        self.runtime.changed.connect(self._on_changed)
        view.stores.store_selected.connect(self._on_selected)
        view.stores.new_requested.connect(self.open_new)
        view.stores.rename_requested.connect(self._on_rename)
        view.stores.settings_requested.connect(self.open_settings)
        view.stores.delete_requested.connect(
            lambda store_id: self.scope.start_only(self._delete(store_id), f"delete {store_id}")
        )
        view.stores.export_requested.connect(lambda store_id: self.moves.choose_export(self._stores[store_id]))
        view.stores.copy_requested.connect(
            lambda store_id: self.moves.choose_copy(self._stores[store_id], self._places)
        )
        view.stores.refresh_requested.connect(self.refresh)
        view.stores.bin_requested.connect(self.open_bin)
        view.stores.synonyms_requested.connect(self.synonyms.open)
        view.files.paths_dropped.connect(self.add_paths)
        view.shown.connect(self._on_shown)

    async def _read_stores(self) -> None:
        stores, places, failures = await self.call(self._found())
        self._stores = {store.id: store for store in stores}
        self._places = {place.provider: place for place in places}
        self.view.stores.set_stores(stores, self._places)
        self.view.stores.failures.show_failures({self._place(name): error for name, error in failures.items()})
        chosen = self._stores.get(self.view.stores.selected)
        if chosen is not None:
            self.files.show_store(chosen, self._place(chosen.provider))
            self.search.show_store(chosen)
        if self._bin is not None and self._bin.isVisible():
            await self._read_bin(self._bin)

    async def _found(self) -> tuple[Sequence[VectorStore], Sequence[Place], Mapping[str, ErrorInfo]]:
        """The stores, the places they may be at, and why those of a provider are missing. On the program's loop."""
        knowledge = self._knowledge
        places = [place_of(provider, self._connections) for provider in knowledge.places()]
        return await knowledge.stores(), places, knowledge.failures

    def _place(self, provider: str) -> Place:
        return self._places.get(provider) or Place(provider)

    def _ask_servers(self) -> None:
        self.scope.start_latest(self._asked_servers(), "ask servers")

    async def _asked_servers(self) -> None:
        """What they say is told as a change of the stores."""
        failures = self.view.stores.failures
        failures.show_asking(True)
        try:
            await self.call(self._knowledge.refresh())
        finally:
            failures.show_asking(False)

    async def _read_bin(self, dialog: StoreBin) -> None:
        dialog.set_stores(await self.call(self._knowledge.binned()))

    async def _save(
        self, dialog: StoreDialog, store: VectorStore | None, details: StoreDetails, place: str, paths: Sequence[Path]
    ) -> None:
        knowledge = self._knowledge
        use_case = knowledge.create(details, place) if store is None else knowledge.update(store.id, details)
        try:
            saved = await self.call(use_case)
        except IAPosteError as error:
            dialog.show_failure(sentence_of(error))
            return
        dialog.accept()
        self.view.stores.select(saved.id)
        self.files.add(paths, store=saved)

    async def _rename(self, store_id: str, name: str) -> None:
        await self.call(self._renamed(store_id, name))

    async def _renamed(self, store_id: str, name: str) -> None:
        """On the program's loop. Everything else stays as it is there now."""
        store = await self._knowledge.retrieve(store_id)
        await self._knowledge.update(store_id, replace(details_of(store), name=name))

    async def _delete(self, store_id: str) -> None:
        store = self._stores[store_id]
        name, place = store.name, self._place(store.provider)
        if place.name and not await self._may_delete_for_good(name, place):
            return
        if await self.call(self._knowledge.delete(store_id)):
            text = self.tr("“{0}” is in the bin").format(name)
            self._notify(text, self.tr("Undo"), lambda: self._restore_later(store_id))
        else:
            self._notify(self.tr("“{0}” was deleted").format(name), "", None)

    async def _may_delete_for_good(self, name: str, place: Place) -> bool:
        question = self.tr("Delete “{0}” for good?").format(name)
        advice = self.tr("It is deleted at {0} with its files; nothing brings it back. The files on your disk stay.")
        return await ask(self.view, question, advice.format(place.name), self.tr("Delete for good"))

    async def _restore(self, store_id: str) -> None:
        store = await self.call(self._knowledge.restore(store_id))
        self.view.stores.select(store.id)

    async def _purge(self, store: VectorStore) -> None:
        question = self.tr("Delete “{0}” for good?").format(store.name)
        advice = self.tr("Its files leave this program. Nothing brings them back; the files on your disk stay.")
        if await ask(self.view, question, advice, self.tr("Delete for good")):
            await self.call(self._knowledge.purge(store.id))

    def _on_shown(self) -> None:
        """Drafts have cited files meanwhile."""
        self._refresh.ask()
        self.files.refresh()

    def _on_changed(self, batch: tuple[Change, ...]) -> None:
        topics = {change.topic for change in batch if isinstance(change, Changed)}
        if topics & {Topic.STORES, Topic.FILES, Topic.CONNECTIONS}:
            self._refresh.ask()
        if Topic.CONNECTIONS in topics:
            self._ask_servers()

    def _on_selected(self, store_id: str) -> None:
        store = self._stores.get(store_id)
        self.files.show_store(store, self._place(store.provider if store is not None else ""))
        self.search.show_store(store)
        for part in (self.folders, self.tests, self.health):
            part.show_store(store_id)

    def _on_rename(self, store_id: str, name: str) -> None:
        self.scope.start(self._rename(store_id, name), "rename store")

    def _restore_later(self, store_id: str) -> None:
        self.scope.start(self._restore(store_id), "restore store")

    def _open_form(self, store: VectorStore | None, paths: Sequence[Path]) -> StoreDialog:
        is_here = store is None or not self._place(store.provider).name
        dialog = StoreDialog(store, self.view, tuple(self._places.values()), can_have_meaning=is_here)
        self.meaning.serve(dialog.meaning, store.id if store is not None else "")
        dialog.submitted.connect(
            lambda details, place: self.scope.start(self._save(dialog, store, details, place, paths), "save store")
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog
