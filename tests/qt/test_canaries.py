"""What broke programs of this kind before, watched for."""

from __future__ import annotations

import asyncio
import gc
import os
import random
import subprocess
import sys
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLabel

from benchmarks.start import HEAVY
from iaposte_desktop.application.changes import Changed, RunChanged, Topic
from iaposte_desktop.domain.assistants import ModelRef
from iaposte_desktop.domain.runs import Run, RunStatus
from iaposte_desktop.qt.lib.collector import GarbageCollector
from iaposte_desktop.qt.runtime import Runtime
from tests.fakes.clock import ManualClock
from tests.qt.until import until
from tests.qt.windows import in_window, open_window

if TYPE_CHECKING:
    from pathlib import Path


def test_calls_into_qt_that_return_none_keep_its_reference_count() -> None:
    """PySide6 6.12.0 loses one a call, and the interpreter aborts after some thousands."""
    label = QLabel()
    before = sys.getrefcount(None)
    for _ in range(2_000):
        label.setText("x")
        label.update()
    assert abs(sys.getrefcount(None) - before) < 200


def test_nothing_heavy_is_imported_before_the_first_paint(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.our_window", "imports"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "IAPOSTE_PROFILE": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    imported = set(done.stdout.splitlines()[-1].split())
    assert "PySide6" in imported
    assert not imported.intersection({*HEAVY, "asyncio"})


@in_window
async def test_changes_cross_in_batches_and_of_a_run_the_last_is_kept() -> None:
    runtime = Runtime()
    runtime.start()
    batches: list[tuple[object, ...]] = []
    runtime.changed.connect(batches.append)
    now = ManualClock()()
    model = ModelRef("embedded", "m")
    runs = [
        Run("run_1", "thread_1", "asst_1", 1, model, RunStatus.IN_PROGRESS, now, sequence=number)
        for number in range(1, 3_001)
    ]

    async def burst() -> None:
        for number, run in enumerate(runs):
            runtime.post(RunChanged(run))
            if number % 100 == 0:
                runtime.post(Changed(Topic.THREADS, f"thread_{number}"))
                await asyncio.sleep(0.002)

    await runtime.call(burst())
    await until(lambda: batches and batches[-1][-1] == RunChanged(runs[-1]))
    runtime.stop()
    told = [change for batch in batches for change in batch]
    assert [change for change in told if isinstance(change, Changed)] == [
        Changed(Topic.THREADS, f"thread_{number}") for number in range(0, 3_000, 100)
    ]
    assert all(sum(isinstance(change, RunChanged) for change in batch) <= 1 for batch in batches)
    assert len(batches) < 300


@in_window
async def test_garbage_with_qt_objects_is_not_collected_on_the_programs_thread() -> None:
    runtime = Runtime()
    runtime.start()

    class Knot(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.itself = self
            self.timer = QTimer(self)
            self.timer.start(1)

    for _ in range(50):
        Knot()

    async def allocate() -> bool:
        held = [[number] for number in range(200_000)]
        return bool(held) and gc.isenabled()

    assert await runtime.call(allocate()) is False
    runtime.stop()


@pytest.mark.parametrize("seed", range(4))
def test_closing_at_any_moment_ends_well(tmp_path: Path, seed: int) -> None:
    """Started and closed by its window at a random moment; a crash or a hang would show."""
    script = f"""
import sys
import iaposte_desktop.qt
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
app = QApplication(sys.argv[:1])
def close():
    for window in app.topLevelWidgets():
        if window.objectName() == "main":
            window.close()
QTimer.singleShot({random.Random(seed).randint(1, 1500)}, close)
from iaposte_desktop.launch import show_window
from iaposte_desktop.platform.paths import Profile
sys.exit(show_window(Profile.default()))
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "IAPOSTE_PROFILE": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


@in_window
async def test_every_control_that_takes_the_focus_has_a_name(tmp_path: Path) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QAccessible
    from PySide6.QtWidgets import QWidget

    async with open_window(tmp_path) as opened:
        await opened.runtime.call(opened.program.sample.install("en"))
        nameless = []
        for index in range(opened.window.tabs.count()):
            opened.window.tabs.setCurrentIndex(index)
            await asyncio.sleep(0.3)
            for widget in opened.window.tabs.widget(index).findChildren(QWidget):
                takes_focus = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
                if not widget.isVisible() or not takes_focus or widget.objectName().startswith("qt_"):
                    continue
                interface = QAccessible.queryAccessibleInterface(widget)
                if interface is not None and not interface.text(QAccessible.Text.Name).strip():
                    nameless.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
        assert not nameless


@in_window
async def test_what_a_library_brings_later_is_out_of_the_collectors_sight() -> None:
    collector = GarbageCollector()
    names = [f"brought_later_{number}" for number in range(200)]
    before = gc.get_freeze_count()
    try:
        sys.modules.update({name: ModuleType(name) for name in names})
        await until(lambda: gc.get_freeze_count() > before)
    finally:
        for name in names:
            del sys.modules[name]
        gc.unfreeze()
        collector.release()
