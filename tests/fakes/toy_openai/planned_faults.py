"""Which request meets which fault."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from tests.fakes.toy_openai.faults import Fault
from tests.fakes.toy_openai.recording import Recorded, parts_of


@dataclass(slots=True)
class _Planned:
    """`times` left (None: for ever), once `after` more have passed; an empty pattern matches every request."""

    fault: Fault
    method: str
    pattern: str
    times: int | None
    after: int

    def matches(self, request: Recorded) -> bool:
        return not self.pattern or (self.method == request.method and parts_of(self.pattern, request.path) is not None)


class PlannedFaults:
    """May be used from any thread."""

    def __init__(self) -> None:
        self._planned: list[_Planned] = []
        self._lock = threading.Lock()

    def add(self, fault: Fault, method: str, pattern: str, times: int | None, after: int) -> None:
        with self._lock:
            self._planned.append(_Planned(fault, method, pattern, times, after))

    def clear(self) -> None:
        with self._lock:
            self._planned.clear()

    def met_by(self, request: Recorded) -> Fault:
        """The first one planned for it; a plain Fault does nothing."""
        with self._lock:
            chosen: _Planned | None = None
            for planned in [planned for planned in self._planned if planned.matches(request)]:
                if planned.after > 0:
                    planned.after -= 1
                elif chosen is None:
                    chosen = planned
            if chosen is None:
                return Fault()
            if chosen.times is not None:
                chosen.times -= 1
                if chosen.times <= 0:
                    self._planned.remove(chosen)
            return chosen.fault
