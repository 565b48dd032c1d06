"""What a run consumed, and what it cost."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Usage:
    """Token counts as a provider reports them. `cached_input` and `cache_write` are parts of `input`; `reasoning`
    is a part of `output`. `estimated` is true when we counted ourselves (shown with ≈)."""

    input_tokens: int = 0
    output_tokens: int = 0
    cached_input_tokens: int = 0
    cache_write_tokens: int = 0
    reasoning_tokens: int = 0
    search_calls: int = 0
    estimated: bool = False

    @property
    def total_tokens(self) -> int:
        return self.input_tokens + self.output_tokens

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            cached_input_tokens=self.cached_input_tokens + other.cached_input_tokens,
            cache_write_tokens=self.cache_write_tokens + other.cache_write_tokens,
            reasoning_tokens=self.reasoning_tokens + other.reasoning_tokens,
            search_calls=self.search_calls + other.search_calls,
            estimated=self.estimated or other.estimated,
        )


@dataclass(frozen=True, slots=True)
class Cost:
    """An amount of US dollars. None means the price is not known, which is never the same as zero."""

    usd: Decimal | None

    @property
    def is_known(self) -> bool:
        return self.usd is not None


FREE = Cost(Decimal(0))
UNKNOWN_COST = Cost(None)


@dataclass(frozen=True, slots=True)
class Used:
    """What several runs came to. One unknown cost makes the sum unknown."""

    runs: int = 0
    usage: Usage = Usage()
    cost: Cost = FREE

    def with_run(self, usage: Usage, cost: Cost) -> Used:
        """A run that consumed nothing costs nothing, whatever its price."""
        usd, other = self.cost.usd, FREE.usd if usage == Usage() else cost.usd
        known = None if usd is None or other is None else usd + other
        return Used(self.runs + 1, self.usage + usage, Cost(known))
