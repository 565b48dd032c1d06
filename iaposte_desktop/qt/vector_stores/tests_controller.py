"""The search tests of the store that is shown: run, removed, and told when one that passed fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.application.changes import Changed, SearchTestsRun, Topic
from iaposte_desktop.domain.errors import ProviderError
from iaposte_desktop.qt.lib.controller import Controller, sentence_of
from iaposte_desktop.qt.lib.foreign_text import visible
from iaposte_desktop.qt.vector_stores.refresh import Refresh

if TYPE_CHECKING:
    from collections.abc import Collection

    from iaposte_desktop.application.changes import Change
    from iaposte_desktop.application.search_tests import SearchTests
    from iaposte_desktop.domain.knowledge import Passage
    from iaposte_desktop.qt.lib.source_opener import Notify
    from iaposte_desktop.qt.runtime import Runtime
    from iaposte_desktop.qt.vector_stores.tests_pane import SearchTestsPane


class SearchTestsController(Controller):
    def __init__(self, pane: SearchTestsPane, runtime: Runtime, search_tests: SearchTests, notify: Notify) -> None:
        super().__init__(runtime, pane)
        self._pane = pane
        self._search_tests = search_tests
        self._notify = notify
        self._store_id = ""
        self._refresh = Refresh(self.scope, "tests", self._read)
        runtime.changed.connect(self._on_changed)
        pane.run_requested.connect(self._run)
        pane.run_all_requested.connect(lambda: self._run(None))
        pane.remove_requested.connect(
            lambda ids: self.scope.start(self.call(search_tests.remove(self._store_id, ids)), "remove tests")
        )

    def show_store(self, store_id: str) -> None:
        if store_id != self._store_id:
            self._store_id = store_id
            self._pane.setEnabled(bool(store_id))
            self._pane.show_tests(())
            self._refresh.ask()

    def save(self, query: str, passage: Passage) -> None:
        """From now on `query` must find the passage's file."""
        self.scope.start(self._save(query, passage), "save test")

    async def aclose(self) -> None:
        self.runtime.changed.disconnect(self._on_changed)
        await super().aclose()

    async def _save(self, query: str, passage: Passage) -> None:
        await self.call(self._search_tests.add(passage.store_id, query, passage.file_name))
        saved = self.tr("Saved as a test: “{0}” must find {1}.")
        self._notify(saved.format(query, visible(passage.file_name)), "", None)

    async def _read(self) -> None:
        store_id = self._store_id
        tests = await self.call(self._search_tests.of_store(store_id)) if store_id else ()
        if store_id == self._store_id:
            self._pane.show_tests(tests)

    def _run(self, test_ids: Collection[str] | None) -> None:
        self.scope.start_only(self._ran(self._store_id, test_ids), "run tests")

    async def _ran(self, store_id: str, test_ids: Collection[str] | None) -> None:
        self._pane.show_running(True)
        failure = ""
        try:
            await self.call(self._search_tests.run(store_id, test_ids))
        except ProviderError as error:
            failure = sentence_of(error)
        finally:
            self._pane.show_running(False)
        if failure:
            self._pane.show_failure(failure)

    def _on_changed(self, batch: tuple[Change, ...]) -> None:
        for change in batch:
            if isinstance(change, SearchTestsRun):
                self._tell(change)
            if self._is_about_shown(change):
                self._refresh.ask()

    def _is_about_shown(self, change: Change) -> bool:
        if isinstance(change, SearchTestsRun):
            return change.store_id == self._store_id
        topics = {Topic.SEARCH_TESTS, Topic.FILES}
        return isinstance(change, Changed) and change.topic in topics and change.id == self._store_id

    def _tell(self, run: SearchTestsRun) -> None:
        if run.broken:
            first = run.broken[0]
            text = self.tr("%n search test(s) fail now: “{0}” no longer finds {1}.", "", len(run.broken))
            self._notify(text.format(first.query, visible(first.file_name)), "", None)
