"""From the moment a server sends a piece of text to the moment it is painted, and the window's worst gap while 200
pieces a second stream and 200 files are uploaded."""

from __future__ import annotations

import asyncio
import re
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from PySide6.QtCore import QEvent, QObject

from benchmarks.connected import CONNECTION, connected
from benchmarks.figure import Figure, percentile, run_child
from benchmarks.gaps import Ticks
from benchmarks.servers import serving
from benchmarks.uploads import written
from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.launch import session
from iaposte_desktop.platform.paths import Profile
from iaposte_desktop.qt.app import run_window
from iaposte_desktop.qt.live import OpenWindow

FRAME_MS = 33
DRAFTS = 20
FILES = 200
DELTAS = 2_000
DELTAS_PAUSE = 0.005
_STAMP = re.compile(r"\d+\.\d{6}")


def figures() -> Iterator[Figure]:
    with serving("benchmarks.servers", "3", "0.2") as base_url:
        first = float(run_child("benchmarks.painting", "first", base_url)[-1])
    value = f"{first:.0f} − {FRAME_MS} = {first - FRAME_MS:.0f} ms"
    yield Figure("first byte of the text to its paint, less one frame", value, "≤ 20 ms")
    with (
        serving("benchmarks.servers", str(DELTAS), str(DELTAS_PAUSE)) as stream_url,
        serving("tests.fakes.toy_openai") as files_url,
    ):
        lines = run_child("benchmarks.painting", "gaps", stream_url, files_url)[-1].split()
    idle, worst, p99, rate = (float(number) for number in lines)
    yield Figure("worst gap while idle (the floor)", f"{idle:.0f} ms")
    yield Figure(f"worst gap: {rate:.0f} deltas a second, {FILES} uploads", f"{worst:.0f} ms", "≤ 50 ms")
    yield Figure("99 % of those gaps are under", f"{p99:.0f} ms")


class Paints(QObject):
    """Hears of every paint of the suggestion; `delays` are milliseconds from a draft's first stamp to its first
    paint."""

    def __init__(self, opened: OpenWindow) -> None:
        super().__init__()
        self._text = opened.threads.view.draft.suggestion.text
        self._seen = ""
        self.delays: list[float] = []
        self._text.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            stamp = _STAMP.search(self._text.toPlainText())
            if stamp is not None and stamp[0] != self._seen:
                self._seen = stamp[0]
                self.delays.append((monotonic() - float(stamp[0])) * 1000)
        return super().eventFilter(watched, event)


async def first_paints(opened: OpenWindow, base_url: str) -> int:
    thread_id, assistant_id = await opened.runtime.call(connected(opened.program, base_url))
    await opened.threads.show_thread(thread_id)
    paints = Paints(opened)
    for _ in range(DRAFTS + 1):
        await opened.runtime.call(opened.program.drafting.draft_reply(thread_id, assistant_id))
        await asyncio.sleep(0.1)
    print(statistics.median(paints.delays[1:]), flush=True)
    return 0


async def gaps(opened: OpenWindow, stream_url: str, files_url: str, folder: Path) -> int:
    program, call = opened.program, opened.runtime.call
    thread_id, assistant_id = await call(connected(program, stream_url))
    hosted = Connection(
        f"{CONNECTION}_files", "Files", ConnectionKind.LOCAL, base_url=files_url, has_vector_stores=True
    )
    await call(program.connections.save(hosted))
    store = await call(program.knowledge.create(StoreDetails("Bench"), hosted.id))
    paths = written(folder, "gaps")[:FILES]
    await opened.threads.show_thread(thread_id)
    await asyncio.sleep(3)
    ticks = Ticks()
    await asyncio.sleep(2)
    idle = max(ticks.gaps)
    ticks.start_over()
    begun = monotonic()
    draft = asyncio.ensure_future(call(program.drafting.draft_reply(thread_id, assistant_id)))
    uploads = call(program.knowledge.upload(store.id, paths))
    _, run = await asyncio.gather(uploads, draft)
    rate = len(_STAMP.findall(run.text)) / (monotonic() - begun)
    print(idle, max(ticks.gaps), percentile(ticks.gaps, 0.99), rate, flush=True)
    return 0


def main(kind: str, stream_url: str, files_url: str = "") -> int:
    with TemporaryDirectory() as home, session(Profile.at(Path(home) / "profile")) as held:

        async def script(opened: OpenWindow) -> int:
            if kind == "first":
                return await first_paints(opened, stream_url)
            return await gaps(opened, stream_url, files_url, Path(home) / "files")

        return run_window(held.open_program, held.settings, held.profile.logs, script)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
