"""`iaposte assistants`: the library from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from iaposte_desktop.cli.choosing import assistant_named
from iaposte_desktop.cli.console import Invocation, err, out, print_json, refuse
from iaposte_desktop.cli.texts import text

if TYPE_CHECKING:
    from iaposte_desktop.application.program import Program
    from iaposte_desktop.domain.assistants import Assistant

app = typer.Typer(help="Assistants: what is asked of a model.", no_args_is_help=True)


@app.command("list")
def list_assistants(
    context: typer.Context, json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """The assistants, with the current version of each."""
    invocation: Invocation = context.obj

    async def work(program: Program) -> tuple[Assistant, ...]:
        return await program.assistants.list()

    assistants = invocation.run(work)
    if json:
        print_json(
            [
                {"id": a.id, "name": a.name, "version": a.version.number, "model": a.version.settings.model.model}
                for a in assistants
            ]
        )
        return
    if not assistants:
        err.print(text("no_assistants"))
        return
    table = Table(text("name"), text("version"), text("model"), text("id"))
    for a in assistants:
        table.add_row(a.name, str(a.version.number), a.version.settings.model.model, a.id)
    out.print(table)


@app.command()
def export(
    context: typer.Context,
    assistant: Annotated[str, typer.Argument(help="Name or id.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; else standard output.")] = None,
) -> None:
    """Write an assistant's current version as JSON."""
    invocation: Invocation = context.obj

    async def work(program: Program) -> str:
        return await program.assistants.export(await assistant_named(program, assistant))

    content = invocation.run(work)
    if output is None:
        out.print(content, end="", soft_wrap=True)
        return
    try:
        output.write_text(content, encoding="utf-8")
    except OSError as error:
        raise refuse("cannot_write", output, error.strerror) from error
    err.print(text("written", output))


@app.command("import")
def import_assistant(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="An exported file, or old asst_… JSON.")]
) -> None:
    """Add an assistant from a file."""
    invocation: Invocation = context.obj
    try:
        content = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise refuse("cannot_read", file, error) from error

    async def work(program: Program) -> Assistant:
        return await program.assistants.import_text(content)

    err.print(text("imported", invocation.run(work).name))
