from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from iaposte_desktop.cli.console import Invocation, err, out, told_errors
from iaposte_desktop.cli.report import print_run
from iaposte_desktop.cli.texts import text


def demo(
    context: typer.Context,
    output: Annotated[Path, typer.Option(help="Where the screenshots of the tabs go.")] = Path("build/demo"),
    offscreen: Annotated[bool, typer.Option("--offscreen", help="Open no window, even where one could be.")] = False,
) -> None:
    """Try everything on the sample shop: a throw-away profile, a French and an English reply, every quote checked.

    With a display the window stays open; without one, exit code 0 means that every quote was found in its source.
    """
    invocation: Invocation = context.obj
    stay_open = not offscreen and invocation.faces.has_display()
    if not stay_open:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with told_errors():
        code = invocation.faces.show_demo(output, print_run, stay_open=stay_open)
    if code:
        err.print(text("demo_failed"))
        raise typer.Exit(code)
    out.print(text("demo_proven", output))
