"""The tab over a real program, without the rest of the window."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtTest import QTest

from iaposte_desktop.launch import session
from iaposte_desktop.platform.paths import Profile
from iaposte_desktop.qt.runtime import Runtime
from iaposte_desktop.qt.threads.controller import ThreadsController
from iaposte_desktop.qt.threads.view import ThreadsView
from tests.qt.loop import run_to_end
from tests.qt.toasts import Toasts
from tests.qt.until import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from iaposte_desktop.application.program import Program

MAIL = """From: {name} <{address}>
To: shop@example.org
Subject: {subject}
Date: Mon, 2 Nov 2026 10:00:00 +0100
Message-ID: <{subject}@example.org>
Content-Type: text/plain; charset=utf-8

{text}
"""


@dataclass(frozen=True, slots=True)
class Tab:
    """`folder` is a place for the user's own files."""

    view: ThreadsView
    controller: ThreadsController
    runtime: Runtime
    program: Program
    toasts: Toasts
    failures: list[str]
    folder: Path

    def mail(self, subject: str, text: str = "Hello, what is the delay?", address: str = "claire@example.org") -> Path:
        path = self.folder / f"{subject}.eml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(MAIL.format(subject=subject, text=text, address=address, name="Claire"), encoding="utf-8")
        return path

    async def thread(self, subject: str, text: str = "Hello, what is the delay?") -> str:
        """A new one, from a mail, not opened."""
        mail = await self.runtime.call(self.program.threads.import_mail(self.mail(subject, text)))
        await until(lambda: self.view.list.model.index_of(mail.thread_id).isValid())
        return mail.thread_id

    async def opened(self, subject: str, text: str = "Hello, what is the delay?") -> str:
        thread_id = await self.thread(subject, text)
        await self.controller.show_thread(thread_id)
        return thread_id

    async def stored(self, thread_id: str) -> str:
        return (await self.runtime.call(self.program.drafts.load(thread_id))).draft.text

    def type(self, text: str) -> None:
        QTest.keyClicks(self.view.draft.editor, text)


@asynccontextmanager
async def open_tab(folder: Path, state: Mapping[str, str] | None = None) -> AsyncIterator[Tab]:
    with session(Profile.at(folder / "profile")) as held:
        view, runtime, toasts = ThreadsView(), Runtime(), Toasts()
        view.resize(1280, 640)
        view.show()
        view.activateWindow()
        runtime.start()
        program = await runtime.call(held.open_program())
        program.changes.subscribe(runtime.post)
        view.restore_state(state or {})
        controller = ThreadsController(
            view,
            runtime,
            threads=program.threads,
            drafts=program.drafts,
            drafting=program.drafting,
            models=program.models,
            connections=program.connections,
            assistants=program.assistants,
            knowledge=program.knowledge,
            sources=program.sources,
            settings=held.settings,
            notify=toasts.show,
        )
        tab = Tab(view, controller, runtime, program, toasts, [], folder / "desk")
        controller.failed.connect(tab.failures.append)
        try:
            yield tab
        finally:
            await controller.flush()
            await controller.aclose()
            await runtime.call(program.aclose())
            runtime.stop()
            view.close()
            view.deleteLater()
            controller.deleteLater()
            await asyncio.sleep(0)


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
