"""The light half of the composition root: profile, lock, log and settings, before any face. The heavy half, `compose`,
is imported on the program's own thread, after the window's first paint."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from iaposte_desktop.platform.instance import InstanceLock
from iaposte_desktop.platform.logs import logging_to
from iaposte_desktop.platform.paths import Profile
from iaposte_desktop.platform.settings import SettingsFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iaposte_desktop.application.program import Program


@dataclass(frozen=True, slots=True)
class Session:
    """A prepared and locked profile with its settings."""

    profile: Profile
    settings: SettingsFile

    async def open_program(self) -> Program:
        """On the running loop. Raises StorageError."""
        from iaposte_desktop.compose import open_program

        return await open_program(self.profile, self.settings)


@contextmanager
def session(profile: Profile, *, verbose: bool = False) -> Iterator[Session]:
    """Raises ProfileInUse, ProfileReadOnly, DiskFull. `verbose`: the log on standard error, too."""
    profile.prepare()
    with ExitStack() as stack:
        stack.enter_context(InstanceLock(profile.lock_file))
        stack.enter_context(logging_to(profile.logs, verbose=verbose))
        executor = stack.enter_context(ThreadPoolExecutor(max_workers=1, thread_name_prefix="settings"))
        settings = SettingsFile(profile.settings_file, executor)
        yield Session(profile, settings)
        settings.flush()
