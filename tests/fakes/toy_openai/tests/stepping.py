from __future__ import annotations

from tests.fakes.toy_openai.assistants import Assistants


class Steps:
    """The clock of `api`'s runs: each goes on by a step when `go` says so."""

    def __init__(self, api: Assistants) -> None:
        self._now = 0.0
        self._step_seconds = api.step_seconds = 1.0
        api.clock = lambda: self._now

    def go(self, steps: int = 1) -> None:
        self._now += steps * self._step_seconds
