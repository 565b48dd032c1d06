"""A program with a connection to a server of this machine, and a thread that its model is to answer."""

from __future__ import annotations

from benchmarks.servers import MODEL
from iaposte_desktop.application.program import Program
from iaposte_desktop.domain.assistants import AssistantSettings, ModelRef
from iaposte_desktop.domain.connections import Connection, ConnectionKind

CONNECTION = "con_bench"


async def connected(program: Program, base_url: str, *, has_vector_stores: bool = False) -> tuple[str, str]:
    """The ids of the thread and of the assistant."""
    await program.connections.save(
        Connection(
            CONNECTION,
            "Bench",
            ConnectionKind.LOCAL,
            base_url=base_url,
            default_model=MODEL,
            has_vector_stores=has_vector_stores,
        )
    )
    mail = await program.threads.import_text(
        "How long does a refund take?", sender_name="Ada", sender_address="ada@example.org"
    )
    settings = AssistantSettings("Bench", ModelRef(CONNECTION, MODEL), instructions="Answer.")
    assistant = await program.assistants.create(settings)
    return mail.thread_id, assistant.id
