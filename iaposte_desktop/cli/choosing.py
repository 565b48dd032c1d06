"""Things by the name or id a person typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.cli.console import refuse
from iaposte_desktop.domain.assistants import ModelRef

if TYPE_CHECKING:
    from iaposte_desktop.application.program import Program
    from iaposte_desktop.domain.connections import Connection
    from iaposte_desktop.domain.knowledge import VectorStore


async def assistant_named(program: Program, name: str) -> str:
    """The id. Ends the command where there is none."""
    for assistant in await program.assistants.list():
        if name == assistant.id or name.casefold() == assistant.name.casefold():
            return assistant.id
    raise refuse("no_such_assistant", name)


def connection_named(program: Program, name: str) -> Connection:
    """On the program's loop. Ends the command where there is none."""
    for connection in program.connections.list():
        if name == connection.id or name.casefold() == connection.name.casefold():
            return connection
    raise refuse("no_such_connection", name)


def model_named(program: Program, name: str) -> ModelRef:
    """`CONNECTION/MODEL`, or a connection alone for its default model. On the program's loop. Ends the command where
    there is no such connection."""
    connection, _, model = name.partition("/")
    return ModelRef(connection_named(program, connection).id, model)


async def store_named(program: Program, name: str) -> VectorStore | None:
    for store in await program.knowledge.stores():
        if is_named(store, name):
            return store
    return None


def is_named(store: VectorStore, name: str) -> bool:
    return name == store.id or name.casefold() == store.name.casefold()
