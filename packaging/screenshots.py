"""Make docs/screenshots from the real window: each tab and the settings, in French and English, light and dark."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog

from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.domain.ports.settings import LANGUAGE, THEME
from iaposte_desktop.launch import session
from iaposte_desktop.platform.paths import Profile
from iaposte_desktop.qt.app import run_window

if TYPE_CHECKING:
    from iaposte_desktop.qt.live import OpenWindow

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "docs" / "screenshots"
TABS = ("threads", "vector-stores", "assistants")
MAILS = {"fr": 0, "en": 5}
"""Which of the sample's mails the Threads tab shows."""


async def photograph(opened: OpenWindow, language: str) -> int:
    window, program, call = opened.window, opened.program, opened.runtime.call
    window.resize(1440, 900)
    sample = await call(program.sample.install(language))
    thread_id = sample.thread_ids[MAILS[language]]
    await opened.threads.show_thread(thread_id)
    await call(program.drafting.draft_reply(thread_id))
    await asyncio.sleep(0.5)
    for theme in ("light", "dark"):
        window.theme_chosen.emit(theme)
        for index, tab in enumerate(TABS):
            window.tabs.setCurrentIndex(index)
            await asyncio.sleep(0.4)
            window.grab().save(str(OUTPUT / f"{tab}-{language}-{theme}.png"))
        await photograph_settings(opened, language, theme)
    return 0


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
