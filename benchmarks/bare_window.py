"""The floor: a process that shows an empty QMainWindow. Prints seconds of wall time and CPU to the first paint, and MB
of memory five seconds later when asked to (`memory`)."""

from __future__ import annotations

import os
import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from benchmarks.process import resident_mb, since_start


class Window(QMainWindow):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if sys.argv[1:] != ["memory"]:
            print(since_start(), time.process_time(), flush=True)
            os._exit(0)


def report() -> None:
    print(resident_mb(), flush=True)
    os._exit(0)


app = QApplication(sys.argv[:1])
window = Window()
window.resize(1280, 800)
window.show()
if sys.argv[1:] == ["memory"]:
    QTimer.singleShot(5000, report)
app.exec()
