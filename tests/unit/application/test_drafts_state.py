"""Whatever is done with drafts, in any order: what the agent wrote can be brought back."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from iaposte_desktop.application.changes import ChangeFeed
from iaposte_desktop.application.drafts import Drafts
from iaposte_desktop.domain import events as ev
from iaposte_desktop.domain.assistants import ModelRef
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.reducer import replay
from iaposte_desktop.domain.threads import Customer, Thread, ThreadStatus
from iaposte_desktop.workspace.open import open_workspace
from tests.fakes.clock import ManualClock

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")

texts = st.sampled_from(["", " \n", "a", "Dear Ada,", "Dear Ada, [1]", "Ten days."])


class Drafting(RuleBasedStateMachine):
    """`shown` is what the editor shows; `owed` every text that something other than typing took away."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.runner = asyncio.Runner()
        self.clock = ManualClock()
        self.shown = ""
        self.suggestion: str | None = None
        self.owed: set[str] = set()
        self.open()

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        self.clock.advance(seconds=1)
        return self.runner.run(work)

    def open(self) -> None:
        folder = Path(self.folder.name)
        self.workspace = self.do(open_workspace(folder / "w.db", backups=folder, clock=self.clock))
        self.drafts = Drafts(self.workspace.drafts, self.workspace.journal, ChangeFeed(), self.clock)

    @initialize()
    def begin(self) -> None:
        now = self.clock()
        self.do(self.workspace.customers.save(Customer("cust_1", "Ada", "ada@example.org", now)))
        thread = Thread("thread_1", "cust_1", "Refund", ThreadStatus.TO_ANSWER, now, now)
        self.do(self.workspace.threads.save(thread))

    def take_away(self) -> None:
        if self.shown.strip():
            self.owed.add(self.shown)

    @rule(text=texts)
    def type(self, text: str) -> None:
        if not text.strip():
            self.take_away()
        self.do(self.drafts.save("thread_1", text))
        self.shown = text

    @rule(text=texts)
    def offer(self, text: str) -> None:
        now = self.clock()
        run_id = new_id("run")
        told: list[ev.RunEvent] = [
            ev.RunQueued("thread_1", "asst_1", 1, ModelRef("scripted", "scripted-1"), "en"),
            ev.RunStarted(),
            ev.TextAdded(text),
            ev.RunCompleted(),
        ]
        entries = [ev.JournalEntry(run_id, number, now, event) for number, event in enumerate(told, 1)]
        self.do(self.workspace.journal.append(entries, replay(entries)))
        self.do(self.drafts.offer("thread_1", run_id))
        self.suggestion = text

    @precondition(lambda self: self.suggestion is not None)
    @rule()
    def accept(self) -> None:
        self.take_away()
        self.do(self.drafts.accept("thread_1"))
        self.shown, self.suggestion = self.suggestion or "", None

    @rule()
    def dismiss(self) -> None:
        self.do(self.drafts.dismiss("thread_1"))
        self.suggestion = None

    @rule()
    def send(self) -> None:
        self.take_away()
        self.do(self.drafts.clear_sent("thread_1"))
        self.shown, self.suggestion = "", None

    @precondition(lambda self: self.owed)
    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        revision = data.draw(st.sampled_from(self.do(self.drafts.revisions("thread_1"))))
        self.take_away()
        self.do(self.drafts.restore("thread_1", revision.id))
        self.shown = revision.text

    @rule()
    def restart(self) -> None:
        self.do(self.workspace.aclose())
        self.open()

    @invariant()
    def nothing_is_lost(self) -> None:
        opened = self.do(self.drafts.load("thread_1"))
        assert opened.draft.text == self.shown
        assert (opened.suggestion and opened.suggestion.text) == self.suggestion
        recoverable = {revision.text for revision in self.do(self.drafts.revisions("thread_1"))}
        assert self.owed <= recoverable | {self.shown}

    def teardown(self) -> None:
        self.do(self.workspace.aclose())
        self.runner.close()
        self.folder.cleanup()


TestDrafting = Drafting.TestCase
TestDrafting.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
