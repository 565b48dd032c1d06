"""A thread whose assistant asks the toy server."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from iaposte_desktop.application.templates import Template
from iaposte_desktop.domain.assistants import ModelRef
from tests.qt.toy import connected

if TYPE_CHECKING:
    from iaposte_desktop.domain.runs import Run
    from tests.fakes.toy_openai.server import ToyOpenAI
    from tests.qt.threads.tab import Tab

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
QUESTION = "Hello,\n\nWhen does the refund reach my account?\n\nClaire"


async def asking(tab: Tab, toy: ToyOpenAI, **changes: Any) -> str:
    """It is open, and its assistant has `changes` in its settings."""
    connection = await connected(tab, toy)
    made = await tab.runtime.call(tab.program.assistants.create_from_template(Template.EMAIL_REPLY, "en"))
    settings = replace(made.version.settings, model=ModelRef(connection.id, "toy-1"), **changes)
    await tab.runtime.call(tab.program.assistants.save_version(made.id, settings))
    return await tab.opened("Refund", QUESTION)


def press_draft(tab: Tab) -> None:
    QTest.keyClick(tab.view.draft.editor, Qt.Key.Key_Return, CONTROL)


async def last_run(tab: Tab, thread_id: str) -> Run:
    return (await tab.runtime.call(tab.program.threads.open(thread_id))).runs[0]
