"""Cyclic garbage is collected on the GUI thread alone.

Python collects on whichever thread happens to allocate. Widgets, timers and items in a cycle would be destroyed on the
program's thread then, which Qt answers with a crash.
"""

from __future__ import annotations

import gc
import sys
from typing import Final

from PySide6.QtCore import QObject, QTimer

_EVERY_MS: Final = 500
_MANY_MODULES: Final = 100
"""Modules imported since the last look from which on they are a library: the SDK brings 134,000 objects, which a full
collection looks at for 40 to 80 ms. They stay until the end, and are taken out of its sight."""


class GarbageCollector(QObject):
    """Takes over from Python's own from its making until `release`; both on the GUI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._modules = len(sys.modules)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect_due)
        self._timer.start(_EVERY_MS)

    def release(self) -> None:
        self._timer.stop()
        gc.collect()
        gc.enable()

    def _collect_due(self) -> None:
        """The oldest generation that is due, as Python would, a little later."""
        if len(sys.modules) > self._modules + _MANY_MODULES:
            gc.freeze()
            self._modules = len(sys.modules)
            return
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return
