"""`iaposte stores export`, `import`, `copy`: a store out of this profile, into it, or to another place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iaposte_desktop.cli.choosing import connection_named, is_named
from iaposte_desktop.cli.console import EXIT_REFUSED, Invocation, err, out, progress_bar, refuse
from iaposte_desktop.cli.texts import text
from iaposte_desktop.domain.knowledge import UploadStage
from iaposte_desktop.domain.tasks import TaskStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.progress import Progress

    from iaposte_desktop.application.archiving import Imported
    from iaposte_desktop.application.copying import Copied, CopyPlan, Destination
    from iaposte_desktop.application.program import Program
    from iaposte_desktop.domain.knowledge import UploadEvent, VectorStore
    from iaposte_desktop.domain.tasks import Task

LOCAL = "local"
StoreArgument = Annotated[str, typer.Argument(help="Name or id of the vector store.")]


def export_store(
    context: typer.Context,
    store: StoreArgument,
    file: Annotated[Path, typer.Argument(help="The zip to write; one that is there is replaced.")],
) -> None:
    """Write a store into one zip: originals, texts, settings, attributes, search tests."""
    invocation: Invocation = context.obj

    async def work(program: Program) -> Task:
        return await program.archiving.export((await _store(program, store)).id, file)

    task = invocation.run(work)
    out.print(text("written", file))
    if task.failed:
        err.print(text("without_content", task.failed))
        raise typer.Exit(EXIT_REFUSED)


def import_store(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="A zip that `export` wrote.")]
) -> None:
    """Make a store of an exported zip. Exit code 1 when a file could not be read."""
    invocation: Invocation = context.obj

    async def work(program: Program) -> Imported:
        with progress_bar() as progress:
            return await program.archiving.import_store(file, on_event=_counting(progress))

    imported = invocation.run(work)
    if imported.store is not None:
        out.print(text("imported", imported.store.name))
    _tell(imported.task, imported.damaged)


def copy_store(
    context: typer.Context,
    store: StoreArgument,
    to: Annotated[str, typer.Option("--to", help="Name or id of a connection, or `local`.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before files are sent.")] = False,
) -> None:
    """Copy a store's files to a server, back to this machine, or to another server. Begun again, it goes on where it
    stopped."""
    invocation: Invocation = context.obj

    async def work(program: Program) -> Copied:
        await program.knowledge.refresh()
        place = _place(program, to)
        source = await _store(program, store, place)
        destination = await _destination(program, source, place, to)
        plan = await program.copying.plan(source.id, destination)
        if to != LOCAL and not yes:
            _ask(program, plan, destination)
        with progress_bar() as progress:
            return await program.copying.copy(source.id, destination, on_event=_counting(progress))

    copied = invocation.run(work)
    out.print(text("copied", copied.store.name, copied.store.counts.completed))
    _tell(copied.task, copied.left_out)


async def _store(program: Program, name: str, other_than: str = "") -> VectorStore:
    """A copy bears the name of what it is a copy of: the one at that place is not meant."""
    found = [store for store in await program.knowledge.stores() if is_named(store, name)]
    if not found:
        raise refuse("no_such_store", name)
    return min(found, key=lambda store: store.provider == other_than)


def _place(program: Program, to: str) -> str:
    return program.knowledge.places()[0] if to == LOCAL else connection_named(program, to).id


async def _destination(program: Program, source: VectorStore, place: str, to: str) -> Destination:
    for destination in await program.copying.destinations(source.id):
        if destination.place == place:
            return destination
    raise refuse("no_stores_at", to)


def _ask(program: Program, plan: CopyPlan, destination: Destination) -> None:
    connection = program.connections.retrieve(destination.place)
    cost = text("unknown_cost") if plan.usd_per_day is None else text("usd_per_day", f"{plan.usd_per_day:.2f}")
    err.print(text("copy_question", plan.files, f"{plan.bytes / 1e6:.1f} MB", connection.name, connection.host, cost))
    if not typer.confirm(text("go_on"), err=True):
        raise typer.Exit(EXIT_REFUSED)


def _counting(progress: Progress) -> Callable[[UploadEvent], None]:
    """Counts the files that are known so far, and those that are done."""
    bar = progress.add_task(text("reading"), total=None)
    known: set[str] = set()
    done: set[str] = set()

    def on_event(event: UploadEvent) -> None:
        known.add(event.file.id)
        if event.stage is UploadStage.DONE:
            done.add(event.file.id)
        progress.update(bar, completed=len(done), total=len(known))

    return on_event


def _tell(task: Task, missing: tuple[str, ...]) -> None:
    for name in missing:
        err.print(f"{text('failed')}: {name}")
    if task.failed:
        err.print(text("added", task.done - task.failed, task.failed))
    if missing or task.failed or task.status is not TaskStatus.COMPLETED:
        raise typer.Exit(EXIT_REFUSED)
