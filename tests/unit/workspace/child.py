"""Programs that tests run in processes of their own, to kill or to starve them: `python -m … NAME FOLDER`.

A line on standard output says what the workspace has acknowledged.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from iaposte_desktop.domain import events as ev
from iaposte_desktop.domain.drafts import Draft
from iaposte_desktop.domain.errors import StorageError
from iaposte_desktop.domain.runs import StepKind
from iaposte_desktop.workspace.open import open_workspace
from tests.unit.workspace.samples import NOW, customer, journal_of, message, thread

if TYPE_CHECKING:
    from iaposte_desktop.workspace.workspace import SqlWorkspace


def tell(*words: object) -> None:
    print(*words, flush=True)  # noqa: T201 - the parent reads it


async def opened(folder: Path) -> SqlWorkspace:
    return await open_workspace(folder / "workspace.db", backups=folder / "backups", clock=lambda: NOW)


async def write_for_ever(folder: Path) -> None:
    """Drafts, messages and a run at the same time, each told once it is acknowledged."""
    workspace = await opened(folder)
    await workspace.customers.save(customer())
    await workspace.threads.save(thread())

    async def drafts() -> None:
        for sequence in itertools.count(1):
            await workspace.drafts.save(Draft("thread_1", f"text {sequence}", NOW, sequence))
            tell("draft", sequence)

    async def messages() -> None:
        for number in itertools.count(1):
            await workspace.threads.add_message(message(f"msg_{number}"))
            tell("message", number)

    async def run() -> None:
        texts = (ev.TextAdded(f"{number} ") for number in range(2000))
        events: list[ev.RunEvent] = [ev.RunStarted(), ev.StepStarted("step_1", StepKind.WRITING), *texts]
        entries, runs = journal_of(events)
        for entry, folded in zip(entries, runs, strict=True):
            await workspace.journal.append([entry], folded)
            tell("event", entry.sequence)

    await asyncio.gather(drafts(), messages(), run())


async def fill_the_disk(folder: Path) -> None:
    """Write until it is refused; then what is acknowledged must be there, and small things go on where room is made."""
    workspace = await opened(folder)
    await workspace.customers.save(customer())
    await workspace.threads.save(thread())
    written = 0
    try:
        for written in range(500):
            await workspace.threads.add_message(replace(message(f"msg_{written}"), text="x" * 20_000))
    except StorageError as error:
        tell("refused", type(error).__name__, written)
    kept = await workspace.threads.messages("thread_1")
    tell("kept", len(kept), {len(each.text) for each in kept} <= {20_000})
    (folder / "ballast").unlink(missing_ok=True)
    if len(sys.argv) > 3:
        await workspace.drafts.save(Draft("thread_1", "after", NOW, 1))
        tell("went on")
    await workspace.aclose()


async def write_once(folder: Path) -> None:
    try:
        workspace = await opened(folder)
        await workspace.customers.save(customer())
        await workspace.aclose()
    except StorageError as error:
        tell("refused", type(error).__name__)
    else:
        tell("written")


if __name__ == "__main__":
    os.umask(0)
    programs = {each.__name__: each for each in (write_for_ever, fill_the_disk, write_once)}
    asyncio.run(programs[sys.argv[1]](Path(sys.argv[2])))
