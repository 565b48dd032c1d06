from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iaposte_desktop.application.explain import explain
from iaposte_desktop.application.templates import Template
from iaposte_desktop.cli.choosing import assistant_named, model_named
from iaposte_desktop.cli.console import EXIT_REFUSED, Invocation, err, print_json
from iaposte_desktop.cli.report import print_run, run_as_json
from iaposte_desktop.cli.texts import language, text
from iaposte_desktop.domain.runs import RunOverrides, RunStatus

if TYPE_CHECKING:
    from iaposte_desktop.application.program import Program
    from iaposte_desktop.domain.runs import Run
    from iaposte_desktop.domain.threads import Customer


def draft(
    context: typer.Context,
    mail: Annotated[Path, typer.Argument(help="The customer's mail (.eml).")],
    assistant: Annotated[str | None, typer.Option(help="Name or id; else the thread's or the default one.")] = None,
    model: Annotated[str | None, typer.Option(metavar="CONNECTION[/MODEL]", help="Ask this model, this once.")] = None,
    instructions: Annotated[str, typer.Option(help="Follow these after the assistant's own, this once.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print the run as JSON.")] = False,
) -> None:
    """Import a mail and draft a cited reply to it. It joins your threads; nothing is sent to the customer.

    Where a draft of this thread was under way when the program last ended, and its server still has it, that one is
    waited for."""
    invocation: Invocation = context.obj

    async def work(program: Program) -> tuple[Customer, Run, bool]:
        await _ensure_assistant(program)
        assistant_id = await assistant_named(program, assistant) if assistant else None
        imported = await program.threads.import_mail(mail)
        if imported.is_known:
            err.print(text("known_mail"))
        if (resuming := program.resuming(imported.thread_id)) is not None:
            err.print(text("resumed"))
            run = await resuming
        else:
            chosen = model_named(program, model) if model else None
            overrides = RunOverrides(additional_instructions=instructions, model=chosen)
            run = await program.drafting.draft_reply(imported.thread_id, assistant_id, overrides)
        customer = (await program.threads.open(imported.thread_id)).customer
        return customer, run, program.drafting.capabilities_of(run.answering_model).is_language_model

    customer, run, is_language_model = invocation.run(work)
    print_json(run_as_json(run)) if json else print_run(customer, run, is_language_model=is_language_model)
    if run.error is not None:
        err.print(str(explain(run.error, language())))
    elif run.status is not RunStatus.COMPLETED:
        err.print(text(f"ended.{run.status}", run.incomplete_reason))
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
