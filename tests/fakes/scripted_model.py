"""`ModelProvider` as a script: rounds of events, with the faults that real providers have."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from iaposte_desktop.domain.errors import ProviderError, RequestRefused
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.domain.usage import Usage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterator

    from iaposte_desktop.domain.citations import Source

MODEL = mp.ModelInfo("scripted-1", context_tokens=8_000)
LOCAL = mp.ModelCapabilities(is_remote=False)
REMOTE = mp.ModelCapabilities(is_remote=True)


@dataclass(frozen=True, slots=True)
class Until:
    """The stream says nothing until `event` is set."""

    event: asyncio.Event


@dataclass(frozen=True, slots=True)
class Pause:
    seconds: float


@dataclass(frozen=True, slots=True)
class Call:
    """Something happens at this point of the stream."""

    action: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Hang:
    """The stream says nothing more until it is closed."""


@dataclass(frozen=True, slots=True)
class Raise:
    error: BaseException


Beat: TypeAlias = mp.ProviderEvent | Until | Pause | Call | Hang | Raise
Round: TypeAlias = Sequence[Beat] | Callable[[mp.GenerationRequest], Sequence[Beat]]


class ScriptedModel:
    """Plays one round a generation; a round that does not end with a terminal event is a stream that was cut. A round
    may be a function of the request. More generations than rounds is a defect of the test; `repeat` plays the last one
    again instead. `resumed` is what `resume` plays, from the start.

    `requests` are those it got, `counted` those it was to count, `resumes` and `cancelled` the handles; `opened` and
    `closed` count streams: one that nobody closed keeps them apart.
    """

    def __init__(
        self,
        *rounds: Round,
        name: str = "scripted",
        capabilities: mp.ModelCapabilities = LOCAL,
        input_tokens: int | None = None,
        repeat: bool = False,
        resumed: Round | None = None,
    ) -> None:
        self._rounds = rounds
        self._name = name
        self._capabilities = capabilities
        self._input_tokens = input_tokens
        self._repeat = repeat
        self._resumed = resumed
        self.requests: list[mp.GenerationRequest] = []
        self.counted: list[mp.GenerationRequest] = []
        self.resumes: list[str] = []
        self.cancelled: list[str] = []
        self.opened = 0
        self.closed = 0
        self.is_closed = False

    @property
    def name(self) -> str:
        return self._name

    @property
    def capabilities(self) -> mp.ModelCapabilities:
        return self._capabilities

    async def models(self) -> tuple[mp.ModelInfo, ...]:
        return (MODEL,)

    async def generate(self, request: mp.GenerationRequest) -> AsyncGenerator[mp.ProviderEvent, None]:
        number = len(self.requests)
        self.requests.append(request)
        assert self._repeat or number < len(self._rounds), f"no round {number + 1} in the script"
        played = self._rounds[min(number, len(self._rounds) - 1)]
        async with aclosing(self._played(played(request) if callable(played) else played)) as events:
            async for event in events:
                yield event

    async def _played(self, beats: Sequence[Beat]) -> AsyncGenerator[mp.ProviderEvent, None]:
        self.opened += 1
        try:
            for beat in beats:
                match beat:
                    case Until(event):
                        await event.wait()
                    case Pause(seconds):
                        await asyncio.sleep(seconds)
                    case Call(action):
                        action()
                    case Hang():
                        await asyncio.Event().wait()
                    case Raise(error):
                        raise error
                    case _:
                        yield beat
        finally:
            self.closed += 1

    async def resume(self, handle: str) -> AsyncGenerator[mp.ProviderEvent, None]:
        self.resumes.append(handle)
        if self._resumed is None or callable(self._resumed):
            raise RequestRefused(f"{handle}: not kept")
        async with aclosing(self._played(self._resumed)) as events:
            async for event in events:
                yield event

    async def cancel(self, handle: str) -> None:
        self.cancelled.append(handle)

    async def count_input_tokens(self, request: mp.GenerationRequest) -> int | None:
        self.counted.append(request)
        return self._input_tokens

    async def aclose(self) -> None:
        self.is_closed = True


def search_call(query: str, call_id: str = "call_1") -> tuple[mp.ToolCall, mp.Completed]:
    """The end of a round that asks for a search."""
    return mp.ToolCall(call_id, mp.SEARCH_KNOWLEDGE.name, {"query": query}), mp.Completed()


def quoting(request: mp.GenerationRequest) -> Sequence[Beat]:
    """A round as a well-behaved model plays it: ask for a search, then quote each source found, or say that there is
    none. Works for requests of any shape."""
    return tuple(_quoting(request))


def _quoting(request: mp.GenerationRequest) -> Iterator[Beat]:
    yield mp.Started()
    if request.model != MODEL.id:
        yield mp.Failed(ProviderError(f"no model {request.model!r}").info)
        return
    mails = [item for item in request.items if isinstance(item, mp.CustomerMail)]
    results = [item for item in request.items if isinstance(item, mp.ToolResult)]
    question = mails[-1].text.strip() if mails else ""
    if request.tools and question and not results:
        yield mp.FoundQuestions((question,))
        yield from search_call(question)
        return
    sources = [source for result in results for source in result.sources]
    for source in sources:
        yield from _quoted(source)
    if not sources:
        yield mp.FoundNothingFor(question)
        yield mp.TextDelta(f"∅ {question}\n")
    yield mp.UsageReport(Usage(input_tokens=10, output_tokens=5, estimated=True))
    yield mp.Completed()


def _quoted(source: Source) -> Iterator[Beat]:
    quote = source.passage.text.partition("\n")[0]
    for piece in (quote, " ", f"[{source.number}]"):
        yield mp.TextDelta(piece)
    yield mp.Cited(source.number, quote)
    yield mp.TextDelta("\n")
