"""The light half of the composition root: profile, lock, settings, and the window. What is heavy (the log, `compose`,
the tabs) is imported after the window's first paint."""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import IAPosteError, ProfileInUse
from iaposte_desktop.platform.instance import InstanceLock
from iaposte_desktop.platform.settings import SettingsFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iaposte_desktop.application.program import Program
    from iaposte_desktop.platform.paths import Profile
    from iaposte_desktop.qt.live import OpenWindow

EXIT_STORAGE = 3


class Session:
    """A prepared and locked profile with its settings."""

    def __init__(self, profile: Profile, settings: SettingsFile, stack: ExitStack, *, verbose: bool) -> None:
        self.profile = profile
        self.settings = settings
        self._stack = stack
        self._verbose = verbose

    async def open_program(self) -> Program:
        """On the running loop. From here on the log is written. Raises StorageError."""
        from iaposte_desktop.compose import open_program
        from iaposte_desktop.platform.logs import logging_to

        self._stack.enter_context(logging_to(self.profile.logs, verbose=self._verbose))
        return await open_program(self.profile, self.settings)


@contextmanager
def session(profile: Profile, *, verbose: bool = False) -> Iterator[Session]:
    """Raises ProfileInUse, ProfileReadOnly, DiskFull. `verbose`: the log on standard error, too."""
    profile.prepare()
    with ExitStack() as stack:
        stack.enter_context(InstanceLock(profile.lock_file))
        settings = SettingsFile(profile.settings_file)
        yield Session(profile, settings, stack, verbose=verbose)
        settings.flush()


def show_window(profile: Profile) -> int:
    """The window on this profile; where it is open already, that window is brought to the front. The exit code."""
    try:
        with session(profile) as held:
            from iaposte_desktop.qt.app import run_window

            async def answer_second_starts(opened: OpenWindow) -> None:
                from iaposte_desktop.qt.shell.single_instance import listen

                listen(profile.lock_file, opened.window.bring_to_front, opened.window)

            return run_window(held.open_program, held.settings, profile.logs, answer_second_starts)
    except ProfileInUse as error:
        from iaposte_desktop.qt.shell.single_instance import raise_other

        return 0 if raise_other(profile.lock_file) else _told(error)
    except IAPosteError as error:
        return _told(error)


def _told(error: IAPosteError) -> int:
    from iaposte_desktop.application.explain import explain
    from iaposte_desktop.cli.texts import language

    sys.stderr.write(f"{explain(error, language())}\n")
    return EXIT_STORAGE
