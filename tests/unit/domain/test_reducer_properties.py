from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from iaposte_desktop.domain import events as ev
from iaposte_desktop.domain.citations import Citation, CitationMatch
from iaposte_desktop.domain.errors import IllegalTransition
from iaposte_desktop.domain.reducer import reduce, replay
from iaposte_desktop.domain.runs import TRANSITIONS, Run, RunStatus, StepKind, StepStatus
from iaposte_desktop.domain.usage import UNKNOWN_COST, Usage
from tests.unit.domain.runs import MOVES, QUEUED, after, journal

counts = st.integers(0, 10**6)
steps = st.sampled_from(["step_1", "step_2", "step_3"])

contents = st.one_of(
    st.builds(ev.TextAdded, st.text()),
    st.builds(ev.StepStarted, steps, st.sampled_from(StepKind)),
    st.builds(ev.StepEnded, steps, st.sampled_from([StepStatus.COMPLETED, StepStatus.FAILED])),
    st.builds(ev.QuestionsFound, st.lists(st.text(), max_size=3).map(tuple)),
    st.builds(ev.QuestionLeftOpen, st.text()),
    st.builds(ev.CitationAdded, st.builds(Citation, counts, st.text(), counts)),
    st.builds(ev.CitationsChecked, st.just((Citation(1, "a", 0, CitationMatch.NOT_FOUND),))),
    st.builds(ev.UsageCounted, st.builds(Usage, counts, counts, search_calls=counts), st.just(UNKNOWN_COST)),
)


@st.composite
def legal_journals(draw: st.DrawFn) -> tuple[ev.JournalEntry, ...]:
    """From any walk over the states as they are drawn, with anything told in between."""
    events: list[ev.RunEvent] = [QUEUED]
    status = RunStatus.QUEUED
    while not status.is_terminal and draw(st.booleans() | st.just(True)):
        events += draw(st.lists(contents, max_size=4))
        status = draw(st.sampled_from(sorted(TRANSITIONS[status])))
        events.append(MOVES[status])
    return journal(*events)


@given(legal_journals())
def test_replaying_is_reducing_step_by_step(entries: tuple[ev.JournalEntry, ...]) -> None:
    run: Run | None = None
    for number, entry in enumerate(entries, 1):
        run = reduce(run, entry)
        assert run == replay(entries[:number])
        assert run.sequence == number
    assert run == replay(entries)


@given(legal_journals())
def test_what_adds_up_is_all_there(entries: tuple[ev.JournalEntry, ...]) -> None:
    run = replay(entries)
    events = [entry.event for entry in entries]
    assert run.text == "".join(event.text for event in events if isinstance(event, ev.TextAdded))
    assert run.usage == sum((event.usage for event in events if isinstance(event, ev.UsageCounted)), Usage())
    assert len(run.steps) == sum(isinstance(event, ev.StepStarted) for event in events)
    assert (run.ended_at is not None) == run.status.is_terminal
    if run.status.is_terminal:
        assert all(step.status is not StepStatus.IN_PROGRESS and step.ended_at for step in run.steps)


@given(legal_journals(), st.data())
def test_an_entry_left_out_is_noticed(entries: tuple[ev.JournalEntry, ...], data: st.DataObject) -> None:
    if len(entries) < 2:
        return
    gap = data.draw(st.integers(0, len(entries) - 2))
    try:
        replay(entries[:gap] + entries[gap + 1 :])
    except IllegalTransition:
        return
    raise AssertionError("the gap went unnoticed")


@given(legal_journals(), contents)
def test_an_ended_run_takes_nothing_more(entries: tuple[ev.JournalEntry, ...], event: ev.RunEvent) -> None:
    run = replay(entries)
    try:
        longer = reduce(run, after(run, event))
    except IllegalTransition:
        assert run.status.is_terminal
    else:
        assert not run.status.is_terminal
        assert longer.sequence == run.sequence + 1
