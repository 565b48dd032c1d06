"""Ours: the real program on a fresh profile. Prints as `bare_window` does; `memory` waits until all tabs are alive."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.process import resident_mb, since_start
from iaposte_desktop.launch import session
from iaposte_desktop.platform.paths import Profile
from iaposte_desktop.qt.app import OpenWindow, run_window
from iaposte_desktop.qt.shell.window import MainWindow


def end_at_first_paint() -> None:
    paint = MainWindow.paintEvent

    def painted(self: MainWindow, event: object) -> None:
        paint(self, event)
        print(since_start(), time.process_time(), flush=True)
        if "imports" in sys.argv:
            print(*sorted({name.partition(".")[0] for name in sys.modules if not name.startswith("_")}))
        os._exit(0)

    MainWindow.paintEvent = painted


async def report(opened: OpenWindow) -> int:
    await asyncio.sleep(5)
    print(resident_mb(), flush=True)
    return 0


def main() -> int:
    if sys.argv[1:] != ["memory"]:
        end_at_first_paint()
    with TemporaryDirectory() as folder, session(Profile.at(Path(folder))) as held:
        return run_window(held.open_program, held.settings, held.profile.logs, report)


if __name__ == "__main__":
    sys.exit(main())
