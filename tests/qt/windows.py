"""The real window over a real program, for tests: `async with open_window(folder) as opened`."""

from __future__ import annotations

import asyncio
import functools
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, ParamSpec

from iaposte_desktop.domain.ports.settings import LANGUAGE
from iaposte_desktop.launch import session
from iaposte_desktop.platform.paths import Profile
from iaposte_desktop.qt.app import first_window, make_application
from iaposte_desktop.qt.live import OpenWindow, bring_to_life
from iaposte_desktop.qt.runtime import Runtime, run_window_loop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine
    from pathlib import Path

    from iaposte_desktop.launch import Session

P = ParamSpec("P")


@asynccontextmanager
async def open_window(folder: Path, *, language: str = "en") -> AsyncIterator[OpenWindow]:
    """The window on the profile in `folder`, shown, with every tab alive; closed as a user closes it."""
    with session(Profile.at(folder)) as held:
        held.settings.set(LANGUAGE, language)
        opened = await live_window(held)
        try:
            yield opened
        finally:
            await opened.aclose()
            opened.runtime.stop()
            opened.window.close_now()
            opened.window.deleteLater()
            await asyncio.sleep(0)


async def live_window(held: Session) -> OpenWindow:
    app = make_application(held.settings)
    window = first_window(app, held.settings, held.profile.logs)
    window.show()
    window.activateWindow()
    runtime = Runtime()
    runtime.start()
    program = await runtime.call(held.open_program())
    return await bring_to_life(window, runtime, program, held.settings)


def in_window(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """Run an async test on the window's loop. Never `qtbot.wait*` in there: a nested loop loses tasks."""

    @functools.wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        async def main() -> int:
            await test(*args, **kwargs)
            return 0

        from PySide6.QtWidgets import QApplication

        app = QApplication.instance()
        assert isinstance(app, QApplication)
        run_window_loop(app, main)

    del run.__wrapped__  # type: ignore[attr-defined]  # pytest would take it for a coroutine function …
    run.__signature__ = __import__("inspect").signature(test)  # type: ignore[attr-defined]  # … but needs its fixtures.
    return run
