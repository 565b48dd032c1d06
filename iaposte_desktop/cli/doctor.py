"""`iaposte doctor`: does everything this installation needs work, here and now?"""

from __future__ import annotations

import asyncio
import platform
import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import typer

from iaposte_desktop import __version__
from iaposte_desktop.application.explain import explain
from iaposte_desktop.cli.console import EXIT_REFUSED, Invocation, out
from iaposte_desktop.cli.texts import language, text
from iaposte_desktop.domain.errors import IAPosteError
from iaposte_desktop.domain.knowledge import FileStatus
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.resources import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable


def doctor(context: typer.Context) -> None:
    """Check this installation: versions, profile, display, worker processes, search. Exit code 1 on a problem."""
    invocation: Invocation = context.obj
    checks: list[tuple[str, Callable[[], str]]] = [
        ("doctor.python", lambda: f"{platform.python_version()} ({sys.platform})"),
        ("doctor.qt", lambda: f"PySide6 {version('PySide6-Essentials')}"),
        ("doctor.sqlite", lambda: f"apsw {version('apsw')}"),
        ("doctor.translations", _translations),
        ("doctor.display", lambda: text(f"doctor.display_{'yes' if invocation.faces.has_display() else 'none'}")),
        ("doctor.profile", lambda: _profile(invocation)),
        ("doctor.search", lambda: _search(invocation)),
    ]
    out.print(f"IAPoste Desktop {__version__}")
    is_well = True
    for name, check in checks:
        try:
            found, sign = check(), text("doctor.ok")
        except IAPosteError as error:
            found, sign, is_well = str(explain(error, language())), text("doctor.problem"), False
        out.print(f"{sign:10} {text(name)}: {found}")
    if not is_well:
        raise typer.Exit(EXIT_REFUSED)


def _translations() -> str:
    name = "iaposte_fr.qm"
    if not (FOLDER / "translations" / name).is_file():
        raise IAPosteError(f"{name} is missing")
    return name


def _profile(invocation: Invocation) -> str:
    async def opened() -> str:
        async with invocation.faces.program(invocation.profile) as held:
            return f"{held.folder} ({text('doctor.threads', len(await held.program.threads.list()))})"

    return asyncio.run(opened())


def _search(invocation: Invocation) -> str:
    """On a profile of its own, so that the user's stays as it is."""

    async def searched(folder: Path) -> str:
        async with invocation.faces.program(folder / "profile") as held:
            note = folder / "note.md"
            note.write_text("# Doctor\n\nThe stethoscope is in the second drawer.\n", encoding="utf-8")
            knowledge = held.program.knowledge
            store = await knowledge.create(StoreDetails("doctor"))
            await knowledge.upload(store.id, [note])
            (file,) = await knowledge.files(store.id)
            found = await knowledge.search([store.id], "Where is the stethoscope?")
            if file.status is not FileStatus.COMPLETED or not found:
                raise IAPosteError(file.error.detail if file.error else "nothing found")
            return f"{found[0].score:.2f}"

    with TemporaryDirectory(prefix="iaposte-doctor-") as folder:
        return asyncio.run(searched(Path(folder)))
