from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iaposte_desktop.domain import events as ev
from iaposte_desktop.domain.assistants import AssistantSettings, Limits, ReplyStyle
from iaposte_desktop.domain.errors import StorageError
from iaposte_desktop.domain.runs import Run
from iaposte_desktop.domain.threads import MailHeaders
from iaposte_desktop.workspace import codec
from tests.unit.workspace.samples import EVENTS, MODEL, NOW, headers, instants, journal_of


def test_there_is_a_sample_of_every_kind_of_event() -> None:
    assert EVENTS.keys() == codec.EVENT_TYPES.keys() == {event.kind for event in get_args(ev.RunEvent)}


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_comes_back_as_it_was(kind: str) -> None:
    @given(EVENTS[kind])
    def check(event: ev.RunEvent) -> None:
        text = codec.encode(event)
        text.encode("utf-8")
        assert codec.decode_event(event.kind, text) == event

    check()


@given(st.lists(st.one_of(*EVENTS.values()), max_size=8))
def test_a_run_comes_back_as_it_was(events: list[ev.RunEvent]) -> None:
    run = journal_of([ev.RunStarted(), *events])[1][-1]
    assert codec.decode(codec.encode(run), Run) == run


@given(instants)
def test_a_time_keeps_its_instant_and_its_zone(instant: datetime) -> None:
    back = codec.decode(codec.encode(instant), datetime)
    assert back == instant
    assert back.utcoffset() == instant.utcoffset()


def test_settings_keep_decimals_exact() -> None:
    limits = Limits(max_output_tokens=900, budget_usd=Decimal("0.10"))
    settings = AssistantSettings("Support", MODEL, vector_store_ids=("vs_1",), limits=limits, metadata={"a": "b"})
    back = codec.decode(codec.encode(settings), AssistantSettings)
    assert back == settings
    assert str(back.limits.budget_usd) == "0.10"


def test_a_field_of_a_newer_version_is_passed_over() -> None:
    text = json.dumps({**json.loads(codec.encode(headers("<a@b>"))), "spam_score": {"value": 3}})
    assert codec.decode(text, MailHeaders) == headers("<a@b>")


def test_a_field_that_an_older_version_did_not_know_takes_its_default() -> None:
    assert codec.decode('{"tone": "warm"}', ReplyStyle) == ReplyStyle(tone="warm")


@pytest.mark.parametrize("text", ["", "nonsense", "[]", "{}", '{"citation": 3}', "null", "[" * 100_000])
def test_text_that_does_not_fit_is_a_storage_error(text: str) -> None:
    with pytest.raises(StorageError):
        codec.decode_event("citation_added", text)


def test_an_unknown_kind_is_a_storage_error() -> None:
    with pytest.raises(StorageError, match="run_paused"):
        codec.decode_event("run_paused", "{}")


def test_times_are_text_that_sql_can_compare() -> None:
    assert json.loads(codec.encode({"at": NOW})) == {"at": "2026-11-05T09:30:00+00:00"}
