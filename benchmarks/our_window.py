"""Ours: the real program, as `iaposte` starts it, on the profile that IAPOSTE_PROFILE names. Prints as `bare_window`
does; `memory` waits until all tabs are alive."""

from __future__ import annotations

import os
import sys
import time

from benchmarks.process import resident_mb, since_start
from iaposte_desktop import __main__
from iaposte_desktop.qt.app import MainWindow

WANTS_IMPORTS = "imports" in sys.argv


def end_at_first_paint() -> None:
    paint = MainWindow.paintEvent

    def painted(self: MainWindow, event: object) -> None:
        paint(self, event)
        print(since_start(), time.process_time(), flush=True)
        if WANTS_IMPORTS:
            print(*sorted({name.partition(".")[0] for name in sys.modules if not name.startswith("_")}))
        os._exit(0)

    MainWindow.paintEvent = painted


def end_when_idle() -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    def report() -> None:
        print(resident_mb(), flush=True)
        os._exit(0)

    QApplication(sys.argv[:1])
    QTimer.singleShot(6000, report)


if __name__ == "__main__":
    (end_when_idle if "memory" in sys.argv else end_at_first_paint)()
    del sys.argv[1:]
    sys.exit(__main__.main())
