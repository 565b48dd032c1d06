"""The journal of one run, and the run it adds up to: written first, then folded, then shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.domain import events as ev
from iaposte_desktop.domain.reducer import reduce

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.repositories import RunJournal
    from iaposte_desktop.domain.runs import Run


class Record:
    """`run` None: its first event is yet to come."""

    def __init__(
        self, run_id: str, run: Run | None, journal: RunJournal, clock: Clock, on_run: Callable[[Run], None]
    ) -> None:
        self._run_id = run_id
        self._run = run
        self._journal = journal
        self.clock = clock
        self._on_run = on_run

    @property
    def run(self) -> Run:
        assert self._run is not None, "a run begins with run_queued"
        return self._run

    async def add(self, *events: ev.RunEvent) -> None:
        """In one transaction; neighbouring pieces of text as one event. Raises StorageError."""
        run = self._run
        entries = []
        now = self.clock()
        for event in _merged(events):
            entry = ev.JournalEntry(self._run_id, run.sequence + 1 if run else 1, now, event)
            run = reduce(run, entry)
            entries.append(entry)
        if run is None or not entries:
            return
        await self._journal.append(entries, run)
        self._run = run
        self._on_run(run)


def _merged(events: Sequence[ev.RunEvent]) -> Sequence[ev.RunEvent]:
    merged: list[ev.RunEvent] = []
    for event in events:
        last = merged[-1] if merged else None
        if isinstance(event, ev.TextAdded) and isinstance(last, ev.TextAdded):
            merged[-1] = ev.TextAdded(last.text + event.text)
        else:
            merged.append(event)
    return merged
