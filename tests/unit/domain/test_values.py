"""Usage, tokens, metadata, identifiers: the small values."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.json import metadata_problem
from iaposte_desktop.domain.tokens import estimate_tokens
from iaposte_desktop.domain.usage import FREE, UNKNOWN_COST, Cost, Usage

usages = st.builds(Usage, *([st.integers(0, 10**9)] * 6), st.booleans())


class TestUsage:
    @given(usages, usages, usages)
    def test_addition_has_no_order(self, one: Usage, two: Usage, three: Usage) -> None:
        assert one + two == two + one
        assert (one + two) + three == one + (two + three)

    @given(usages)
    def test_nothing_adds_nothing(self, one: Usage) -> None:
        assert one + Usage() == one

    def test_every_count_is_added(self) -> None:
        assert Usage(1, 2, 3, 4, 5, 6) + Usage(10, 20, 30, 40, 50, 60) == Usage(11, 22, 33, 44, 55, 66)

    def test_parts_are_not_counted_twice(self) -> None:
        assert Usage(10, 20, cached_input_tokens=5, cache_write_tokens=3, reasoning_tokens=7).total_tokens == 30

    def test_one_estimate_makes_the_sum_an_estimate(self) -> None:
        assert (Usage(1) + Usage(1, estimated=True)).estimated


def test_an_unknown_cost_is_not_nothing() -> None:
    assert FREE.is_known
    assert Cost(Decimal("0.5")).is_known
    assert not UNKNOWN_COST.is_known
    assert UNKNOWN_COST != FREE


# Counted with o200k_base, the encoding of OpenAI's models since gpt-4o.
COUNTED = {
    "The quick brown fox jumps over the lazy dog.": 10,
    "Hello, world!": 4,
    "My order has not arrived yet. Could you please tell me when it will be delivered?": 18,
    "I would like a refund.": 6,
    "Thank you for your help.": 6,
}


@pytest.mark.parametrize(("text", "tokens"), COUNTED.items())
def test_the_estimate_is_near_known_counts(text: str, tokens: int) -> None:
    assert abs(estimate_tokens(text) - tokens) <= max(2, 0.2 * tokens)


def test_the_estimate_of_nothing_is_nothing() -> None:
    assert estimate_tokens("") == 0


@given(st.text(), st.text())
def test_more_text_is_no_fewer_tokens(one: str, two: str) -> None:
    assert estimate_tokens(f"{one} {two}") >= max(estimate_tokens(one), estimate_tokens(two)) - 1


@pytest.mark.parametrize(
    ("metadata", "problem"),
    [
        ({}, None),
        ({str(number): "" for number in range(16)}, None),
        ({str(number): "" for number in range(17)}, "pairs"),
        ({"k" * 64: "v" * 512}, None),
        ({"k" * 65: ""}, "key"),
        ({"": "v"}, "key"),
        ({"k": "v" * 513}, "value"),
        ({"é" * 64: "€" * 512}, None),
    ],
)
def test_metadata_keeps_to_the_hosted_limits(metadata: dict[str, str], problem: str | None) -> None:
    assert metadata_problem(metadata) == problem


def test_identifiers_say_what_they_name_and_never_repeat() -> None:
    made = {new_id("run") for _ in range(1000)}
    assert len(made) == 1000
    assert all(re.fullmatch(r"run_[0-9a-f]{32}", one) for one in made)
