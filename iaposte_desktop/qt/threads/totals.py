"""What the open thread used so far, for the status bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from iaposte_desktop.domain.usage import Cost, Usage, Used

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iaposte_desktop.application.drafting import DraftEstimate
    from iaposte_desktop.domain.runs import Run


@dataclass(frozen=True, slots=True)
class OpenThreadSummary:
    """`model` is the one that the next draft would use, with the connection it is asked over."""

    model: str
    is_remote: bool
    is_language_model: bool
    usage: Usage
    cost: Cost


def summary_of(estimate: DraftEstimate, runs: Iterable[Run], *, is_language_model: bool) -> OpenThreadSummary:
    """All runs together."""
    used = Used()
    for run in runs:
        used = used.with_run(run.usage, run.cost)
    name = " · ".join(filter(None, (estimate.model.model, estimate.connection)))
    return OpenThreadSummary(name, estimate.is_remote, is_language_model, used.usage, used.cost)
