"""A window's loop for one test."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

from iaposte_desktop.qt.runtime import run_window_loop

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from PySide6.QtWidgets import QApplication


def run_to_end(qapp: QApplication, test: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run `test` on a loop of its own. What it leaves is collected here: were it collected on the program's thread of a
    later test, a Qt timer would be deleted on a thread that is not its own, and fire all the same."""

    async def main() -> int:
        await test()
        return 0

    try:
        run_window_loop(qapp, main)
    finally:
        gc.collect()
