"""The trial search: the latest query wins, and follows the store that is chosen; and the lab that compares settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import ProviderError
from iaposte_desktop.qt.lib.controller import Controller, sentence_of
from iaposte_desktop.qt.vector_stores.lab_dialog import LabDialog
from iaposte_desktop.qt.vector_stores.trial import Found, Trial, found_by

if TYPE_CHECKING:
    from iaposte_desktop.application.knowledge import Knowledge
    from iaposte_desktop.domain.knowledge import VectorStore
    from iaposte_desktop.qt.lib.source_opener import SourceOpener
    from iaposte_desktop.qt.runtime import Runtime
    from iaposte_desktop.qt.vector_stores.search_pane import SearchPane

_SEARCH, _COMPARE = "search", "compare"


class SearchController(Controller):
    def __init__(self, pane: SearchPane, runtime: Runtime, knowledge: Knowledge, sources: SourceOpener) -> None:
        super().__init__(runtime, pane)
        self._pane = pane
        self._knowledge = knowledge
        self._sources = sources
        self._store_id = ""
        self._has_meaning = False
        pane.search_requested.connect(self._on_search)
        pane.passage_opened.connect(sources.open_passage)
        pane.lab_requested.connect(self.open_lab)

    def show_store(self, store: VectorStore | None) -> None:
        """Another store, or the same one changed."""
        self._pane.compare.setEnabled(store is not None and self._knowledge.is_tunable(store.provider))
        self._has_meaning = store is not None and store.embedding_model is not None
        store_id = store.id if store is not None else ""
        if store_id == self._store_id:
            return
        self._store_id = store_id
        self._pane.setEnabled(bool(store_id))
        self._pane.clear_results()
        self._on_search(self._pane.query.text().strip())

    def open_lab(self) -> LabDialog:
        """For a store that `is_tunable`."""
        dialog = LabDialog(self._pane.query.text().strip(), self._pane, has_meaning=self._has_meaning)
        store_id = self._store_id
        dialog.search_requested.connect(lambda: self.scope.start_latest(self._compare(dialog, store_id), _COMPARE))
        dialog.passage_opened.connect(self._sources.open_passage)
        dialog.finished.connect(self._on_lab_closed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.search_requested.emit()
        return dialog

    def _on_search(self, query: str) -> None:
        if query and self._store_id:
            self.scope.start_latest(self._search(query), _SEARCH)
        else:
            self.scope.cancel(_SEARCH)
            self._pane.clear_results()

    async def _search(self, query: str) -> None:
        self._pane.show_searching()
        try:
            found = await self._found(self._store_id, query, Trial())
        except ProviderError as error:
            self._pane.show_failure(sentence_of(error))
        else:
            self._pane.show_passages(query, found.passages, found.explanations)

    async def _compare(self, dialog: LabDialog, store_id: str) -> None:
        query = dialog.query.text().strip()
        try:
            left = await self._found(store_id, query, dialog.left.switches.trial())
            right = await self._found(store_id, query, dialog.right.switches.trial())
        except ProviderError as error:
            dialog.show_failure(sentence_of(error))
        else:
            dialog.show_found(left, right)

    async def _found(self, store_id: str, query: str, trial: Trial) -> Found:
        return await self.call(found_by(self._knowledge, store_id, query, trial)) if query else Found()

    def _on_lab_closed(self) -> None:
        self.scope.cancel(_COMPARE)
