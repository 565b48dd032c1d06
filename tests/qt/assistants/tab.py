"""The tab over a real program, without the rest of the window."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton

from iaposte_desktop.application.templates import Template
from iaposte_desktop.launch import session
from iaposte_desktop.platform.paths import Profile
from iaposte_desktop.qt.assistants.controller import AssistantsController
from iaposte_desktop.qt.assistants.view import AssistantsView
from iaposte_desktop.qt.runtime import Runtime
from tests.qt.loop import run_to_end
from tests.qt.toasts import Toasts
from tests.qt.until import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QLineEdit

    from iaposte_desktop.application.program import Program
    from iaposte_desktop.domain.assistants import Assistant, AssistantSettings
    from iaposte_desktop.domain.ports.settings import Settings


@dataclass(frozen=True, slots=True)
class Tab:
    """`folder` is a place for the user's own files."""

    view: AssistantsView
    controller: AssistantsController
    runtime: Runtime
    program: Program
    settings: Settings
    toasts: Toasts
    failures: list[str]
    folder: Path

    async def made(self, template: Template = Template.EMAIL_REPLY) -> Assistant:
        """From a template, listed and open."""
        made = await self.runtime.call(self.program.assistants.create_from_template(template, "en"))
        await until(lambda: self.view.list.model.row_of(made.id) is not None)
        self.choose(made)
        await until(lambda: self.view.remembered_id == made.id)
        return made

    async def stored(self, assistant: Assistant) -> Assistant:
        return await self.runtime.call(self.program.assistants.retrieve(assistant.id))

    async def saved_elsewhere(self, assistant: Assistant, settings: AssistantSettings) -> Assistant:
        return await self.runtime.call(self.program.assistants.save_version(assistant.id, settings, "elsewhere"))

    def choose(self, assistant: Assistant) -> None:
        row = self.view.list.model.row_of(assistant.id)
        assert row is not None
        self.view.list.list.setCurrentIndex(self.view.list.model.index(row))

    def names(self) -> list[str]:
        model = self.view.list.model
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    def status(self) -> str:
        return self.view.editor.bar.status.text.text()


def retype(edit: QLineEdit, text: str) -> None:
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)


async def answered(tab: Tab, button: QMessageBox.StandardButton | str) -> str:
    """Presses a button of the question that is open, by its kind or its words; returns what it said."""
    await until(lambda: tab.view.findChildren(QMessageBox))
    box = tab.view.findChildren(QMessageBox)[0]
    text = f"{box.text()} {box.informativeText()}"
    pressed = (
        next((each for each in box.buttons() if each.text() == button), None)
        if isinstance(button, str)
        else box.button(button)
    )
    assert isinstance(pressed, QPushButton)
    pressed.click()
    await until(lambda: not tab.view.findChildren(QMessageBox))
    return text


@asynccontextmanager
async def open_tab(folder: Path, state: Mapping[str, str] | None = None) -> AsyncIterator[Tab]:
    (folder / "desk").mkdir(exist_ok=True)
    with session(Profile.at(folder / "profile")) as held:
        view, runtime, toasts = AssistantsView(), Runtime(), Toasts()
        view.resize(1280, 640)
        view.show()
        runtime.start()
        program = await runtime.call(held.open_program())
        program.changes.subscribe(runtime.post)
        view.restore_state(state or {})
        controller = AssistantsController(
            view,
            runtime,
            assistants=program.assistants,
            knowledge=program.knowledge,
            drafting=program.drafting,
            models=program.models,
            connections=program.connections,
            settings=held.settings,
            notify=toasts.show,
        )
        tab = Tab(view, controller, runtime, program, held.settings, toasts, [], folder / "desk")
        controller.failed.connect(tab.failures.append)
        await until(lambda: view.editor.form.model.model.count())
        try:
            yield tab
        finally:
            await controller.aclose()
            await runtime.call(program.aclose())
            runtime.stop()
            view.close()
            view.deleteLater()


def with_tab(test: Callable[[Tab], Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """A test on the window's loop, with the tab open; nothing may have failed in the end unless the test says so by
    clearing `failures`."""

    def run(tmp_path: Path, qapp: QApplication) -> None:
        async def main() -> None:
            async with open_tab(tmp_path) as tab:
                await test(tab)
                assert tab.failures == []

        run_to_end(qapp, main)

    return run
