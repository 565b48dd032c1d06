"""The window's first moment: what it takes to paint, and nothing more. Then `live` takes over."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEventLoop, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from iaposte_desktop.domain.ports.settings import LANGUAGE, THEME, WINDOW_STATE
from iaposte_desktop.qt.lib.language import use_language
from iaposte_desktop.qt.lib.qt_messages import log_qt_messages
from iaposte_desktop.qt.lib.theme import follow_system, use_theme
from iaposte_desktop.qt.shell.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

    from iaposte_desktop.application.program import Program
    from iaposte_desktop.domain.ports.settings import Settings
    from iaposte_desktop.qt.live import OpenWindow


def make_application(settings: Settings) -> QApplication:
    """The QApplication with its language and look; made once a process."""
    log_qt_messages()
    made = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(made, QApplication)
    made.setApplicationName("IAPoste Desktop")
    made.setDesktopFileName("iaposte-desktop")
    made.setQuitOnLastWindowClosed(False)
    use_theme(made, settings.get(THEME))
    follow_system(made)
    use_language(settings.get(LANGUAGE))
    return made


def run_window(
    open_program: Callable[[], Coroutine[Any, Any, Program]],
    settings: Settings,
    log_folder: Path,
    script: Callable[[OpenWindow], Coroutine[Any, Any, int | None]] | None = None,
) -> int:
    """Show the window and return the exit code when it is closed. `open_program` is awaited on the program's thread,
    where it also does its imports. `script` drives the open window; a number it returns closes the window with it."""
    app = make_application(settings)
    window = first_window(app, settings, log_folder)
    window.show()
    _until_painted(window)
    from iaposte_desktop.qt.live import run_live

    return run_live(app, window, open_program, settings, script)


def first_window(app: QApplication, settings: Settings, log_folder: Path) -> MainWindow:
    """The window with empty tabs, in its language, look and place."""
    window = MainWindow()
    window.restore_state(settings.get(WINDOW_STATE))
    window.choose(settings.get(LANGUAGE), settings.get(THEME))

    def choose_language(value: str) -> None:
        settings.set(LANGUAGE, value)
        use_language(value)

    def choose_theme(value: str) -> None:
        settings.set(THEME, value)
        use_theme(app, value)

    window.language_chosen.connect(choose_language)
    window.theme_chosen.connect(choose_theme)
    window.log_folder_requested.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_folder))))
    return window


def _until_painted(window: MainWindow) -> None:
    """A loop of Qt's own, before asyncio is even imported: that alone would make the first paint half as slow again."""
    loop = QEventLoop()
    window.first_painted.connect(loop.quit)
    loop.exec()
