"""The difference between two versions, as plain values."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from iaposte_desktop.application.version_diff import (
    DiffLine,
    Mark,
    TextDiff,
    ValueDiff,
    diff_lines,
    diff_settings,
)
from iaposte_desktop.domain.assistants import AssistantSettings, Limits, ModelRef, OutputFormat, Register, ReplyStyle

OLD = AssistantSettings(name="Replies", model=ModelRef("embedded", "iaposte-extract-1"))


def test_equal_settings_do_not_differ() -> None:
    assert diff_settings(OLD, replace(OLD)) == ()


def test_each_changed_value_is_named_in_the_order_of_the_form() -> None:
    new = replace(
        OLD,
        name="Refunds",
        model=ModelRef("openai", "gpt-6-luna"),
        knowledge_search=False,
        output_format=OutputFormat.JSON,
        reply_style=ReplyStyle(language="fr", register=Register.INFORMAL),
        limits=Limits(max_output_tokens=800, budget_usd=Decimal("0.10")),
    )
    assert diff_settings(OLD, new) == (
        ValueDiff("name", "Replies", "Refunds"),
        ValueDiff("reply_style.language", None, "fr"),
        ValueDiff("reply_style.register", Register.FORMAL, Register.INFORMAL),
        ValueDiff("model", OLD.model, new.model),
        ValueDiff("knowledge_search", True, False),
        ValueDiff("output_format", OutputFormat.REPLY, OutputFormat.JSON),
        ValueDiff("limits.max_output_tokens", None, 800),
        ValueDiff("limits.budget_usd", None, Decimal("0.10")),
    )


def test_instructions_are_compared_line_by_line() -> None:
    old = replace(OLD, instructions="Answer.\nBe short.\nCite.")
    new = replace(OLD, instructions="Answer.\nBe kind.\nCite.")
    assert diff_settings(old, new) == (
        TextDiff(
            "instructions",
            (
                DiffLine(Mark.SAME, "Answer."),
                DiffLine(Mark.REMOVED, "Be short."),
                DiffLine(Mark.ADDED, "Be kind."),
                DiffLine(Mark.SAME, "Cite."),
            ),
        ),
    )


def test_filling_an_empty_text_removes_nothing() -> None:
    (difference,) = diff_settings(OLD, replace(OLD, guardrails="No legal advice."))
    assert difference == TextDiff("guardrails", (DiffLine(Mark.ADDED, "No legal advice."),))


def test_a_blank_line_that_comes_or_goes_is_a_difference() -> None:
    (difference,) = diff_settings(replace(OLD, instructions="a"), replace(OLD, instructions="a\n"))
    assert difference == TextDiff("instructions", (DiffLine(Mark.SAME, "a"), DiffLine(Mark.ADDED, "")))


def test_metadata_is_compared_by_key_whatever_its_order() -> None:
    old = replace(OLD, metadata={"team": "north", "tier": "1"})
    assert diff_settings(old, replace(OLD, metadata={"tier": "1", "team": "north"})) == ()
    (difference,) = diff_settings(old, replace(OLD, metadata={"tier": "2", "team": "north"}))
    assert difference == TextDiff(
        "metadata",
        (DiffLine(Mark.SAME, "team: north"), DiffLine(Mark.REMOVED, "tier: 1"), DiffLine(Mark.ADDED, "tier: 2")),
    )


def test_vector_stores_are_compared_one_by_one() -> None:
    old, new = replace(OLD, vector_store_ids=("vs_1", "vs_2")), replace(OLD, vector_store_ids=("vs_2", "vs_3"))
    (difference,) = diff_settings(old, new)
    assert isinstance(difference, TextDiff)
    assert [(line.mark, line.text) for line in difference.lines] == [
        (Mark.REMOVED, "vs_1"),
        (Mark.SAME, "vs_2"),
        (Mark.ADDED, "vs_3"),
    ]


def test_lines_far_from_a_change_are_counted() -> None:
    before = [f"line {number}" for number in range(10)]
    after = [*before[:5], "changed", *before[6:]]
    assert [(line.mark, line.text, line.count) for line in diff_lines(before, after)] == [
        (Mark.SKIPPED, "", 3),
        (Mark.SAME, "line 3", 1),
        (Mark.SAME, "line 4", 1),
        (Mark.REMOVED, "line 5", 1),
        (Mark.ADDED, "changed", 1),
        (Mark.SAME, "line 6", 1),
        (Mark.SAME, "line 7", 1),
        (Mark.SKIPPED, "", 2),
    ]


LINES = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=12)


@given(LINES, LINES)
def test_added_and_removed_lines_account_for_both_texts(before: list[str], after: list[str]) -> None:
    lines = diff_lines(before, after)
    kept = sum(line.count for line in lines if line.mark in (Mark.SAME, Mark.SKIPPED))
    assert kept + sum(line.mark is Mark.REMOVED for line in lines) == len(before)
    assert kept + sum(line.mark is Mark.ADDED for line in lines) == len(after)
    shown = [line.text for line in lines if line.mark is Mark.ADDED]
    assert all(text in after for text in shown)
