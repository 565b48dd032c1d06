"""Whatever a server writes, the reduction ends in order and raises nothing but that the answer is of no use."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from iaposte_desktop.domain.errors import AnswerUnusable
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.providers.responses.stream import Reduced, Reduction
from tests.unit.providers.responses.conftest import text_of, those
from tests.unit.providers.responses.saying import (
    added,
    annotated,
    call,
    citation,
    created,
    delta,
    done,
    ended,
    message,
    reasoning,
    result,
    search,
)

TEXT = "Ten days <|file_1|>. Two days【4:0†source】."
ITEMS = [
    message(TEXT, citation(8), citation(50, "file_2")),
    message("Look.", item_id="msg_0", phase="commentary"),
    message("No.", item_id="msg_2"),
    call('{"query": "a"}'),
    call("{", "call_2"),
    reasoning(),
    search(result(), result("file_2")),
    search(is_told=False),
]
EVENTS = [
    created(),
    *map(delta, ["Ten ", "days <|fi", "le_1|>", ". Two days【4", ":0†source】."]),
    delta("No.", "msg_2"),
    annotated(8),
    annotated(50, "file_2", number=1),
    *map(added, ITEMS),
    *map(done, ITEMS),
    {"type": "response.refusal.delta", "delta": "I cannot."},
    {"type": "response.reasoning_summary_text.delta", "delta": "Hm."},
    ended(*ITEMS[:3]),
    ended(*ITEMS, status="failed", error={"code": "server_error", "message": "Sorry."}),
    ended(status="incomplete", incomplete_details=None),
    {"type": "error", "code": None, "message": "Sorry."},
]
TERMINAL = (mp.Completed, mp.Incomplete, mp.Failed)

scalars = st.one_of(st.none(), st.booleans(), st.integers(-9, 99), st.floats(), st.text(max_size=5))
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


@st.composite
def spoiled(draw: st.DrawFn) -> Any:
    """An event with a few of its values, at any depth, replaced."""
    event = copy.deepcopy(draw(st.sampled_from(EVENTS)))
    for _ in range(draw(st.integers(0, 3))):
        holder, key = draw(st.sampled_from(list(places(event))))
        holder[key] = draw(anything)
    return event


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every object and list in `value`, with each key or index of it."""
    if isinstance(value, (dict, list)):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from places(value[key])


def reduced(events: list[Any]) -> tuple[list[Reduced], bool]:
    """With whether the answer was found to be of no use."""
    reduction = Reduction(is_background=True)
    heard: list[Reduced] = []
    try:
        for event in events:
            for item in reduction.events(event):
                heard.append(item)
            if reduction.is_over:
                break
    except AnswerUnusable:
        return heard, True
    return heard, False


@given(st.lists(spoiled(), max_size=12))
def test_spoiled_events(events: list[Any]) -> None:
    heard, is_unusable = reduced(events)
    ends = [index for index, item in enumerate(heard) if isinstance(item, TERMINAL)]
    assert ends in ([], [len(heard) - 1])
    assert not (ends and is_unusable)
    assert [index for index, item in enumerate(heard) if isinstance(item, mp.Started)] in ([], [0])
    told = text_of(heard)  # type: ignore[arg-type]
    cited = those(heard, mp.CitedFile)  # type: ignore[arg-type]
    assert len(set(cited)) == len(cited)
    assert all(0 <= each.position <= len(told) for each in cited)


@given(st.lists(st.sampled_from(EVENTS), max_size=14))
def test_events_in_any_order(events: list[Any]) -> None:
    heard, _ = reduced(events)
    calls = those(heard, mp.ToolCall)  # type: ignore[arg-type]
    assert len({each.call_id for each in calls}) == len(calls)
    assert len(those(heard, mp.UsageReport)) <= 1  # type: ignore[arg-type]


@given(st.lists(spoiled(), max_size=6), st.lists(spoiled(), max_size=4))
def test_a_response_as_it_stands(events: list[Any], polled: list[Any]) -> None:
    reduction = Reduction(is_background=True)
    with suppress(AnswerUnusable):
        for event in events:
            list(reduction.events(event))
            if reduction.is_over:
                return
        for event in polled:
            response = event.get("response")
            list(reduction.polled(response if isinstance(response, dict) else {}))
            if reduction.is_over:
                return


@given(st.integers(0, len(TEXT)), st.booleans(), st.booleans())
def test_text_and_citations_are_the_same_however_they_come(streamed: int, has_item: bool, has_events: bool) -> None:
    """Of the text some is streamed; the rest comes with its item, or with the response."""
    told = message(TEXT, citation(8), citation(len(TEXT) - 1, "file_2"))
    events = [created(), done(search(result(), result("file_2")))]
    events += [delta(piece) for piece in TEXT[:streamed]]
    events += [annotated(8)] if has_events else []
    events += [done(told)] if has_item else []
    heard, is_unusable = reduced([*events, ended(told)])
    assert not is_unusable
    assert text_of(heard) == "Ten days. Two days."  # type: ignore[arg-type]
    cited = {(each.file_id, each.position) for each in those(heard, mp.CitedFile)}  # type: ignore[arg-type]
    assert cited == {("file_1", 8), ("file_2", 18)}
