"""The trial search: the latest query wins, and follows the store that is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import ProviderError
from iaposte_desktop.qt.lib.controller import Controller, sentence_of

if TYPE_CHECKING:
    from iaposte_desktop.application.knowledge import Knowledge
    from iaposte_desktop.qt.lib.source_opener import SourceOpener
    from iaposte_desktop.qt.runtime import Runtime
    from iaposte_desktop.qt.vector_stores.search_pane import SearchPane

_SEARCH = "search"


class SearchController(Controller):
    def __init__(self, pane: SearchPane, runtime: Runtime, knowledge: Knowledge, sources: SourceOpener) -> None:
        super().__init__(runtime, pane)
        self._pane = pane
        self._knowledge = knowledge
        self._store_id = ""
        pane.search_requested.connect(self._on_search)
        pane.passage_opened.connect(sources.open_passage)

    def show_store(self, store_id: str) -> None:
        if store_id == self._store_id:
            return
        self._store_id = store_id
        self._pane.setEnabled(bool(store_id))
        self._pane.clear_results()
        self._on_search(self._pane.query.text().strip())

    def _on_search(self, query: str) -> None:
        if query and self._store_id:
            self.scope.start_latest(self._search(query), _SEARCH)
        else:
            self.scope.cancel(_SEARCH)
            self._pane.clear_results()

    async def _search(self, query: str) -> None:
        self._pane.show_searching()
        try:
            found = await self.call(self._knowledge.search([self._store_id], query))
        except ProviderError as error:
            self._pane.show_failure(sentence_of(error))
        else:
            self._pane.show_passages(query, found)
