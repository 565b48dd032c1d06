"""`iaposte`: the window without a command, else the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from iaposte_desktop import __version__
from iaposte_desktop.cli import assistants, connections, demo, doctor, draft, models, moving, stores
from iaposte_desktop.cli.console import Faces, Invocation, err, out
from iaposte_desktop.cli.texts import text

app = typer.Typer(
    name="iaposte",
    help="Draft cited replies to customers' mails from your own files.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
)
stores.app.command("export")(moving.export_store)
stores.app.command("import")(moving.import_store)
stores.app.command("copy")(moving.copy_store)
app.add_typer(stores.app, name="stores")
app.add_typer(assistants.app, name="assistants")
app.add_typer(connections.app, name="connections")
app.command("draft")(draft.draft)
app.command("models")(models.models)
app.command("demo")(demo.demo)
app.command("doctor")(doctor.doctor)

EXIT_NO_DISPLAY = 2


def _print_version(wanted: bool) -> None:
    if wanted:
        out.print(f"IAPoste Desktop {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def options(
    context: typer.Context,
    profile: Annotated[Path | None, typer.Option(help="Use this folder instead of your own profile.")] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Log to standard error.")] = False,
    version: Annotated[  # noqa: ARG001  # The callback has answered it.
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Without a command, open the window."""
    faces: Faces = context.obj
    context.obj = Invocation(faces, profile, verbose=verbose)
    if context.invoked_subcommand is not None:
        return
    if not faces.has_display():
        err.print(text("no_display"))
        raise typer.Exit(EXIT_NO_DISPLAY)
    raise typer.Exit(faces.show_window(profile))


def run(arguments: list[str], faces: Faces) -> int:
    """The exit code: 0 done, 1 refused, 2 wrong usage or no display, 3 the profile cannot be used."""
    try:
        app(arguments, obj=faces, standalone_mode=True)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    return 0
