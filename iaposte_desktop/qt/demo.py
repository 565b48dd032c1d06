"""The demo: the real window on a fresh profile, driven as a user would, that proves what it shows."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.runs import RunStatus
from iaposte_desktop.qt.lib.language import current_language

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from iaposte_desktop.application.program import Program
    from iaposte_desktop.domain.runs import Run
    from iaposte_desktop.domain.threads import Customer
    from iaposte_desktop.qt.live import OpenWindow

_MAILS: Final = (1, 0)
"""Of the sample's mails, in their files' order: one in English, then one in French, which stays on the screen."""


class Demo:
    """`report` hears of each ended run; screenshots of the tabs go to `output`. Unless it is to stay open, the window
    closes at the end."""

    def __init__(self, output: Path, report: Callable[[Customer, Run], None], *, stay_open: bool) -> None:
        self._output = output
        self._report = report
        self._stay_open = stay_open
        self.exit_code = 1

    async def play(self, opened: OpenWindow) -> int | None:
        """The script for `run_window`: None leaves the window to the user."""
        program = opened.program
        sample = await opened.runtime.call(program.sample.install(current_language()))
        proven = []
        for mail in _MAILS:
            thread_id = sample.thread_ids[mail]
            await opened.threads.show_thread(thread_id)
            run = await opened.runtime.call(program.drafting.draft_reply(thread_id))
            thread = await opened.runtime.call(program.threads.open(thread_id))
            self._report(thread.customer, run)
            proven.append(await opened.runtime.call(every_quote_is_there(program, run)))
        await self._photograph(opened)
        self.exit_code = 0 if all(proven) else 1
        return None if self._stay_open else self.exit_code

    async def _photograph(self, opened: OpenWindow) -> None:
        self._output.mkdir(parents=True, exist_ok=True)
        tabs = opened.window.tabs
        for index, name in enumerate(("threads", "vector-stores", "assistants")):
            tabs.setCurrentIndex(index)
            await asyncio.sleep(0.5)
            opened.window.grab().save(str(self._output / f"{name}.png"))
        tabs.setCurrentIndex(0)


async def every_quote_is_there(program: Program, run: Run) -> bool:
    """Whether the run ended well, cites something, and each quote stands verbatim where its citation says: looked up
    anew in the stores, whatever the run recorded of it."""
    if run.status is not RunStatus.COMPLETED or not run.citations:
        return False
    for citation in run.citations:
        source = run.source(citation.source)
        if source is None or citation.quote_start is None:
            return False
        content = await program.knowledge.content(source.passage.store_id, source.passage.file_id)
        if content.text[citation.quote_start : citation.quote_end] != citation.quote:
            return False
    return True
