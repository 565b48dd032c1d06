"""What the command line is given: the part of the composition root that opens the program, the window and the demo."""

from __future__ import annotations

import os
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from iaposte_desktop.application.explain import explain_repair
from iaposte_desktop.application.program import Program
from iaposte_desktop.cli.texts import language
from iaposte_desktop.domain.ports.settings import Settings
from iaposte_desktop.launch import session, show_window
from iaposte_desktop.platform.display import has_display
from iaposte_desktop.platform.paths import Profile

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from iaposte_desktop.domain.runs import Run
    from iaposte_desktop.domain.threads import Customer


@dataclass(frozen=True, slots=True)
class OpenProgram:
    """`folder`: where the profile's data lie."""

    program: Program
    settings: Settings
    folder: Path


class Faces:
    """What the command line may ask of the composition root."""

    def has_display(self) -> bool:
        return has_display(os.environ)

    @asynccontextmanager
    async def program(self, profile_folder: Path | None, *, verbose: bool = False) -> AsyncIterator[OpenProgram]:
        """The program without a window, on the running loop. Raises StorageError."""
        profile = _profile(profile_folder)
        with session(profile, verbose=verbose) as held:
            program = await held.open_program()
            try:
                recovered = await program.recover()
                if (repaired := recovered.repaired) is not None:
                    sys.stderr.write(f"{explain_repair(repaired.source, repaired.kept_at, language())}\n")
                yield OpenProgram(program, held.settings, profile.data)
            finally:
                await program.aclose()

    def show_window(self, profile_folder: Path | None) -> int:
        return show_window(_profile(profile_folder))

    def show_demo(self, output: Path, report: Callable[[Customer, Run], None], *, stay_open: bool) -> int:
        """The window on a throw-away profile, with the sample shop and two drafts. 0 where every quote was found."""
        from iaposte_desktop.qt.app import run_window
        from iaposte_desktop.qt.demo import Demo

        with TemporaryDirectory(prefix="iaposte-demo-") as folder, session(Profile.at(Path(folder))) as held:
            demo = Demo(output, report, stay_open=stay_open)
            code = run_window(held.open_program, held.settings, held.profile.logs, demo.play)
        return code or demo.exit_code


FACES = Faces()


def _profile(folder: Path | None) -> Profile:
    return Profile.at(folder) if folder else Profile.default()
