"""Prices of models, dated, and what a usage costs by them. An unknown price is unknown, never zero."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.usage import UNKNOWN_COST, Cost

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iaposte_desktop.domain.usage import Usage

_MILLION: Final = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens, from `valid_from` on. `provider` is a connection's kind, or its id. `model` is the
    id, or the beginning of it before a dated suffix. Cache writes cost `cache_write` per million. Above `long_context`
    input tokens the whole request costs `long_input_factor` times the input and `long_output_factor` the output."""

    provider: str
    model: str
    valid_from: date
    input: Decimal
    output: Decimal
    cached_input: Decimal | None = None
    cache_write: Decimal | None = None
    search_call: Decimal = Decimal(0)
    long_context: int | None = None
    long_input_factor: Decimal = Decimal(1)
    long_output_factor: Decimal = Decimal(1)


def cost_of(usage: Usage, price: Price | None) -> Cost:
    """Of one request: the surcharge of long contexts is reckoned request by request."""
    if price is None:
        return UNKNOWN_COST
    plain = usage.input_tokens - usage.cached_input_tokens - usage.cache_write_tokens
    cached = price.input if price.cached_input is None else price.cached_input
    written = price.input if price.cache_write is None else price.cache_write
    entering = max(0, plain) * price.input + usage.cached_input_tokens * cached + usage.cache_write_tokens * written
    leaving = usage.output_tokens * price.output
    if price.long_context is not None and usage.input_tokens > price.long_context:
        entering, leaving = entering * price.long_input_factor, leaving * price.long_output_factor
    return Cost((entering + leaving) / _MILLION + usage.search_calls * price.search_call)


def price_for(prices: Iterable[Price], providers: Iterable[str], model: str, day: date) -> Price | None:
    """The one in force on `day`: of the first of `providers` (id, then kind) that has any, the longest name that
    matches, then the latest date. `gpt-6-luna` names `gpt-6-luna-2026-10-01`, and never `gpt-6-luna-mini`."""
    known = tuple(prices)
    for provider in providers:
        fitting = [
            price
            for price in known
            if price.provider == provider and price.valid_from <= day and _names(price.model, model)
        ]
        if fitting:
            return max(fitting, key=lambda price: (len(price.model), price.valid_from))
    return None


def _names(priced: str, model: str) -> bool:
    rest = model.removeprefix(priced)
    return priced == model or (rest != model and rest[:1] == "-" and rest[1:].replace("-", "").isdigit())
