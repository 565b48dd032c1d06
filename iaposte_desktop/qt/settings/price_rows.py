"""A row of prices as it is typed: it can lack what a price must have."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.connections import ConnectionKind
from iaposte_desktop.domain.errors import InvalidValue
from iaposte_desktop.domain.prices import Price
from iaposte_desktop.qt.lib.numbers import shown_number, typed_decimal

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST: Final = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class PriceRow:
    """Dollars per million tokens. `cached` None: as input. `base` is the price it began as, whose further amounts it
    keeps for as long as it is of the same model."""

    provider: str = ConnectionKind.OPENAI.value
    model: str = ""
    valid_from: date = date.min
    input: Decimal | None = None
    cached: Decimal | None = None
    output: Decimal | None = None
    base: Price | None = None

    @property
    def is_whole(self) -> bool:
        return bool(self.model) and self.input is not None and self.output is not None

    def price(self) -> Price:
        """Of a row that is whole."""
        assert self.input is not None, "no input price"
        assert self.output is not None, "no output price"
        shown = {
            "provider": self.provider,
            "model": self.model,
            "valid_from": self.valid_from,
            "input": self.input,
            "cached_input": self.cached,
            "output": self.output,
        }
        base = self.base
        if base is None or (base.provider, base.model) != (self.provider, self.model):
            return Price(**shown)  # type: ignore[arg-type]  # As annotated above.
        written = base.cache_write
        if written is not None and base.input:
            # Told as a multiple of the input price.
            written = written * self.input / base.input
        return replace(base, **shown, cache_write=written)  # type: ignore[arg-type]


def row_of(price: Price) -> PriceRow:
    return PriceRow(price.provider, price.model, price.valid_from, price.input, price.cached_input, price.output, price)


def amount_of(text: str) -> Decimal:
    """Raises InvalidValue for what is no amount."""
    amount = typed_decimal("price", text.replace("$", ""))
    if not 0 <= amount <= _MOST:
        raise InvalidValue("price")
    return amount


def amount_text(amount: Decimal | None) -> str:
    return "" if amount is None else shown_number(amount)


def provider_text(provider: str, names: Mapping[str, str]) -> str:
    """`names` by what `Price.provider` holds; a connection that is gone shows its id."""
    return names.get(provider, provider)
