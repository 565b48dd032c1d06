from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iaposte_desktop.domain import events as ev
from iaposte_desktop.domain.errors import NotFound, StorageError
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.reducer import replay
from iaposte_desktop.domain.runs import StepKind, StepStatus
from iaposte_desktop.domain.usage import Cost, Usage, Used
from tests.unit.workspace.samples import EVENTS, journal_of

if TYPE_CHECKING:
    from iaposte_desktop.platform.paths import Profile
    from iaposte_desktop.workspace.workspace import SqlWorkspace

STORY: list[ev.RunEvent] = [
    ev.RunStarted("handle"),
    ev.StepStarted("step_1", StepKind.SEARCH, {"query": "délai"}),
    ev.StepEnded("step_1", StepStatus.COMPLETED, {"passages": 3}, Usage(5)),
    ev.StepStarted("step_2", StepKind.WRITING),
    ev.TextAdded("Bonjour"),
    ev.UsageCounted(Usage(100, 20), Cost(Decimal("0.000125"))),
    ev.TextAdded(" Ann"),
    ev.UsageCounted(Usage(50, 5, estimated=True), Cost(Decimal("0.000200"))),
]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    events=st.lists(st.one_of(*EVENTS.values()), max_size=12),
    cuts=st.lists(st.integers(1, 12), max_size=3),
)
async def test_a_run_is_what_its_events_add_up_to_at_any_time(
    with_thread: SqlWorkspace, events: list[ev.RunEvent], cuts: list[int]
) -> None:
    run_id = new_id("run")
    entries, runs = journal_of([ev.RunStarted(), *events], run_id)
    ends = sorted({0, len(entries), *(min(cut, len(entries)) for cut in cuts)})
    for start, end in pairwise(ends):
        await with_thread.journal.append(entries[start:end], runs[end - 1])
        kept = await with_thread.journal.entries(run_id)
        assert kept == tuple(entries[:end])
        assert await with_thread.journal.retrieve(run_id) == runs[end - 1] == replay(kept)
    is_over = runs[-1].status.is_terminal
    assert (run_id in {run.id for run in await with_thread.journal.unfinished()}) is not is_over


async def test_an_event_is_written_once(with_thread: SqlWorkspace) -> None:
    entries, runs = journal_of(STORY)
    await with_thread.journal.append(entries[:3], runs[2])
    for start, end in ((0, 1), (2, 3), (2, 4), (4, 5)):
        with pytest.raises(StorageError):
            await with_thread.journal.append(entries[start:end], runs[end - 1])
    assert await with_thread.journal.entries("run_1") == tuple(entries[:3])
    await with_thread.journal.append(entries[3:], runs[-1])
    assert await with_thread.journal.retrieve("run_1") == runs[-1]


async def test_entries_that_do_not_lead_to_the_run_are_refused(with_thread: SqlWorkspace) -> None:
    entries, runs = journal_of(STORY)
    for some, run in (
        (entries[:2], runs[2]),
        ([entries[0], entries[2]], runs[2]),
        ([replace(entries[0], run_id="run_2")], runs[0]),
    ):
        with pytest.raises(StorageError):
            await with_thread.journal.append(some, run)
    await with_thread.journal.append([], runs[0])
    with pytest.raises(NotFound):
        await with_thread.journal.retrieve("run_1")


async def test_a_run_of_no_thread_is_refused(workspace: SqlWorkspace) -> None:
    entries, runs = journal_of([])
    with pytest.raises(StorageError):
        await workspace.journal.append(entries, runs[-1])
    assert await workspace.journal.unfinished() == ()


async def test_runs_of_a_thread_come_newest_first(with_thread: SqlWorkspace) -> None:
    for run_id in ("run_b", "run_a"):
        entries, runs = journal_of([*STORY, ev.RunCompleted()], run_id)
        await with_thread.journal.append(entries, runs[-1])
    assert [run.id for run in await with_thread.journal.runs_of("thread_1")] == ["run_a", "run_b"]
    assert await with_thread.journal.runs_of("thread_2") == ()
    assert await with_thread.journal.unfinished() == ()


async def test_what_an_assistant_used_is_the_sum_of_its_runs(with_thread: SqlWorkspace) -> None:
    assert await with_thread.journal.used_by_assistant("asst_1") == Used()
    for run_id, end in (("run_1", 7), ("run_2", len(STORY) + 1)):
        entries, runs = journal_of(STORY, run_id)
        await with_thread.journal.append(entries[:end], runs[end - 1])
    used = await with_thread.journal.used_by_assistant("asst_1")
    assert (used.runs, used.usage) == (2, Usage(250, 45, estimated=True))
    assert await with_thread.journal.used_by_assistant("asst_2") == Used()


async def test_reports_can_be_made_by_sql(with_thread: SqlWorkspace, profile: Profile) -> None:
    entries, runs = journal_of([*STORY, ev.RunCompleted()])
    for entry, run in zip(entries, runs, strict=True):
        await with_thread.journal.append([entry], run)
    with closing(sqlite3.connect(profile.workspace_db)) as connection:
        steps = connection.execute("SELECT id, kind, status, detail FROM run_steps ORDER BY id").fetchall()
        counted = connection.execute("SELECT sequence, input_tokens, cost_usd FROM usage ORDER BY sequence").fetchall()
        summary = connection.execute("SELECT status, sequence, input_tokens, model, cost_usd FROM runs").fetchall()
    assert steps == [
        ("step_1", "search", "completed", '{"query":"délai","passages":3}'),
        ("step_2", "writing", "failed", "{}"),
    ]
    assert counted == [(7, 100, "0.000125"), (9, 50, "0.000200")]
    assert summary == [("completed", 10, 150, "iaposte-extract-1", "0.000200")]


async def test_a_step_named_twice_is_kept_once(with_thread: SqlWorkspace) -> None:
    started = ev.StepStarted("step_1", StepKind.SEARCH)
    entries, runs = journal_of([ev.RunStarted(), started, started, ev.RunCompleted()], "run_twice")
    await with_thread.journal.append(entries, runs[-1])
    assert await with_thread.journal.retrieve("run_twice") == runs[-1]
