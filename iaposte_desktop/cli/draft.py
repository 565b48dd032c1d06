from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iaposte_desktop.application.explain import explain
from iaposte_desktop.application.templates import Template
from iaposte_desktop.cli.choosing import assistant_named
from iaposte_desktop.cli.console import EXIT_REFUSED, Invocation, err, print_json
from iaposte_desktop.cli.report import print_run, run_as_json
from iaposte_desktop.cli.texts import language, text
from iaposte_desktop.domain.runs import RunStatus

if TYPE_CHECKING:
    from iaposte_desktop.application.program import Program
    from iaposte_desktop.domain.runs import Run
    from iaposte_desktop.domain.threads import Customer


def draft(
    context: typer.Context,
    mail: Annotated[Path, typer.Argument(help="The customer's mail (.eml).")],
    assistant: Annotated[str | None, typer.Option(help="Name or id; else the thread's or the default one.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the run as JSON.")] = False,
) -> None:
    """Import a mail and draft a cited reply to it. It joins your threads; nothing is sent to the customer."""
    invocation: Invocation = context.obj

    async def work(program: Program) -> tuple[Customer, Run]:
        await _ensure_assistant(program)
        assistant_id = await assistant_named(program, assistant) if assistant else None
        imported = await program.threads.import_mail(mail)
        if imported.is_known:
            err.print(text("known_mail"))
        run = await program.drafting.draft_reply(imported.thread_id, assistant_id)
        return (await program.threads.open(imported.thread_id)).customer, run

    customer, run = invocation.run(work)
    print_json(run_as_json(run)) if json else print_run(customer, run)
    if run.error is not None:
        err.print(str(explain(run.error, language())))
    if run.status is not RunStatus.COMPLETED:
        raise typer.Exit(EXIT_REFUSED)


async def _ensure_assistant(program: Program) -> None:
    """The first draft of a new profile needs an assistant: the e-mail template, with every store."""
    if await program.assistants.list():
        return
    made = await program.assistants.create_from_template(Template.EMAIL_REPLY, language())
    stores = tuple(store.id for store in await program.knowledge.stores())
    await program.assistants.save_version(made.id, replace(made.version.settings, vector_store_ids=stores))
    err.print(text("assistant_made", made.name))
