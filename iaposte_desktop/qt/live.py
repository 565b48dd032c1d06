"""The live window: the program opened on its own thread, the tabs brought to life, and wound up in two phases.

Imported after the first paint: everything heavy comes with it.
"""

from __future__ import annotations

import asyncio
import gc
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from iaposte_desktop.application.program import Program
from iaposte_desktop.domain.errors import IAPosteError
from iaposte_desktop.domain.ports.settings import WINDOW_STATE
from iaposte_desktop.qt.assistants.controller import AssistantsController
from iaposte_desktop.qt.assistants.view import AssistantsView
from iaposte_desktop.qt.lib.controller import sentence_of
from iaposte_desktop.qt.notes.controller import NotesController
from iaposte_desktop.qt.runtime import Runtime, run_window_loop
from iaposte_desktop.qt.settings.controller import SettingsController
from iaposte_desktop.qt.shell.controller import ShellController
from iaposte_desktop.qt.shell.window import MainWindow
from iaposte_desktop.qt.threads.controller import ThreadsController
from iaposte_desktop.qt.threads.view import ThreadsView
from iaposte_desktop.qt.vector_stores.controller import VectorStoresController
from iaposte_desktop.qt.vector_stores.view import VectorStoresView

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from PySide6.QtWidgets import QApplication

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
    settings: SettingsController
    notes: NotesController

    def state(self) -> dict[str, str]:
        """Splitters, columns, selections of all tabs, to be restored at the next start."""
        state: dict[str, str] = {}
        for controller in (self.threads, self.vector_stores, self.assistants):
            state.update(controller.view.save_state())
        return state

    async def aclose(self) -> None:
        """Drafts first, then tasks, then the program: what is under way goes on at the next start."""
        await self.threads.flush()
        for controller in (
            self.notes, self.threads, self.vector_stores, self.assistants, self.settings, self.shell
        ):  # fmt: skip
            await controller.aclose()
        await self.runtime.call(self.program.aclose())


def run_live(
    app: QApplication,
    window: MainWindow,
    open_program: Callable[[], Coroutine[Any, Any, Program]],
    settings: Settings,
    script: Callable[[OpenWindow], Coroutine[Any, Any, int | None]] | None,
) -> int:
    """Run the painted window until it is closed; the exit code."""
    return run_window_loop(app, lambda: _live(window, open_program, settings, script))


async def _live(
    window: MainWindow,
    open_program: Callable[[], Coroutine[Any, Any, Program]],
    settings: Settings,
    script: Callable[[OpenWindow], Coroutine[Any, Any, int | None]] | None,
) -> int:
    closing = asyncio.Event()
    window.close_requested.connect(closing.set)
    if window.wants_to_close:
        closing.set()
    runtime = Runtime()
    runtime.start()
    try:
        try:
            program = await runtime.call(open_program())
        except IAPosteError as error:
            log.error("the program could not be opened: %s", error.code)
            window.show_failure(sentence_of(error))
            await closing.wait()
            return EXIT_NOT_OPENED
        opened = await bring_to_life(window, runtime, program, settings)
        code = await _until_closed(opened, closing, script)
        settings.set(WINDOW_STATE, {**opened.state(), **window.save_state()})
        window.setEnabled(False)
        await opened.aclose()
    finally:
        runtime.stop()
        window.close_now()
    return code


async def bring_to_life(window: MainWindow, runtime: Runtime, program: Program, settings: Settings) -> OpenWindow:
    """Make the tabs and their controllers; what a killed process left is mended and told."""
    window.come_alive()
    program.changes.subscribe(runtime.post)
    shell = ShellController(window, runtime, program)
    recovered = await runtime.call(program.recover())
    threads_view, stores_view, assistants_view = ThreadsView(window), VectorStoresView(window), AssistantsView(window)
    window.fill_tabs(threads_view, stores_view, assistants_view)
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
            models=program.models,
            connections=program.connections,
            assistants=program.assistants,
            knowledge=program.knowledge,
            sources=program.sources,
            settings=settings,
            notify=window.notify,
        ),
        VectorStoresController(
            stores_view,
            runtime,
            knowledge=program.knowledge,
            preflight=program.preflight,
            folders=program.folders,
            search_tests=program.search_tests,
            health=program.health,
            sources=program.sources,
            archiving=program.archiving,
            copying=program.copying,
            connections=program.connections,
            synonyms=program.synonyms,
            meaning=program.meaning,
            board=program.board,
            settings=settings,
            notify=window.notify,
        ),
        AssistantsController(
            assistants_view,
            runtime,
            assistants=program.assistants,
            knowledge=program.knowledge,
            drafting=program.drafting,
            models=program.models,
            connections=program.connections,
            settings=settings,
            notify=window.notify,
        ),
        SettingsController(window, runtime, connections=program.connections, prices=program.prices, settings=settings),
        NotesController(window, runtime, program.notes, program.knowledge, window.notify),
    )
    _connect(opened, threads_view)
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
    window.settings_requested.connect(lambda: opened.settings.open())
    threads_view.settings_requested.connect(opened.settings.open_connection)
    opened.settings.language_chosen.connect(window.choose_language)
    opened.settings.theme_chosen.connect(window.choose_theme)
    opened.threads.care.note_requested.connect(opened.notes.write_for_thread)
    opened.vector_stores.note_requested.connect(opened.notes.write_for_question)
    for controller in (opened.threads, opened.vector_stores, opened.assistants, opened.settings, opened.notes):
        controller.failed.connect(window.notify)
    opened.threads.summary_changed.connect(window.status.show_summary)


async def _until_closed(
    opened: OpenWindow,
    closing: asyncio.Event,
    script: Callable[[OpenWindow], Coroutine[Any, Any, int | None]] | None,
) -> int:
    if script is not None:
        code = await script(opened)
        if code is not None:
            return code
    has_been_told = False
    while True:
        await closing.wait()
        closing.clear()
        if not await opened.settings.may_leave() or not await opened.assistants.may_leave():
            continue
        if await opened.threads.flush() or has_been_told:
            return 0
        has_been_told = True
        opened.window.notify(
            QCoreApplication.translate(
                "Closing", "The draft could not be saved yet. Copy its text, or close again to leave without it."
            )
        )
