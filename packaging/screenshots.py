"""Make docs/screenshots from the real window: each tab, a folder that is looked at, a source at its page, and
the settings, in French and English, light and dark."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.domain.ports.settings import LANGUAGE, THEME
from iaposte_desktop.launch import session
from iaposte_desktop.platform.paths import Profile
from iaposte_desktop.qt.app import run_window
from iaposte_desktop.qt.vector_stores.preflight_dialog import PreflightDialog

if TYPE_CHECKING:
    from iaposte_desktop.qt.live import OpenWindow

T = TypeVar("T", bound=QWidget)

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "docs" / "screenshots"
TABS = ("threads", "vector-stores", "assistants")
MAILS = {"fr": 0, "en": 5}
"""Which of the sample's mails the Threads tab shows."""
QUESTIONS = {"fr": "délai de remboursement après un retour", "en": "reset the dimmer of the lamp"}


async def photograph(opened: OpenWindow, language: str) -> int:
    window, program, call = opened.window, opened.program, opened.runtime.call
    window.resize(1440, 900)
    sample = await call(program.sample.install(language))
    thread_id = sample.thread_ids[MAILS[language]]
    await opened.threads.show_thread(thread_id)
    await call(program.drafting.draft_reply(thread_id))
    with TemporaryDirectory() as folder:
        subprocess.run([sys.executable, str(ROOT / "packaging" / "make_folder.py"), folder], check=True)  # noqa: ASYNC221
        for theme in ("light", "dark"):
            window.theme_chosen.emit(theme)
            await photograph_files(opened, language, theme, Path(folder))
    await asyncio.sleep(0.5)
    for theme in ("light", "dark"):
        window.theme_chosen.emit(theme)
        for index, tab in enumerate(TABS):
            window.tabs.setCurrentIndex(index)
            await asyncio.sleep(0.4)
            window.grab().save(str(OUTPUT / f"{tab}-{language}-{theme}.png"))
        await photograph_settings(opened, language, theme)
    return 0


async def photograph_files(opened: OpenWindow, language: str, theme: str, folder: Path) -> None:
    """A folder before it is added, a question and its passages, the best one at its page."""
    stores = opened.vector_stores
    opened.window.tabs.setCurrentWidget(stores.view)
    search = stores.view.side.search
    search.query.setText(QUESTIONS[language])
    search.query.returnPressed.emit()
    stores.add_paths([folder])
    look = await shown(PreflightDialog)
    while not look.add.isEnabled():  # noqa: ASYNC110 - a widget has no event.
        await asyncio.sleep(0.1)
    look.grab().save(str(OUTPUT / f"files-{language}-{theme}.png"))
    look.reject()
    passage = next(each for each in search.model.passages() if each.anchor.page)
    stores.sources.open_passage(passage)
    await asyncio.sleep(3)
    stores.sources.viewer.grab().save(str(OUTPUT / f"source-{language}-{theme}.png"))
    stores.sources.viewer.close()


async def shown(kind: type[T]) -> T:
    while True:
        for top in QApplication.topLevelWidgets():
            if isinstance(top, kind) and top.isVisible():
                return top
        await asyncio.sleep(0.1)


async def photograph_settings(opened: OpenWindow, language: str, theme: str) -> None:
    """The page of the connections, with one that was saved."""
    example = Connection("conn_example", "OpenAI", ConnectionKind.OPENAI, has_vector_stores=True)
    await opened.runtime.call(opened.program.connections.save(example))
    opened.settings.open_connection(example.id)
    await asyncio.sleep(0.8)
    dialog = next(top for top in QApplication.topLevelWidgets() if isinstance(top, QDialog) and top.isVisible())
    dialog.grab().save(str(OUTPUT / f"settings-{language}-{theme}.png"))
    dialog.close()
    await opened.runtime.call(opened.program.connections.delete(example.id))


def main() -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # No keyring of the desk is asked.
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"
    OUTPUT.mkdir(parents=True, exist_ok=True)
    code = 0
    for language in MAILS:
        with TemporaryDirectory() as folder, session(Profile.at(Path(folder))) as held:
            held.settings.set(LANGUAGE, language)
            held.settings.set(THEME, "light")
            code |= run_window(
                held.open_program,
                held.settings,
                held.profile.logs,
                lambda opened, language=language: photograph(opened, language),
            )
    return code


if __name__ == "__main__":
    sys.exit(main())
