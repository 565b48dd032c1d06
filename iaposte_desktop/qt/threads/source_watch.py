"""Whether the files that the open thread's draft cites are still what they were, looked up when it is opened and when
files change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from iaposte_desktop.application.changes import Topic

if TYPE_CHECKING:
    from collections.abc import Collection

    from iaposte_desktop.application.sources import SourceChange, Sources
    from iaposte_desktop.domain.runs import Run
    from iaposte_desktop.qt.lib.controller import Controller
    from iaposte_desktop.qt.threads.view import ThreadsView


class SourceWatch(QObject):
    def __init__(self, host: Controller, view: ThreadsView, sources: Sources) -> None:
        super().__init__(host)
        self._host = host
        self._view = view
        self._sources = sources
        self._known: dict[str, tuple[SourceChange, ...]] = {}
        self._asked: set[str] = set()
        self._shown: Run | None = None
        self._drafted: Run | None = None

    def show_runs(self, shown: Run | None, drafted: Run | None) -> None:
        """`shown` is the run whose sources are listed, `drafted` the one that the suggestion or the draft is from."""
        self._shown, self._drafted = shown, drafted
        self._paint()
        self._look()

    def hear(self, topics: Collection[Topic]) -> None:
        """What was known is shown until it is known anew."""
        if Topic.FILES in topics or Topic.STORES in topics:
            self._asked.clear()
            self._look()

    def _look(self) -> None:
        runs = {run.id: run for run in (self._shown, self._drafted) if run is not None}
        wanted = [run for run in runs.values() if run.status.is_terminal and run.citations]
        if any(run.id not in self._asked for run in wanted):
            self._asked = {run.id for run in wanted}
            self._host.scope.start_latest(self._look_at(wanted), "look at sources")

    async def _look_at(self, runs: list[Run]) -> None:
        found = {run.id: await self._host.call(self._sources.changes(run)) for run in runs}
        self._known = found
        self._paint()

    def _paint(self) -> None:
        self._view.draft.source_notice.show_changes(self._changes(self._drafted))
        self._view.side.sources.show_changes(self._changes(self._shown))

    def _changes(self, run: Run | None) -> tuple[SourceChange, ...]:
        return self._known.get(run.id, ()) if run is not None else ()
