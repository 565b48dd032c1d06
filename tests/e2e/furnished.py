"""A profile with one file of knowledge, and an assistant for each way to a model: what these tests begin with."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from iaposte_desktop.application.templates import Template, settings_of
from iaposte_desktop.domain.assistants import ModelRef
from iaposte_desktop.domain.connections import ApiProtocol, Connection, ConnectionKind
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.domain.secrets import Secret
from iaposte_desktop.launch import session
from iaposte_desktop.platform.paths import Profile

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.application.program import Program

KNOWLEDGE: Final = (
    "A refund takes ten working days after we received the parcel, and reaches the account or the card that paid the "
    "order; a refund of a gift card takes two working days, since the card is only charged again with its value, and "
    "one that was paid on delivery needs the number of an account, which the customer is asked for in a mail of its "
    "own.\n"
)
MAIL: Final = (
    "From: Ada Key <ada@example.com>\nTo: shop@example.com\nSubject: Refund\nMessage-ID: <1@example.com>\n\n"
    "How many working days does a refund take after you received the parcel?\n"
)


@dataclass(frozen=True, slots=True)
class Way:
    """The assistant `name` asks the model over `protocol`, None: the one of this machine. `is_hosted`: the server
    searches the file itself."""

    name: str
    protocol: ApiProtocol | None
    is_background: bool = False
    is_hosted: bool = False

    @property
    def provider(self) -> str:
        return f"con_{self.protocol}" if self.protocol else "embedded"


BUILT_IN: Final = Way("built in", None)
RESPONSES: Final = Way("responses", ApiProtocol.RESPONSES)
BACKGROUND: Final = Way("responses in the background", ApiProtocol.RESPONSES, is_background=True)
CHAT: Final = Way("chat_completions", ApiProtocol.CHAT_COMPLETIONS)
ASSISTANTS: Final = Way("assistants_v2", ApiProtocol.ASSISTANTS_V2)
WAYS: Final = (
    BUILT_IN,
    RESPONSES,
    BACKGROUND,
    CHAT,
    ASSISTANTS,
    Way("responses, searched there", ApiProtocol.RESPONSES, is_hosted=True),
)


def connection_over(protocol: ApiProtocol, base_url: str, kind: ConnectionKind = ConnectionKind.LOCAL) -> Connection:
    return Connection(
        f"con_{protocol}",
        protocol.value,
        kind,
        protocol,
        base_url=base_url,
        default_model="toy-1",
        has_vector_stores=protocol is ApiProtocol.RESPONSES,
    )


async def furnish(
    program: Program, folder: Path, base_url: str, *, kind: ConnectionKind = ConnectionKind.LOCAL, key: str = ""
) -> None:
    """`folder` gets the file."""
    file = folder / "refunds.txt"
    file.write_text(KNOWLEDGE, encoding="utf-8")
    for protocol in ApiProtocol:
        await program.connections.save(connection_over(protocol, base_url, kind), Secret(key) if key else None)
    here = await program.knowledge.create(StoreDetails("Here"))
    there = await program.knowledge.create(StoreDetails("There"), RESPONSES.provider)
    for store in (here, there):
        await program.knowledge.upload(store.id, [file])
    for way in WAYS:
        settings = settings_of(Template.EMAIL_REPLY, "en", ModelRef(way.provider, "toy-1" if way.protocol else ""))
        await program.assistants.create(
            replace(
                settings,
                name=way.name,
                vector_store_ids=(there.id if way.is_hosted else here.id,),
                generation=replace(settings.generation, background=way.is_background),
            )
        )


def furnished(folder: Path, base_url: str) -> Path:
    """The folder of the profile, closed; the mail lies beside it."""
    (folder / "mail.eml").write_text(MAIL, encoding="utf-8")

    async def fill() -> None:
        with session(Profile.at(folder / "profile")) as held:
            program = await held.open_program()
            try:
                await furnish(program, folder, base_url)
            finally:
                await program.aclose()

    asyncio.run(fill())
    return folder / "profile"
