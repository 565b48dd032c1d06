from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from iaposte_desktop.domain.connections import ApiProtocol, Connection, ConnectionKind
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.providers.chat_completions.provider import ChatCompletionsProvider
from iaposte_desktop.providers.wire import Wire
from tests.fakes.secrets import MemorySecrets
from tests.fakes.toy_openai.faults import Events, Fault, Sent
from tests.fakes.toy_openai.messages import Event
from tests.fakes.toy_openai.server import ToyOpenAI

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

CREATE = "POST /chat/completions"
MAIL = mp.CustomerMail("Refund", "How long does a refund take?")
REQUEST = mp.GenerationRequest("toy-1", "Answer.", (MAIL,), mp.ReplyContext("en", "Ada"))


@dataclass(frozen=True, slots=True)
class Says(Fault):
    """The server's stream holds `chunks` alone: what other servers make of the protocol."""

    chunks: Sequence[Any]
    is_ended: bool = True

    async def sent(self, events: Events) -> AsyncIterator[Sent]:
        for chunk in self.chunks:
            yield Event(chunk)
        if self.is_ended:
            yield Event("[DONE]")


@dataclass(slots=True)
class Desk:
    provider: ChatCompletionsProvider
    toy: ToyOpenAI

    async def events(self, request: mp.GenerationRequest = REQUEST) -> list[mp.ProviderEvent]:
        return [event async for event in self.provider.generate(request)]

    async def events_of(self, *chunks: Any, is_ended: bool = True) -> list[mp.ProviderEvent]:
        """Of a server that says these chunks."""
        self.toy.fail(Says(chunks, is_ended), on=CREATE)
        return await self.events()

    @property
    def bodies(self) -> list[Any]:
        return [request.json for request in self.toy.requests if request.path == "/chat/completions"]


@pytest.fixture
def toy() -> Iterator[ToyOpenAI]:
    with ToyOpenAI() as toy:
        yield toy
        assert toy.invalid == []


@pytest.fixture
async def desk(toy: ToyOpenAI) -> AsyncIterator[Desk]:
    connection = Connection(
        "con_1", "Toy", ConnectionKind.COMPATIBLE, ApiProtocol.CHAT_COMPLETIONS, base_url=toy.base_url
    )
    provider = ChatCompletionsProvider(Wire(connection, MemorySecrets({connection.key_name: "sk-toy"})))
    yield Desk(provider, toy)
    await provider.aclose()


def delta(finish_reason: str | None = None, **said: Any) -> dict[str, Any]:
    """A chunk."""
    return {"object": "chat.completion.chunk", "choices": [{"index": 0, "delta": said, "finish_reason": finish_reason}]}


def text_of(events: Sequence[mp.ProviderEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, mp.TextDelta))


def thought_of(events: Sequence[mp.ProviderEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, mp.ReasoningDelta))


def calls_of(events: Sequence[mp.ProviderEvent]) -> list[mp.ToolCall]:
    return [event for event in events if isinstance(event, mp.ToolCall)]
