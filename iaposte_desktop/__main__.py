"""The way in: `iaposte` opens the window, `iaposte COMMAND` is the command line. Imports only what the way taken needs,
since each import here delays the window's first paint."""

from __future__ import annotations

import os
import sys


def main() -> int:
    arguments = sys.argv[1:]
    if arguments[:1] == ["--worker"]:
        # A frozen program has no `python -m`: it serves as its own worker.
        from iaposte_desktop.platform.worker import main as serve

        serve(frozenset(arguments[1:]))
        return 0
    from iaposte_desktop.platform.display import has_display
    from iaposte_desktop.platform.paths import Profile

    if not arguments and has_display(os.environ):
        from iaposte_desktop.launch import show_window

        return show_window(Profile.default())
    from iaposte_desktop.cli.app import run
    from iaposte_desktop.faces import FACES

    return run(arguments, FACES)


if __name__ == "__main__":
    sys.exit(main())
