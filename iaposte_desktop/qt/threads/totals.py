"""What the open thread used so far, for the status bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from iaposte_desktop.domain.usage import FREE, UNKNOWN_COST, Cost, Usage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iaposte_desktop.domain.runs import Run


@dataclass(frozen=True, slots=True)
class OpenThreadSummary:
    """`model` is the one that the next draft would use."""

    model: str
    is_remote: bool
    is_language_model: bool
    usage: Usage
    cost: Cost


def usage_of(runs: Iterable[Run]) -> tuple[Usage, Cost]:
    """Of all runs together; one unknown cost makes the sum unknown."""
    usage, cost = Usage(), FREE
    for run in runs:
        if run.usage.total_tokens == 0:
            continue
        usage += run.usage
        cost = Cost(cost.usd + run.cost.usd) if cost.usd is not None and run.cost.usd is not None else UNKNOWN_COST
    return usage, cost
