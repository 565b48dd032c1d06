"""Which run of a thread is written, waits for a decision, or is looked at. Pure bookkeeping: no widget, no call."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from iaposte_desktop.domain.runs import Run

if TYPE_CHECKING:
    from iaposte_desktop.application.drafts import OpenDraft
    from iaposte_desktop.application.threads import OpenThread


@dataclass(slots=True)
class RunWatch:
    """Runs by thread. `held` is the last one heard of since the program started, until the draft says what became of
    its text; `starting` are threads whose run was asked for and has not been heard of."""

    held: dict[str, Run] = field(default_factory=dict)
    starting: set[str] = field(default_factory=set)
    _stale: set[str] = field(default_factory=set)

    def hear(self, run: Run) -> None:
        self.held[run.thread_id] = run
        self._stale.discard(run.thread_id)
        self.starting.discard(run.thread_id)

    def draft_changed(self, thread_id: str) -> None:
        """The stored draft knows of the ended run from now on."""
        held = self.held.get(thread_id)
        if held is not None and held.status.is_terminal:
            self._stale.add(thread_id)

    def draft_loaded(self, thread_id: str, draft: OpenDraft) -> None:
        held = self.held.get(thread_id)
        if held is None or not held.status.is_terminal:
            return
        if thread_id in self._stale or draft.draft.suggestion_run_id == held.id:
            self.forget(thread_id)

    def forget(self, thread_id: str) -> None:
        self.held.pop(thread_id, None)
        self._stale.discard(thread_id)

    def is_running(self, thread_id: str) -> bool:
        held = self.held.get(thread_id)
        return thread_id in self.starting or (held is not None and not held.status.is_terminal)

    def running(self) -> frozenset[str]:
        live = {thread_id for thread_id, run in self.held.items() if not run.status.is_terminal}
        return frozenset(live | self.starting)

    def runs(self, opened: OpenThread) -> tuple[Run, ...]:
        """Of the thread, newest first, as new as they are known."""
        held = self.held.get(opened.thread.id)
        if held is None or held in opened.runs:
            return opened.runs
        return (held, *(run for run in opened.runs if run.id != held.id))

    def suggestion(self, thread_id: str, draft: OpenDraft | None) -> Run | None:
        """What the suggestion pane shows: the run being written, else the one that waits for a decision. A run that
        ended without a text is shown only where there is something to say of its end."""
        held = self.held.get(thread_id)
        if held is not None and (held.text.strip() or not held.status.is_terminal or held.error is not None):
            return held
        return draft.suggestion if draft is not None else None
