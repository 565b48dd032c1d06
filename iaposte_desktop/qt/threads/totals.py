"""What the open thread used so far, for the status bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from iaposte_desktop.domain.usage import Cost, Usage, Used

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iaposte_desktop.domain.runs import Run


@dataclass(frozen=True, slots=True)
class OpenThreadSummary:
    """`model` is the one that the next draft would use, with the connection it is asked over."""

    model: str
    is_remote: bool
    is_language_model: bool
    usage: Usage
    cost: Cost


def used_by(runs: Iterable[Run]) -> Used:
    """All runs together."""
    used = Used()
    for run in runs:
        used = used.with_run(run.usage, run.cost)
    return used
