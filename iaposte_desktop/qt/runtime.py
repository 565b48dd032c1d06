"""The bridge between two loops: the window's, which qasync drives, and the program's, on a thread of its own.

The only importer of qasync. Use cases and provider streams run on the program's loop; what they publish reaches the
window as batches, at most one a frame. No coroutine of the program touches a widget.
"""

from __future__ import annotations

import asyncio
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from iaposte_desktop.application.changes import Change, RunChanged
from iaposte_desktop.qt.lib.collector import GarbageCollector

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from PySide6.QtWidgets import QApplication

T = TypeVar("T")

FRAME_MS: Final = 33
_WOUND_UP_SECONDS = 2.0


class Runtime(QObject):
    """Made on the GUI thread. `changed` carries a tuple of Change, oldest first; of several RunChanged of one run in a
    frame only the last is kept, since each holds the whole run."""

    changed = Signal(object)
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, name="program", daemon=True)
        self._lock = threading.Lock()
        self._pending: list[Change] = []
        self._is_armed = False
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._flush)
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._collector = GarbageCollector(self)

    def start(self) -> None:
        self._thread.start()

    async def call(self, work: Coroutine[Any, Any, T]) -> T:
        """Await `work` on the program's loop, from the window's. Cancelling the wait cancels the work."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    def post(self, change: Change) -> None:
        """A listener for the program's ChangeFeed: called on the program's thread, returns at once."""
        with self._lock:
            if isinstance(change, RunChanged):
                self._pending = [old for old in self._pending if not _same_run(old, change)]
            self._pending.append(change)
            was_armed, self._is_armed = self._is_armed, True
        if not was_armed:
            self._arrived.emit()

    def stop(self) -> None:
        """End the program's loop and its thread; what ran there must have been closed before."""
        self._timer.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._collector.release()

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
            self._loop.run_until_complete(_wound_up())
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
        finally:
            self._loop.close()

    def _on_arrived(self) -> None:
        rest = FRAME_MS - (monotonic() - self._last) * 1000
        if rest <= 0:
            self._flush()
        else:
            self._timer.start(int(rest) + 1)

    def _flush(self) -> None:
        with self._lock:
            batch, self._pending, self._is_armed = tuple(self._pending), [], False
        self._last = monotonic()
        self.changed.emit(batch)


async def _wound_up() -> None:
    """Calls that were cancelled last are still closing their connections, which takes the loop some turns."""
    if others := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(others, timeout=_WOUND_UP_SECONDS)
    await asyncio.sleep(0)


def _same_run(old: Change, new: RunChanged) -> bool:
    return isinstance(old, RunChanged) and old.run.id == new.run.id


def run_window_loop(app: QApplication, main: Callable[[], Coroutine[Any, Any, int]]) -> int:
    """Run `main` on the window's loop until it returns the exit code."""
    os.environ["QT_API"] = "pyside6"
    import qasync  # type: ignore[import-untyped]  # It has no annotations.

    loop = qasync.QEventLoop(app)
    loop.set_default_executor(ThreadPoolExecutor(max_workers=2, thread_name_prefix="window"))
    with loop:
        return int(loop.run_until_complete(main()))
