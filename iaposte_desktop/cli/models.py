"""`iaposte models`: what can be chosen, and what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from iaposte_desktop.application.explain import explain
from iaposte_desktop.cli.console import EXIT_REFUSED, Invocation, err, out, print_json
from iaposte_desktop.cli.texts import language, text

if TYPE_CHECKING:
    from decimal import Decimal

    from iaposte_desktop.application.models import ModelChoice, ModelList
    from iaposte_desktop.application.program import Program


def models(context: typer.Context, json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """The models of every connection: context, price per million tokens, last day. Exit code 1 when one is silent."""
    invocation: Invocation = context.obj

    async def work(program: Program) -> tuple[ModelList, dict[str, str]]:
        listed = await program.models.list()
        return listed, {provider: program.connections.name_of(provider) or provider for provider in listed.failures}

    listed, names = invocation.run(work)
    if json:
        print_json([_as_json(choice) for choice in listed.choices])
    else:
        _print(listed)
    for provider, error in listed.failures.items():
        err.print(f"{names[provider]}: {explain(error, language())}")
    if listed.failures:
        raise typer.Exit(EXIT_REFUSED)


def _print(listed: ModelList) -> None:
    headings = ("connection", "model", "context", "price_in", "price_out", "ends_on")
    table = Table(*(text(heading) for heading in headings))
    for choice in listed.choices:
        info, price = choice.info, choice.price
        table.add_row(
            choice.connection or text("built_in"),
            info.id,
            "" if info.context_tokens is None else f"{info.context_tokens:,}".replace(",", " "),
            _amount(choice, price.input if price else None),
            _amount(choice, price.output if price else None),
            "" if info.shutdown_date is None else info.shutdown_date.isoformat(),
        )
    out.print(table)


def _amount(choice: ModelChoice, usd: Decimal | None) -> str:
    if choice.is_free:
        return text("free")
    return text("unknown_price") if usd is None else f"{usd:f} $"


def _as_json(choice: ModelChoice) -> dict[str, Any]:
    info, price = choice.info, choice.price
    return {
        "connection": choice.connection,
        "provider": choice.ref.provider,
        "model": choice.ref.model,
        "context_tokens": info.context_tokens,
        "is_free": choice.is_free,
        "usd_per_million_input": None if price is None else str(price.input),
        "usd_per_million_output": None if price is None else str(price.output),
        "ends_on": None if info.shutdown_date is None else info.shutdown_date.isoformat(),
    }
