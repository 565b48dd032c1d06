"""One QApplication for all tests of the window, and a look for what they leave behind."""

from __future__ import annotations

import gc
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from iaposte_desktop.qt.lib.language import use_language
from iaposte_desktop.qt.lib.theme import use_theme

if TYPE_CHECKING:
    from collections.abc import Iterator

OURS = ("program", "settings", "workspace", "engine", "window")
"""How the names of our threads begin."""


@pytest.fixture(autouse=True)
def _clean_window(qapp: QApplication) -> Iterator[None]:
    """English and light before each test; after it no thread of ours and no top-level widget is left."""
    qapp.setQuitOnLastWindowClosed(False)
    use_theme(qapp, "light")
    use_language("en")
    # On this thread alone, as in the program: a QObject that another thread collects ends the process.
    gc.disable()
    yield
    gc.collect()
    for widget in qapp.topLevelWidgets():
        if widget.parent() is None and not widget.isVisible():
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [widget for widget in qapp.topLevelWidgets() if widget.isVisible()]
    assert not left, f"windows left open: {left}"
    threads = [t.name for t in threading.enumerate() if t.name.startswith(OURS) and t.is_alive()]
    assert not threads, f"threads left running: {threads}"
