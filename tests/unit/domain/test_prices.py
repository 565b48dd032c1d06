from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from iaposte_desktop.domain.prices import Price, cost_of, price_for
from iaposte_desktop.domain.usage import UNKNOWN_COST, Cost, Usage, Used

TODAY = date(2026, 11, 21)
TERRA = Price(
    "openai",
    "gpt-6.1-terra",
    date(2026, 11, 1),
    input=Decimal(1),
    output=Decimal(5),
    cached_input=Decimal("0.05"),
    cache_write=Decimal("1.25"),
    search_call=Decimal("0.0025"),
    long_context=272_000,
    long_input_factor=Decimal(2),
    long_output_factor=Decimal("1.5"),
)


class TestCost:
    @pytest.mark.parametrize(
        ("usage", "usd"),
        [
            (Usage(input_tokens=1_000_000), "2"),  # Above 272,000: twice the input.
            (Usage(input_tokens=272_000), "0.272"),
            (Usage(input_tokens=272_001), "0.544002"),
            (Usage(input_tokens=1_000, output_tokens=1_000), "0.006"),
            (Usage(input_tokens=300_000, output_tokens=1_000), "0.6075"),
            (Usage(input_tokens=1_000, cached_input_tokens=1_000), "0.00005"),
            (Usage(input_tokens=1_000, cached_input_tokens=400, cache_write_tokens=200), "0.00067"),
            (Usage(output_tokens=100, reasoning_tokens=90), "0.0005"),
            (Usage(search_calls=2), "0.005"),
            (Usage(), "0"),
        ],
    )
    def test_of_one_request(self, usage: Usage, usd: str) -> None:
        assert cost_of(usage, TERRA) == Cost(Decimal(usd))

    def test_an_unknown_price_is_unknown_and_never_free(self) -> None:
        assert cost_of(Usage(), None) == UNKNOWN_COST
        assert not cost_of(Usage(input_tokens=1), None).is_known

    def test_without_a_price_of_its_own_cached_input_costs_as_much_as_any(self) -> None:
        plain = Price("openai", "x", TODAY, input=Decimal(1), output=Decimal(1))
        assert cost_of(Usage(input_tokens=10, cached_input_tokens=10), plain) == Cost(Decimal("0.00001"))


def named(model: str, provider: str = "openai", valid_from: date = TODAY) -> Price:
    return Price(provider, model, valid_from, input=Decimal(1), output=Decimal(1))


class TestTheOneInForce:
    @pytest.mark.parametrize(
        ("model", "is_named"),
        [
            ("gpt-6-luna", True),
            ("gpt-6-luna-2026-10-01", True),
            ("gpt-6-luna-20261001", True),
            ("gpt-6-luna-mini", False),
            ("gpt-6-luna2", False),
            ("gpt-6", False),
            ("gpt-6-luna-", False),
        ],
    )
    def test_a_dated_name_is_that_model_and_another_one_is_not(self, model: str, is_named: bool) -> None:
        assert (price_for([named("gpt-6-luna")], ["openai"], model, TODAY) is not None) is is_named

    def test_the_latest_that_is_valid_already(self) -> None:
        prices = [named("x", valid_from=date(2026, month, 1)) for month in (1, 6, 12)]
        assert price_for(prices, ["openai"], "x", TODAY) == prices[1]
        assert price_for(prices, ["openai"], "x", date(2025, 1, 1)) is None

    def test_that_of_the_connection_before_that_of_its_kind(self) -> None:
        own, general = named("x", "con_1", date(2026, 1, 1)), named("x", "azure")
        assert price_for([general, own], ["con_1", "azure"], "x", TODAY) == own
        assert price_for([general], ["con_1", "azure"], "x", TODAY) == general
        assert price_for([general], ["con_1", "openai"], "x", TODAY) is None

    def test_the_longest_name(self) -> None:
        prices = [named("x"), named("x-2026-10-01")]
        assert price_for(prices, ["openai"], "x-2026-10-01", TODAY) == prices[1]


class TestSeveralRuns:
    def test_they_add_up(self) -> None:
        used = Used().with_run(Usage(10, 5), Cost(Decimal(1))).with_run(Usage(1, 1), Cost(Decimal("0.5")))
        assert used == Used(2, Usage(11, 6), Cost(Decimal("1.5")))

    def test_one_unknown_cost_makes_the_sum_unknown(self) -> None:
        used = Used().with_run(Usage(10, 5), UNKNOWN_COST).with_run(Usage(1, 1), Cost(Decimal(1)))
        assert used.cost == UNKNOWN_COST

    def test_a_run_that_consumed_nothing_costs_nothing(self) -> None:
        assert Used().with_run(Usage(), UNKNOWN_COST) == Used(1)
