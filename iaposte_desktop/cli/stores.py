"""`iaposte stores`: knowledge files from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from iaposte_desktop.application.explain import explain_file
from iaposte_desktop.application.labels import place
from iaposte_desktop.application.preflight import Finding
from iaposte_desktop.cli.checking import print_reports, report_as_json
from iaposte_desktop.cli.choosing import store_named
from iaposte_desktop.cli.console import EXIT_REFUSED, Invocation, err, out, print_json, progress_bar, refuse
from iaposte_desktop.cli.store_care import JsonOption, health, run_tests, synonyms
from iaposte_desktop.cli.texts import language, text
from iaposte_desktop.domain.knowledge import FileStatus, UploadStage
from iaposte_desktop.domain.ports.vector_stores import StoreDetails

if TYPE_CHECKING:
    from iaposte_desktop.application.preflight import Candidate
    from iaposte_desktop.application.program import Program
    from iaposte_desktop.domain.knowledge import Passage, UploadEvent, VectorStore, VectorStoreFile

app = typer.Typer(help="Vector stores: your knowledge files.", no_args_is_help=True)

app.command("test")(run_tests)
app.command()(health)
app.command()(synonyms)

StoreOption = Annotated[str | None, typer.Option("--store", help="Name or id of the vector store.")]


@app.command()
def add(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Files and folders.")],
    store: StoreOption = None,
) -> None:
    """Add files to a vector store, made if it is not there. Exit code 1 when a file failed."""
    invocation: Invocation = context.obj
    ended: list[VectorStoreFile] = []

    async def work(program: Program) -> None:
        name = store or text("default_store")
        target = await store_named(program, name) or await program.knowledge.create(StoreDetails(name))
        with progress_bar() as progress:
            bar = progress.add_task(text("reading"), total=None)

            def on_event(event: UploadEvent) -> None:
                if event.stage is UploadStage.DONE:
                    ended.append(event.file)
                    progress.update(bar, completed=len(ended))

            task = await program.knowledge.upload(target.id, paths, on_event=on_event)
            progress.update(bar, total=task.total)

    invocation.run(work)
    for file in ended:
        if file.error is not None:
            err.print(f"{text('failed')}: {file.name}: {explain_file(file.error, language())}")
    failed = sum(file.status is FileStatus.FAILED for file in ended)
    out.print(text("added", len(ended) - failed, failed))
    if failed:
        raise typer.Exit(EXIT_REFUSED)


@app.command()
def check(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Files and folders.")],
    json: JsonOption = False,
) -> None:
    """Look at files without keeping anything of them. Exit code 1 when one cannot be read."""
    invocation: Invocation = context.obj

    async def work(program: Program) -> list[Candidate]:
        return [candidate async for candidate in program.preflight.check(paths)]

    candidates = invocation.run(work)
    if json:
        print_json([report_as_json(candidate) for candidate in candidates])
    elif candidates:
        print_reports(candidates)
    else:
        err.print(text("nothing_to_check"))
    if any(candidate.finding is Finding.UNREADABLE for candidate in candidates):
        raise typer.Exit(EXIT_REFUSED)


@app.command()
def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="Words or a question.")],
    store: StoreOption = None,
    limit: Annotated[int, typer.Option(min=1, max=50)] = 10,
    json: JsonOption = False,
) -> None:
    """Search one store, or all of them, without a model."""
    invocation: Invocation = context.obj

    async def work(program: Program) -> tuple[Passage, ...]:
        if store is None:
            ids = [found.id for found in await program.knowledge.stores()]
        else:
            named = await store_named(program, store)
            if named is None:
                raise refuse("no_such_store", store)
            ids = [named.id]
        return await program.knowledge.search(ids, query, limit=limit)

    passages = invocation.run(work)
    if json:
        print_json([_as_json(passage) for passage in passages])
        return
    for passage in passages:
        where = ", ".join(filter(None, (passage.file_name, place(passage.anchor, language()))))
        out.print(f"{passage.score:.2f}  {where}")
        out.print(f"      {' '.join(passage.text.split())[:300]}")
    if not passages:
        err.print(text("nothing_found"))


@app.command("list")
def list_stores(context: typer.Context, json: JsonOption = False) -> None:
    """The vector stores and what they hold."""
    invocation: Invocation = context.obj

    async def work(program: Program) -> tuple[VectorStore, ...]:
        return await program.knowledge.stores()

    stores = invocation.run(work)
    if json:
        print_json(
            [
                {"id": s.id, "name": s.name, "files": s.counts.total, "failed": s.counts.failed, "bytes": s.bytes}
                for s in stores
            ]
        )
        return
    if not stores:
        err.print(text("no_stores"))
        return
    table = Table(text("name"), text("files"), text("failed"), text("size"), text("id"))
    for s in stores:
        table.add_row(s.name, str(s.counts.total), str(s.counts.failed), f"{s.bytes / 1e6:.1f} MB", s.id)
    out.print(table)


def _as_json(passage: Passage) -> dict[str, object]:
    return {
        "score": passage.score,
        "file": passage.file_name,
        "file_id": passage.file_id,
        "store_id": passage.store_id,
        "page": passage.anchor.page,
        "sheet": passage.anchor.sheet,
        "row": passage.anchor.row,
        "headings": list(passage.anchor.headings),
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
    }
