"""The window's life: paint first, open the program on its own thread, bring the tabs to life, wind up in two phases."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from iaposte_desktop.qt.runtime import Runtime, run_window_loop  # isort: skip  # Mends __import__ after PySide6.

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from iaposte_desktop.application.program import Program
from iaposte_desktop.domain.errors import IAPosteError
from iaposte_desktop.domain.ports.settings import LANGUAGE, THEME, WINDOW_STATE
from iaposte_desktop.qt.assistants.controller import AssistantsController
from iaposte_desktop.qt.lib.controller import sentence_of
from iaposte_desktop.qt.lib.language import use_language
from iaposte_desktop.qt.lib.theme import use_theme
from iaposte_desktop.qt.shell.controller import ShellController, connect_settings
from iaposte_desktop.qt.shell.window import MainWindow
from iaposte_desktop.qt.threads.controller import ThreadsController
from iaposte_desktop.qt.threads.view import ThreadsView
from iaposte_desktop.qt.vector_stores.controller import VectorStoresController

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

    from iaposte_desktop.domain.ports.settings import Settings

log = logging.getLogger(__name__)

EXIT_NOT_OPENED = 3


@dataclass(frozen=True, slots=True)
class OpenWindow:
    """The live window, as a script that drives it (the demo, a test) sees it."""

    window: MainWindow
    program: Program
    runtime: Runtime
    shell: ShellController
    threads: ThreadsController
    vector_stores: VectorStoresController
    assistants: AssistantsController

    async def aclose(self) -> None:
        """Drafts first, then tasks, then the program: what is under way goes on at the next start."""
        await self.threads.flush()
        for controller in (self.threads, self.vector_stores, self.assistants, self.shell):
            await controller.aclose()
        await self.runtime.call(self.program.aclose())


def make_application(settings: Settings) -> QApplication:
    """The QApplication with its language and look; made once a process."""
    made = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(made, QApplication)
    made.setApplicationName("IAPoste Desktop")
    made.setDesktopFileName("iaposte-desktop")
    made.setQuitOnLastWindowClosed(False)
    use_theme(made, settings.get(THEME))
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
    window, threads_view = first_window(app, settings, log_folder)
    window.show()
    return run_window_loop(app, lambda: _live(window, threads_view, open_program, settings, script))


def first_window(app: QApplication, settings: Settings, log_folder: Path) -> tuple[MainWindow, ThreadsView]:
    window = MainWindow()
    threads_view = ThreadsView(window)
    window.add_tab(threads_view, lambda: QCoreApplication.translate("Tabs", "Threads"))
    window.set_program_open(False)
    window.restore_state(settings.get(WINDOW_STATE))
    connect_settings(window, app, settings)
    window.log_folder_requested.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_folder))))
    return window, threads_view


async def _live(
    window: MainWindow,
    threads_view: ThreadsView,
    open_program: Callable[[], Coroutine[Any, Any, Program]],
    settings: Settings,
    script: Callable[[OpenWindow], Coroutine[Any, Any, int | None]] | None,
) -> int:
    closing = asyncio.Event()
    window.close_requested.connect(closing.set)
    runtime = Runtime()
    await window.painted()
    runtime.start()
    opened: OpenWindow | None = None
    code = 0
    try:
        try:
            program = await runtime.call(open_program())
        except IAPosteError as error:
            log.error("the program could not be opened: %s", error.code)
            window.show_failure(sentence_of(error))
            await closing.wait()
            return EXIT_NOT_OPENED
        opened = await bring_to_life(window, threads_view, runtime, program, settings)
        code = await _until_closed(opened, closing, script)
        settings.set(WINDOW_STATE, {**opened_state(opened), **window.save_state()})
        window.setEnabled(False)
        await opened.aclose()
    finally:
        runtime.stop()
        window.close_now()
    return code


async def bring_to_life(
    window: MainWindow, threads_view: ThreadsView, runtime: Runtime, program: Program, settings: Settings
) -> OpenWindow:
    """Make the other tabs and every controller; what a killed process left is mended and told."""
    from iaposte_desktop.qt.assistants.controller import AssistantsController
    from iaposte_desktop.qt.assistants.view import AssistantsView
    from iaposte_desktop.qt.threads.controller import ThreadsController
    from iaposte_desktop.qt.vector_stores.controller import VectorStoresController
    from iaposte_desktop.qt.vector_stores.view import VectorStoresView

    program.changes.subscribe(runtime.post)
    shell = ShellController(window, runtime, program, settings)
    recovered = await runtime.call(program.recover())
    stores_view, assistants_view = VectorStoresView(window), AssistantsView(window)
    window.add_tab(stores_view, lambda: QCoreApplication.translate("Tabs", "Vector stores"))
    window.add_tab(assistants_view, lambda: QCoreApplication.translate("Tabs", "Assistants"))
    state = settings.get(WINDOW_STATE)
    for view in (threads_view, stores_view, assistants_view):
        view.restore_state(state)
    opened = OpenWindow(
        window,
        program,
        runtime,
        shell,
        ThreadsController(
            threads_view,
            runtime,
            threads=program.threads,
            drafts=program.drafts,
            drafting=program.drafting,
            assistants=program.assistants,
            knowledge=program.knowledge,
            settings=settings,
            notify=window.notify,
        ),
        VectorStoresController(
            stores_view,
            runtime,
            knowledge=program.knowledge,
            board=program.board,
            settings=settings,
            notify=window.notify,
        ),
        AssistantsController(
            assistants_view,
            runtime,
            assistants=program.assistants,
            knowledge=program.knowledge,
            models=program.drafting.models,
            settings=settings,
            notify=window.notify,
        ),
    )
    _connect(opened, threads_view)
    window.restore_state(state)
    window.set_program_open(True)
    shell.tell_recovered(recovered)
    # A full collection with everything loaded stops the window for tens of milliseconds; what is here now stays.
    gc.collect()
    gc.freeze()
    return opened


def _connect(opened: OpenWindow, threads_view: ThreadsView) -> None:
    window = opened.window
    window.open_mail_requested.connect(threads_view.open_mail_dialog)
    window.paste_mail_requested.connect(threads_view.paste_mail)
    threads_view.sample_requested.connect(opened.shell.load_sample)
    for controller in (opened.threads, opened.vector_stores, opened.assistants):
        controller.failed.connect(window.notify)
    opened.threads.summary_changed.connect(window.status.show_summary)


def opened_state(opened: OpenWindow) -> dict[str, str]:
    """Splitters, columns, selections of all tabs, to be restored at the next start."""
    state: dict[str, str] = {}
    for controller in (opened.threads, opened.vector_stores, opened.assistants):
        state.update(controller.view.save_state())
    return state


async def _until_closed(
    opened: OpenWindow,
    closing: asyncio.Event,
    script: Callable[[OpenWindow], Coroutine[Any, Any, int | None]] | None,
) -> int:
    if script is not None:
        code = await script(opened)
        if code is not None:
            return code
    while True:
        await closing.wait()
        closing.clear()
        if await opened.assistants.may_leave():
            return 0
