from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import get_args

import pytest

from iaposte_desktop.domain import events as ev
from iaposte_desktop.domain.citations import Citation, CitationMatch, Source
from iaposte_desktop.domain.errors import IllegalTransition
from iaposte_desktop.domain.knowledge import Passage
from iaposte_desktop.domain.reducer import reduce, replay
from iaposte_desktop.domain.runs import TRANSITIONS, RunStatus, StepKind, StepStatus
from iaposte_desktop.domain.usage import UNKNOWN_COST, Cost, Usage
from tests.unit.domain.runs import BEGUN, ERROR, MOVES, QUEUED, after, journal, run_in, run_of

STARTED = ev.RunStarted("handle_1")

DRAWN = """
    queued: in_progress cancelling cancelled failed expired interrupted
    in_progress: requires_action cancelling completed incomplete failed expired interrupted
    requires_action: in_progress cancelling failed expired interrupted
    cancelling: cancelled completed incomplete failed interrupted
    cancelled:
    completed:
    failed:
    incomplete:
    expired:
    interrupted:
"""
"""The states as `domain/runs.py` draws them, in words."""


def test_the_table_is_what_is_drawn() -> None:
    rows = dict(line.strip().split(":") for line in DRAWN.strip().splitlines())
    assert {RunStatus(name): set(map(RunStatus, ends.split())) for name, ends in rows.items()} == TRANSITIONS


@pytest.mark.parametrize(("before", "status"), list(product(RunStatus, RunStatus)))
def test_a_state_is_followed_by_what_is_drawn_and_nothing_else(before: RunStatus, status: RunStatus) -> None:
    run = run_in(before)
    entry = after(run, MOVES[status])
    if status in TRANSITIONS[before]:
        assert reduce(run, entry).status is status
    else:
        with pytest.raises(IllegalTransition):
            reduce(run, entry)


def test_action_taken_goes_on() -> None:
    run = run_of(QUEUED, STARTED, ev.ActionRequired("step_1"), ev.ActionTaken("step_1", approved=True))
    assert run.status is RunStatus.IN_PROGRESS


@pytest.mark.parametrize("status", list(RunStatus))
def test_terminal_states_are_those_that_nothing_follows(status: RunStatus) -> None:
    assert status.is_terminal == (not TRANSITIONS[status])


class TestBeginning:
    def test_a_queued_run(self) -> None:
        run = run_of(QUEUED)
        assert (run.id, run.thread_id, run.assistant_id, run.assistant_version) == ("run_1", "thread_1", "asst_1", 3)
        assert (run.model, run.language, run.sequence) == (QUEUED.model, "fr", 1)
        assert run.status is RunStatus.QUEUED
        assert run.cost == UNKNOWN_COST
        assert run.started_at is run.ended_at is None

    def test_another_event_begins_nothing(self) -> None:
        with pytest.raises(IllegalTransition):
            replay(journal(STARTED))

    def test_a_later_sequence_begins_nothing(self) -> None:
        with pytest.raises(IllegalTransition):
            reduce(None, replace(journal(QUEUED)[0], sequence=2))

    def test_an_empty_journal_is_no_run(self) -> None:
        with pytest.raises(IllegalTransition):
            replay(())


class TestOrder:
    @pytest.mark.parametrize("sequence", [0, 1, 2, 4, -3])
    def test_a_sequence_that_does_not_follow(self, sequence: int) -> None:
        run = run_of(QUEUED, STARTED)
        with pytest.raises(IllegalTransition):
            reduce(run, replace(after(run, ev.TextAdded("a")), sequence=sequence))

    def test_an_event_of_another_run(self) -> None:
        run = run_of(QUEUED, STARTED)
        with pytest.raises(IllegalTransition):
            reduce(run, replace(after(run, ev.TextAdded("a")), run_id="run_2"))

    @pytest.mark.parametrize("status", [status for status in RunStatus if status.is_terminal])
    @pytest.mark.parametrize("event", [ev.TextAdded("late"), ev.UsageCounted(Usage(1), UNKNOWN_COST)])
    def test_nothing_follows_the_end(self, status: RunStatus, event: ev.RunEvent) -> None:
        run = run_in(status)
        with pytest.raises(IllegalTransition):
            reduce(run, after(run, event))


class TestEvents:
    def test_started(self) -> None:
        run = run_of(QUEUED, STARTED)
        assert (run.handle, run.started_at) == ("handle_1", journal(QUEUED, STARTED)[1].at)

    def test_text_is_put_together(self) -> None:
        assert run_of(QUEUED, STARTED, ev.TextAdded("Bon"), ev.TextAdded("jour")).text == "Bonjour"

    def test_a_step(self) -> None:
        begun = ev.StepStarted("step_1", StepKind.SEARCH, {"query": "délai"})
        ended = ev.StepEnded("step_1", StepStatus.COMPLETED, {"passages": 3}, Usage(input_tokens=5))
        (step,) = run_of(QUEUED, STARTED, begun, ended).steps
        assert (step.kind, step.status, step.usage) == (StepKind.SEARCH, StepStatus.COMPLETED, Usage(input_tokens=5))
        assert step.detail == {"query": "délai", "passages": 3}
        assert step.ended_at is not None
        assert step.ended_at > step.started_at

    def test_ending_a_step_leaves_the_others(self) -> None:
        steps = [ev.StepStarted(f"step_{number}", StepKind.TOOL_CALL) for number in (1, 2, 3)]
        run = run_of(QUEUED, STARTED, *steps, ev.StepEnded("step_2", StepStatus.FAILED))
        assert [step.status for step in run.steps] == [
            StepStatus.IN_PROGRESS,
            StepStatus.FAILED,
            StepStatus.IN_PROGRESS,
        ]

    def test_questions(self) -> None:
        found = ev.QuestionsFound(("a?", "b?"))
        run = run_of(QUEUED, STARTED, found, ev.QuestionLeftOpen("b?"), ev.QuestionLeftOpen("c?"))
        assert run.questions == ("a?", "b?")
        assert run.open_questions == ("b?", "c?")

    def test_sources_are_added(self) -> None:
        first, second = (Source(number, passage(number)) for number in (1, 2))
        run = run_of(QUEUED, STARTED, ev.SourcesFound((first,)), ev.SourcesFound((second,)))
        assert run.sources == (first, second)
        assert run.source(2) == second
        assert run.source(3) is None

    def test_checked_citations_replace_those_added(self) -> None:
        added = Citation(1, "a", 10)
        checked = replace(added, match=CitationMatch.EXACT, quote_start=0, quote_end=1)
        other = replace(checked, position=20)
        run = run_of(QUEUED, STARTED, ev.CitationAdded(added))
        assert run.citations == (added,)
        assert reduce(run, after(run, ev.CitationsChecked((checked, other)))).citations == (checked, other)

    def test_usage_adds_up_and_the_cost_is_the_last(self) -> None:
        counted = [
            ev.UsageCounted(Usage(input_tokens=10, output_tokens=1), Cost(Decimal("0.01"))),
            ev.UsageCounted(Usage(input_tokens=5, output_tokens=2, estimated=True), Cost(Decimal("0.02"))),
        ]
        run = run_of(QUEUED, STARTED, *counted)
        assert run.usage == Usage(input_tokens=15, output_tokens=3, estimated=True)
        assert run.cost == Cost(Decimal("0.02"))


class TestEnd:
    @pytest.mark.parametrize("status", [status for status in RunStatus if status.is_terminal])
    def test_no_step_outlives_its_run(self, status: RunStatus) -> None:
        steps = [ev.StepStarted(f"step_{number}", StepKind.WRITING) for number in (1, 2)]
        done = ev.StepEnded("step_1", StepStatus.COMPLETED)
        via = [ev.CancelRequested()] if status is RunStatus.CANCELLED else []
        run = run_of(QUEUED, STARTED, *steps, done, *via, MOVES[status])
        left = StepStatus.CANCELLED if status is RunStatus.CANCELLED else StepStatus.FAILED
        assert [step.status for step in run.steps] == [StepStatus.COMPLETED, left]
        assert run.steps[1].ended_at == run.ended_at

    def test_why(self) -> None:
        assert run_in(RunStatus.FAILED).error == ERROR
        assert run_in(RunStatus.INCOMPLETE).incomplete_reason == "max_output_tokens"
        assert run_in(RunStatus.INTERRUPTED).incomplete_reason == "stream_cut"
        assert run_in(RunStatus.COMPLETED).error is None

    def test_the_text_is_kept(self) -> None:
        assert run_of(QUEUED, STARTED, ev.TextAdded("half"), ev.RunFailed(ERROR)).text == "half"


def test_reducing_changes_nothing_it_was_given() -> None:
    run = run_of(QUEUED, STARTED, ev.StepStarted("step_1", StepKind.SEARCH, {"query": "x"}))
    entry = after(run, ev.StepEnded("step_1", StepStatus.COMPLETED, {"passages": 1}))
    before = deepcopy((run, entry))
    assert reduce(run, entry) != run
    assert (run, entry) == before


def test_kinds_are_unique_and_every_event_is_folded() -> None:
    kinds = [event.kind for event in get_args(ev.RunEvent)]
    assert len(set(kinds)) == len(kinds) == 25


def passage(number: int) -> Passage:
    return Passage("vs_1", f"file_{number}", "a.txt", "text", 0, 4, 0.5)


def test_time_comes_from_the_entries_alone() -> None:
    assert run_of(QUEUED).created_at > BEGUN
