from __future__ import annotations

from datetime import UTC, datetime, timedelta


class ManualClock:
    """A `Clock` that stands still until it is told to go on."""

    def __init__(self, now: datetime = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, *, days: float = 0, seconds: float = 0) -> None:
        self.now += timedelta(days=days, seconds=seconds)
