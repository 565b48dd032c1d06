"""Runs that wait at the server for the results of their calls."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.ports.model_provider import ToolResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iaposte_desktop.domain.ports.model_provider import InputItem
    from iaposte_desktop.providers.assistants_v2.reading import Reading
    from iaposte_desktop.providers.assistants_v2.runs import RunRef

_MOST: Final = 64


class WaitingRuns:
    """By the ids of the calls; the oldest are dropped when there are too many."""

    def __init__(self) -> None:
        self._runs: dict[frozenset[str], Reading] = {}

    def add(self, call_ids: Iterable[str], run: Reading) -> list[Reading]:
        """Those that were dropped for it."""
        self._runs[frozenset(call_ids)] = run
        return [self._runs.pop(oldest) for oldest in [*self._runs][:-_MOST]]

    def answered_by(self, results: Sequence[ToolResult]) -> Reading | None:
        return self._runs.get(frozenset(result.call_id for result in results))

    def forget(self, run: RunRef) -> None:
        self._runs = {call_ids: waiting for call_ids, waiting in self._runs.items() if waiting.ref != run}


def last_results(items: Sequence[InputItem]) -> tuple[ToolResult, ...]:
    """Those that the items end with."""
    backwards = takewhile(lambda item: isinstance(item, ToolResult), reversed(items))
    return tuple(item for item in backwards if isinstance(item, ToolResult))[::-1]
