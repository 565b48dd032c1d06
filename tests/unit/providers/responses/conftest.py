from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest

from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.providers.responses.background import Patience
from iaposte_desktop.providers.responses.provider import ResponsesProvider
from iaposte_desktop.providers.wire import Wire
from tests.fakes.secrets import MemorySecrets
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.unit.providers.responses.saying import Says

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence

CREATE = "POST /responses"
RETRIEVE = "GET /responses/{response_id}"
MAIL = mp.CustomerMail("Refund", "How long does a refund take?")
REQUEST = mp.GenerationRequest("toy-1", "Answer.", (MAIL,), mp.ReplyContext("en", "Ada"))
IN_BACKGROUND = replace(REQUEST, background=True)
WITH_TOOLS = replace(REQUEST, tools=(mp.SEARCH_KNOWLEDGE,))
QUICK = Patience(silence=0.5, pause=0.01, longest_pause=0.02, tries=3)


@dataclass(slots=True)
class Desk:
    provider: ResponsesProvider
    toy: ToyOpenAI
    wire: Wire
    heard: list[mp.ProviderEvent] = field(default_factory=list)
    """Of the last generation, even of one that raised."""

    async def events(self, request: mp.GenerationRequest = REQUEST) -> list[mp.ProviderEvent]:
        self.heard = []
        async for event in self.provider.generate(request):
            self.heard.append(event)
        return self.heard

    async def events_of(self, *said: Any, request: mp.GenerationRequest = REQUEST) -> list[mp.ProviderEvent]:
        """Of a server whose stream holds these events alone."""
        self.toy.fail(Says(said), on=CREATE)
        return await self.events(request)

    async def resumed(self, handle: str) -> list[mp.ProviderEvent]:
        return [event async for event in self.provider.resume(handle)]

    @property
    def bodies(self) -> list[Any]:
        return [request.json for request in self.toy.requests if request.path == "/responses"]

    @property
    def posts(self) -> int:
        return self.toy.count("POST", "/responses")


@pytest.fixture
def toy() -> Iterator[ToyOpenAI]:
    with ToyOpenAI() as toy:
        toy.background_seconds = 0.0
        yield toy
        assert toy.invalid == []


@pytest.fixture
async def desk(toy: ToyOpenAI) -> AsyncIterator[Desk]:
    connection = Connection("con_1", "Toy", ConnectionKind.COMPATIBLE, base_url=toy.base_url, has_vector_stores=True)
    wire = Wire(connection, MemorySecrets({connection.key_name: "sk-toy"}))
    provider = ResponsesProvider(wire, patience=QUICK)
    yield Desk(provider, toy, wire)
    await provider.aclose()


async def two_stores(desk: Desk) -> tuple[str, str]:
    """The ids of empty ones at the server."""
    client = await desk.wire.client()
    first, second = [(await client.vector_stores.create(name=name)).id for name in ("Returns", "Cards")]
    return first, second


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - another thread's list sends no event
            await asyncio.sleep(0.005)


def text_of(events: Sequence[mp.ProviderEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, mp.TextDelta))


def those(events: Sequence[mp.ProviderEvent], kind: type[Any]) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]
