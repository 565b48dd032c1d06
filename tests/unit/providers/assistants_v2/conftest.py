from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest

from iaposte_desktop.domain.connections import ApiProtocol, Connection, ConnectionKind
from iaposte_desktop.domain.knowledge import Passage
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.providers.assistants_v2.provider import AssistantsProvider
from iaposte_desktop.providers.wire import Wire
from tests.fakes.secrets import MemorySecrets
from tests.fakes.toy_openai.server import ToyOpenAI

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

    from iaposte_desktop.providers.hosted import Hit, HostedPassages

CREATE = "POST /threads/runs"
LOOK = "GET /threads/{thread_id}/runs/{run_id}"
STEPS = "GET /threads/{thread_id}/runs/{run_id}/steps"
MESSAGE = "GET /threads/{thread_id}/messages/{message_id}"
SUBMIT = "POST /threads/{thread_id}/runs/{run_id}/submit_tool_outputs"
CANCEL = "POST /threads/{thread_id}/runs/{run_id}/cancel"
DELETE = "DELETE /threads/{thread_id}"

MAIL = mp.CustomerMail("Refund", "How long does a refund take?")
REQUEST = mp.GenerationRequest("toy-1", "Answer.", (MAIL,), mp.ReplyContext("en", "Ada"))
SEARCHING = replace(REQUEST, tools=(mp.SEARCH_KNOWLEDGE,))


class Places:
    """Finds every hit at character 7 of its file; `asked` are the stores it was told of."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []

    async def placed(self, hits: Sequence[Hit], store_ids: Sequence[str]) -> tuple[Passage, ...]:
        self.asked.append(tuple(store_ids))
        return tuple(
            Passage(store_ids[0], hit.file_id, hit.file_name, hit.text, 7, 7 + len(hit.text), hit.score) for hit in hits
        )


@dataclass(slots=True)
class Desk:
    """The server's time goes on only while the provider sleeps: `pauses` are how long it did."""

    toy: ToyOpenAI
    has_vector_stores: bool = False
    now: float = 0.0
    pauses: list[float] = field(default_factory=list)
    providers: list[AssistantsProvider] = field(default_factory=list)

    def opened(self, stores: HostedPassages | None = None, closing_seconds: float = 5.0) -> AssistantsProvider:
        """As after a restart."""
        connection = Connection(
            "con_1", "Toy", ConnectionKind.COMPATIBLE, ApiProtocol.ASSISTANTS_V2, base_url=self.toy.base_url
        )
        wire = Wire(
            replace(connection, has_vector_stores=self.has_vector_stores),
            MemorySecrets({connection.key_name: "sk-toy"}),
        )
        self.providers.append(AssistantsProvider(wire, stores, sleep=self.sleep, closing_seconds=closing_seconds))
        return self.providers[-1]

    @property
    def provider(self) -> AssistantsProvider:
        return self.providers[0] if self.providers else self.opened()

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)

    async def events(self, request: mp.GenerationRequest = REQUEST) -> list[mp.ProviderEvent]:
        return [event async for event in self.provider.generate(request)]

    async def started(self, request: mp.GenerationRequest = REQUEST) -> str:
        """The handle of a run whose listener has left."""
        events = self.provider.generate(request)
        started = await anext(events)
        await events.aclose()
        assert isinstance(started, mp.Started)
        assert started.handle
        return started.handle

    async def closed(self) -> None:
        """What goes on in the background has been done."""
        for provider in self.providers:
            await provider.aclose()
        self.providers.clear()

    @property
    def bodies(self) -> list[Any]:
        """Of the runs that were made."""
        return [each.json for each in self.toy.requests if (each.method, each.path) == ("POST", "/threads/runs")]

    def count(self, on: str) -> int:
        return self.toy.count(*on.split(" "))


@pytest.fixture
def toy() -> Iterator[ToyOpenAI]:
    with ToyOpenAI() as toy:
        yield toy
        assert toy.invalid == []


@pytest.fixture
async def desk(toy: ToyOpenAI) -> AsyncIterator[Desk]:
    desk = Desk(toy)
    toy.assistants.clock = lambda: desk.now
    toy.assistants.step_seconds = 0.1
    yield desk
    await desk.closed()


def text_of(events: Sequence[mp.ProviderEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, mp.TextDelta))


def calls_of(events: Sequence[mp.ProviderEvent]) -> list[mp.ToolCall]:
    return [event for event in events if isinstance(event, mp.ToolCall)]


def handle_of(events: Sequence[mp.ProviderEvent]) -> str:
    assert isinstance(events[0], mp.Started)
    return events[0].handle or ""


def answered(
    request: mp.GenerationRequest, calls: Sequence[mp.ToolCall], output: str = "[1] refund.txt\nTen days."
) -> mp.GenerationRequest:
    """The next round."""
    results = [mp.ToolResult(call.call_id, output) for call in calls]
    return replace(request, items=(*request.items, *calls, *results))
