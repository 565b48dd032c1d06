"""Cyclic garbage is collected on the GUI thread alone.

Python collects on whichever thread happens to allocate. Widgets, timers and items in a cycle would be destroyed on the
program's thread then, which Qt answers with a crash.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_EVERY_MS: Final = 500


class GarbageCollector(QObject):
    """Takes over from Python's own from its making until `release`; both on the GUI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect_due)
        self._timer.start(_EVERY_MS)

    def release(self) -> None:
        self._timer.stop()
        gc.collect()
        gc.enable()

    def _collect_due(self) -> None:
        """The oldest generation that is due, as Python would, a little later."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return
