"""`iaposte connections`: where models are reached. A key is typed unseen or read from standard input; as an argument or
in a variable every other program could read it."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.table import Table

from iaposte_desktop.application.connections import is_in_the_clear
from iaposte_desktop.application.explain import explain
from iaposte_desktop.cli.choosing import connection_named
from iaposte_desktop.cli.console import Invocation, err, out, print_json, refuse
from iaposte_desktop.cli.texts import language, text
from iaposte_desktop.domain.connections import ApiProtocol, Connection, ConnectionKind
from iaposte_desktop.domain.errors import ProviderError
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.ports.secrets import Keeping
from iaposte_desktop.domain.secrets import Secret

if TYPE_CHECKING:
    from iaposte_desktop.application.connections import Saved
    from iaposte_desktop.application.program import Program
    from iaposte_desktop.domain.connections import ConnectionReport, LocalServer

app = typer.Typer(help="Connections: servers where models are reached.", no_args_is_help=True)

BUILT_IN: Final = "built-in"
_WITH_KEY: Final = frozenset({ConnectionKind.OPENAI, ConnectionKind.AZURE})

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
NameArgument = Annotated[str, typer.Argument(help="Name or id of the connection.")]


@app.command("list")
def list_connections(context: typer.Context, json: JsonOption = False) -> None:
    """The connections, which one drafts use, and which have a key."""
    invocation: Invocation = context.obj

    async def work(program: Program) -> list[dict[str, Any]]:
        default = program.connections.default_id
        return [
            _as_json(each, is_default=each.id == default, has_key=await program.connections.has_key(each))
            for each in program.connections.list()
        ]

    found = invocation.run(work)
    if json:
        print_json(found)
        return
    if not found:
        err.print(text("no_connections"))
        return
    headings = ("name", "kind", "address", "protocol", "model", "key", "default")
    table = Table(*(text(heading) for heading in headings))
    for each in found:
        key, default = (text("yes") if each[name] else "" for name in ("has_key", "is_default"))
        table.add_row(each["name"], each["kind"], each["url"], each["protocol"], each["default_model"], key, default)
    out.print(table)


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="As you will see it in lists.")],
    kind: Annotated[ConnectionKind, typer.Option(help="What is at the other end.")],
    url: Annotated[str, typer.Option(help="Address, such as https://server/v1; OpenAI has its own.")] = "",
    protocol: Annotated[ApiProtocol | None, typer.Option(help="Else what the test finds.")] = None,
    region: Annotated[str, typer.Option(help="OpenAI: where your account keeps its data (eu, us, …).")] = "",
    proxy: Annotated[str, typer.Option(help="Such as http://proxy:8080; else the system's.")] = "",
    ca_file: Annotated[Path | None, typer.Option(help="Further root certificates (PEM).")] = None,
    model: Annotated[str, typer.Option(help="Its default model; else the first it offers.")] = "",
    default: Annotated[bool, typer.Option("--default", help="Use it for drafts.")] = False,
    key_stdin: Annotated[bool, typer.Option("--key-stdin", help="Read the key from standard input.")] = False,
    no_test: Annotated[bool, typer.Option("--no-test", help="Save it without asking the server.")] = False,
) -> None:
    """Add a connection once its server has answered. The key is asked for, and kept in the system's keyring."""
    invocation: Invocation = context.obj
    fallback = ApiProtocol.RESPONSES if kind in _WITH_KEY else ApiProtocol.CHAT_COMPLETIONS
    wanted = Connection(
        new_id("conn"),
        name,
        kind,
        protocol or fallback,
        base_url=url,
        region=region,
        proxy=proxy,
        ca_file=str(ca_file.resolve()) if ca_file else "",
        default_model=model,
    )
    key = _key(kind, from_stdin=key_stdin)

    async def work(program: Program) -> Saved:
        if any(each.name.casefold() == name.casefold() for each in program.connections.list()):
            raise refuse("connection_exists", name)
        found = wanted if no_test else await _tested(program, wanted, key, protocol)
        saved = await program.connections.save(found, key)
        if default:
            program.connections.make_default(found.id)
        return saved

    if is_in_the_clear(wanted):
        err.print(text("in_the_clear"))
    saved = invocation.run(work)
    out.print(text("connection_saved", name))
    if saved.keeping is Keeping.SESSION:
        raise refuse("key_not_kept")


@app.command()
def test(context: typer.Context, connection: NameArgument) -> None:
    """Ask a connection's server what it offers. Nothing that is billed is sent."""
    invocation: Invocation = context.obj

    async def work(program: Program) -> ConnectionReport:
        return await _report(program, connection_named(program, connection), None)

    report = invocation.run(work)
    for info in report.models:
        out.print(info.id)


@app.command()
def remove(context: typer.Context, connection: NameArgument) -> None:
    """Forget a connection and its key. What lies at the server stays there."""
    invocation: Invocation = context.obj

    async def work(program: Program) -> str:
        found = connection_named(program, connection)
        await program.connections.delete(found.id)
        return found.name

    out.print(text("connection_removed", invocation.run(work)))


@app.command("default")
def make_default(
    context: typer.Context,
    connection: Annotated[str, typer.Argument(help=f"Name or id; {BUILT_IN} for the model of this machine.")],
) -> None:
    """Choose what assistants ask that name no model of their own."""
    invocation: Invocation = context.obj

    async def work(program: Program) -> None:
        chosen = "" if connection == BUILT_IN else connection_named(program, connection).id
        program.connections.make_default(chosen)

    invocation.run(work)
    out.print(text("default_is", connection))


@app.command()
def local(context: typer.Context, json: JsonOption = False) -> None:
    """Look for servers that run on this machine."""
    invocation: Invocation = context.obj

    async def work(program: Program) -> tuple[LocalServer, ...]:
        return await program.connections.local_servers()

    found = invocation.run(work)
    if json:
        print_json([{"name": each.name, "url": each.base_url, "models": list(each.models)} for each in found])
        return
    if not found:
        err.print(text("no_servers"))
        return
    table = Table(text("name"), text("address"), text("models"))
    for each in found:
        table.add_row(each.name, each.base_url, ", ".join(each.models))
    out.print(table)


def _key(kind: ConnectionKind, *, from_stdin: bool) -> Secret | None:
    if from_stdin:
        typed = sys.stdin.readline()
    elif kind in _WITH_KEY or (kind is ConnectionKind.COMPATIBLE and sys.stdin.isatty()):
        question = text("key_question" if kind in _WITH_KEY else "key_question_optional")
        typed = typer.prompt(question, default="", show_default=False, hide_input=True, err=True)
    else:
        typed = ""
    return Secret(typed.strip()) if typed.strip() else None


async def _tested(
    program: Program, connection: Connection, key: Secret | None, protocol: ApiProtocol | None
) -> Connection:
    """As its server was found to be; what the user chose stays."""
    try:
        report = await _report(program, connection, key)
    except ProviderError as error:
        err.print(str(explain(error, language())))
        raise refuse("connection_not_saved") from error
    chosen = protocol or report.best_protocol or connection.protocol
    return replace(connection, protocol=chosen, has_vector_stores=report.has_vector_stores)


async def _report(program: Program, connection: Connection, key: Secret | None) -> ConnectionReport:
    report = await program.connections.test(connection, key)
    families = ", ".join(protocol for protocol in ApiProtocol if protocol in report.protocols)
    stores = text("with_stores" if report.has_vector_stores else "without_stores")
    err.print(text("server_answers", families, len(report.models), stores))
    return report


def _as_json(connection: Connection, *, is_default: bool, has_key: bool) -> dict[str, Any]:
    return {
        "id": connection.id,
        "name": connection.name,
        "kind": connection.kind.value,
        "url": connection.url,
        "protocol": connection.protocol.value,
        "default_model": connection.default_model,
        "has_vector_stores": connection.has_vector_stores,
        "is_default": is_default,
        "has_key": has_key,
    }
