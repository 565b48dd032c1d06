"""The program with somebody typing into the draft, for `kills`: `type FOLDER` until killed, `read FOLDER` prints what
the draft holds at the next start."""

from __future__ import annotations

import asyncio
import sys
from itertools import count
from pathlib import Path

from PySide6.QtTest import QTest

from iaposte_desktop.launch import session
from iaposte_desktop.platform.paths import Profile
from iaposte_desktop.qt.app import run_window
from iaposte_desktop.qt.live import OpenWindow

KEY_SECONDS = 0.03
MAIL = "From: Ann Key <ann@example.com>\nSubject: Keys\n\nWill this text survive?\n"


async def type_until_killed(opened: OpenWindow) -> int:
    """Prints, a line a key, how many were typed and how many of them are shown as saved."""
    imported = await opened.runtime.call(opened.program.threads.import_text(MAIL))
    await opened.threads.show_thread(imported.thread_id)
    draft = opened.threads.view.draft
    print("typing", flush=True)
    saved = 0
    for typed in count(1):
        QTest.keyClick(draft.editor, "abcdefghij"[typed % 10])
        await asyncio.sleep(KEY_SECONDS)
        if draft.foot.saving.text() == "saved":
            saved = typed
        print(typed, saved, flush=True)
    return 0


async def read(opened: OpenWindow) -> int:
    (summary,) = await opened.runtime.call(opened.program.threads.list())
    print((await opened.runtime.call(opened.program.drafts.load(summary.thread.id))).draft.text, flush=True)
    return 0


def main(do: str, folder: str) -> int:
    with session(Profile.at(Path(folder))) as held:
        script = type_until_killed if do == "type" else read
        return run_window(held.open_program, held.settings, held.profile.logs, script)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
