"""What `ModelProvider` promises, sentence by sentence, of every implementation."""

from __future__ import annotations

import asyncio
import contextlib
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.citations import Source
from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.domain.errors import Delivery, ProviderError
from iaposte_desktop.domain.knowledge import Passage
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.engine.model.provider import ExtractiveModel
from iaposte_desktop.providers.assistants_v2.provider import AssistantsProvider
from iaposte_desktop.providers.chat_completions.provider import ChatCompletionsProvider
from iaposte_desktop.providers.responses.provider import ResponsesProvider
from iaposte_desktop.providers.wire import Wire
from tests.contract.closing import closing
from tests.contract.generating import generating_posts
from tests.fakes.scripted_model import ScriptedModel, quoting
from tests.fakes.secrets import MemorySecrets
from tests.fakes.toy_openai.faults import CutAfter
from tests.fakes.toy_openai.model import Answer, Call
from tests.fakes.toy_openai.models import KnownModel
from tests.fakes.toy_openai.server import ToyOpenAI

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence

MAIL = mp.CustomerMail("Refund", "Hello,\n\nHow long does a refund take?\n\nThank you,\nAda")
PASSAGES = (
    "A refund takes ten working days.\nIt reaches the account that paid the order.",
    "A refund of a gift card takes two working days.\nThe card is charged again.",
)
TERMINAL = (mp.Completed, mp.Incomplete, mp.Failed)
CONNECTED: dict[str, Callable[[Wire], mp.ModelProvider]] = {
    "responses": ResponsesProvider,
    "responses in the background": ResponsesProvider,
    "chat_completions": ChatCompletionsProvider,
    "assistants_v2": lambda wire: AssistantsProvider(wire, sleep=lambda _: asyncio.sleep(0.002)),
}
IMPLEMENTATIONS: dict[str, Callable[[], mp.ModelProvider]] = {
    "embedded": ExtractiveModel,
    "scripted": lambda: ScriptedModel(quoting, repeat=True),
}
RESUMABLE = ("responses in the background", "assistants_v2")
STREAMED = {
    "responses": "POST /responses",
    "responses in the background": "POST /responses",
    "chat_completions": "POST /chat/completions",
}


@dataclass(slots=True)
class Talk:
    """Rounds of one request, each search answered with the same sources. `is_left`: each is left once it has told its
    handle, and resumed."""

    provider: mp.ModelProvider
    request: mp.GenerationRequest
    sources: tuple[Source, ...]
    is_left: bool = False
    rounds: list[list[mp.ProviderEvent]] = field(default_factory=list)

    @property
    def events(self) -> list[mp.ProviderEvent]:
        return [event for events in self.rounds for event in events]

    @property
    def text(self) -> str:
        return "".join(event.text for event in self.events if isinstance(event, mp.TextDelta))

    async def to_the_end(self) -> Talk:
        for _ in range(8):
            events = await (self._resumed() if self.is_left else self._generated())
            self.rounds.append(events)
            calls = [event for event in events if isinstance(event, mp.ToolCall)]
            if not calls:
                return self
            answers = [mp.ToolResult(call.call_id, _output(self.sources), self.sources) for call in calls]
            self.request = replace(self.request, items=(*self.request.items, *calls, *answers))
        raise AssertionError("it kept calling")

    async def _generated(self) -> list[mp.ProviderEvent]:
        return [event async for event in self.provider.generate(self.request)]

    async def _resumed(self) -> list[mp.ProviderEvent]:
        async with closing(self.provider.generate(self.request)) as events:
            started = await anext(events)
        assert isinstance(started, mp.Started)
        assert started.handle is not None
        return [event async for event in self.provider.resume(started.handle)]


@pytest.fixture(params=[*IMPLEMENTATIONS, *CONNECTED])
async def provider(request: pytest.FixtureRequest) -> AsyncIterator[mp.ModelProvider]:
    if request.param in IMPLEMENTATIONS:
        made = IMPLEMENTATIONS[request.param]()
    else:
        toy: ToyOpenAI = request.getfixturevalue("serving")
        connection = Connection("con_toy", "Toy", ConnectionKind.COMPATIBLE, base_url=toy.base_url)
        made = CONNECTED[request.param](Wire(connection, MemorySecrets({connection.key_name: "sk-toy"})))
    yield made
    await made.aclose()


@pytest.fixture
def serving() -> Iterator[ToyOpenAI]:
    with ToyOpenAI() as toy:
        toy.background_seconds = 0.001
        toy.assistants.step_seconds = 0.001
        yield toy
        assert toy.invalid == []


@pytest.fixture
async def asked(provider: mp.ModelProvider, request: pytest.FixtureRequest) -> mp.GenerationRequest:
    """A request with a question that PASSAGES answer."""
    models = [model.id for model in await provider.models()]
    return mp.GenerationRequest(
        "toy-1" if "toy-1" in models else models[0],
        "Answer.",
        (MAIL,),
        mp.ReplyContext("en", "Ada"),
        (mp.SEARCH_KNOWLEDGE,),
        background="in the background" in request.node.callspec.id,
    )


@pytest.fixture
async def talk(provider: mp.ModelProvider, asked: mp.GenerationRequest) -> Talk:
    return await Talk(provider, asked, sources(*PASSAGES)).to_the_end()


def sources(*texts: str) -> tuple[Source, ...]:
    return tuple(
        Source(number, Passage("vs_1", f"file_{number}", f"{number}.txt", text, 0, len(text), 0.9))
        for number, text in enumerate(texts, 1)
    )


def _output(found: Sequence[Source]) -> str:
    return "\n\n".join(f"[{source.number}] {source.passage.text}" for source in found) or "[]"


async def test_names(provider: mp.ModelProvider) -> None:
    models = await provider.models()
    assert provider.name
    assert models
    assert len({model.id for model in models}) == len(models)


class TestRounds:
    async def test_exactly_one_terminal_event_and_it_is_the_last(self, talk: Talk) -> None:
        for events in talk.rounds:
            assert isinstance(events[-1], TERMINAL)
            assert sum(isinstance(event, TERMINAL) for event in events) == 1

    async def test_a_whole_talk_completes(self, talk: Talk) -> None:
        assert [type(events[-1]) for events in talk.rounds] == [mp.Completed] * len(talk.rounds)
        assert talk.text

    async def test_usage_at_most_once_a_round(self, talk: Talk) -> None:
        for events in talk.rounds:
            assert sum(isinstance(event, mp.UsageReport) for event in events) <= 1
        assert any(isinstance(event, mp.UsageReport) for event in talk.rounds[-1])

    async def test_started_is_the_first_or_never_comes(self, talk: Talk) -> None:
        for events in talk.rounds:
            assert not any(isinstance(event, mp.Started) for event in events[1:])

    async def test_it_may_be_asked_again(self, provider: mp.ModelProvider, asked: mp.GenerationRequest) -> None:
        for _ in range(2):
            again = await Talk(provider, asked, sources(*PASSAGES)).to_the_end()
            assert again.text

    async def test_several_at_the_same_time(self, provider: mp.ModelProvider, asked: mp.GenerationRequest) -> None:
        talks = [Talk(provider, asked, sources(text)) for text in PASSAGES]
        await asyncio.gather(*(talk.to_the_end() for talk in talks))
        assert [talk.rounds[-1][-1] for talk in talks] == [mp.Completed()] * 2
        assert talks[0].text != talks[1].text


class TestTools:
    async def test_calls_are_of_what_was_offered(self, talk: Talk) -> None:
        calls = [event for event in talk.events if isinstance(event, mp.ToolCall)]
        assert calls
        assert {call.name for call in calls} == {mp.SEARCH_KNOWLEDGE.name}
        assert len({call.call_id for call in calls}) == len(calls)
        assert all(isinstance(call.arguments["query"], str) and call.arguments["query"].strip() for call in calls)
        assert all(call.arguments.keys() == {"query"} for call in calls)

    async def test_what_was_not_offered_is_not_called(
        self, provider: mp.ModelProvider, asked: mp.GenerationRequest
    ) -> None:
        alone = await Talk(provider, replace(asked, tools=()), ()).to_the_end()
        assert len(alone.rounds) == 1


class TestCitations:
    async def test_each_follows_its_marker(self, talk: Talk) -> None:
        text = ""
        cited = 0
        for event in talk.events:
            if isinstance(event, mp.TextDelta):
                text += event.text
            elif isinstance(event, mp.Cited):
                cited += 1
                assert text.endswith(f"[{event.source}]")
        # A language model writes the markers alone: which words each stands on is the run loop's to find out.
        assert cited or talk.provider.capabilities.is_remote

    async def test_each_stands_on_words_of_its_source(self, talk: Talk) -> None:
        passages = {source.number: source.passage.text for source in talk.sources}
        cited = [event for event in talk.events if isinstance(event, mp.Cited)]
        assert all(event.quote.strip() and event.quote in passages[event.source] for event in cited)

    async def test_every_marker_is_cited_where_quotes_are_all_there_is(self, talk: Talk) -> None:
        markers = [int(number) for number in re.findall(r"\[(\d+)\]", talk.text)]
        cited = [event.source for event in talk.events if isinstance(event, mp.Cited)]
        assert talk.provider.capabilities.is_language_model or markers == cited

    async def test_nothing_is_cited_where_nothing_was_found(
        self, provider: mp.ModelProvider, asked: mp.GenerationRequest
    ) -> None:
        talk = await Talk(provider, asked, ()).to_the_end()
        assert not any(isinstance(event, mp.Cited) for event in talk.events)
        assert not re.search(r"\[\d+\]", talk.text)
        said_so = any(isinstance(event, mp.FoundNothingFor) for event in talk.events)
        assert said_so or talk.provider.capabilities.is_remote
        assert isinstance(talk.events[-1], mp.Completed)


class TestClosing:
    @pytest.mark.parametrize("after", [0, 1, 2, 3])
    async def test_it_stops_the_generation(
        self, provider: mp.ModelProvider, talk: Talk, asked: mp.GenerationRequest, after: int
    ) -> None:
        async with closing(provider.generate(talk.request)) as events:
            for _ in range(after):
                await anext(events)
        with pytest.raises(StopAsyncIteration):
            await anext(events)
        assert [event async for event in provider.generate(asked)]

    async def test_cancelling_who_listens_stops_it(self, provider: mp.ModelProvider, talk: Talk) -> None:
        heard: list[mp.ProviderEvent] = []
        begun = asyncio.Event()

        async def listen() -> None:
            async with closing(provider.generate(talk.request)) as events:
                async for event in events:
                    heard.append(event)
                    begun.set()
                    await asyncio.Event().wait()

        task = asyncio.create_task(listen())
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert len(heard) == 1


class TestRequestsThatCannotBeAnswered:
    async def outcome(self, provider: mp.ModelProvider, request: mp.GenerationRequest) -> type:
        """The class of the terminal event, or of the error that was raised in its place."""
        try:
            events = [event async for event in provider.generate(request)]
        except ProviderError as error:
            return type(error)
        assert sum(isinstance(event, TERMINAL) for event in events) == 1
        return type(events[-1])

    async def test_a_model_that_is_not_there(self, provider: mp.ModelProvider, asked: mp.GenerationRequest) -> None:
        ended = await self.outcome(provider, replace(asked, model="no-such-model"))
        assert ended is mp.Failed or issubclass(ended, ProviderError)

    @pytest.mark.parametrize("text", ["", "   \n", "Thank you!", "?" * 300, "a" * 20_000, "[1] [2] {{x}} \x00 \ud83d"])
    async def test_odd_mails_end_properly(
        self, provider: mp.ModelProvider, asked: mp.GenerationRequest, text: str
    ) -> None:
        talk = await Talk(provider, replace(asked, items=(mp.CustomerMail("", text),)), sources(*PASSAGES)).to_the_end()
        assert isinstance(talk.events[-1], TERMINAL)

    async def test_no_mail_at_all(self, provider: mp.ModelProvider, asked: mp.GenerationRequest) -> None:
        ended = await self.outcome(provider, replace(asked, items=(mp.SentReply("Hello"),), tools=()))
        assert ended in TERMINAL or issubclass(ended, ProviderError)

    async def test_resuming_what_cannot_be_resumed(self, provider: mp.ModelProvider) -> None:
        try:
            events = [event async for event in provider.resume("handle")]
        except ProviderError:
            return
        assert isinstance(events[-1], mp.Failed)


class TestAnswersThatAreNone:
    """Whoever keeps to a protocol says what became of the request: it was sent, and an answer that ended was billed."""

    async def refused(self, provider: mp.ModelProvider, request: mp.GenerationRequest) -> ProviderError:
        with pytest.raises(ProviderError) as raised:
            _ = [event async for event in provider.generate(request)]
        return raised.value

    @pytest.mark.parametrize("provider", CONNECTED, indirect=True)
    @pytest.mark.parametrize("text", ["", " \n"])
    async def test_one_that_says_nothing(
        self, provider: mp.ModelProvider, asked: mp.GenerationRequest, serving: ToyOpenAI, text: str
    ) -> None:
        serving.model.script(Answer(text))
        error = await self.refused(provider, asked)
        assert (error.code, error.sent, error.billed) == ("answer_unusable", Delivery.YES, Delivery.YES)
        assert generating_posts(serving) == 1

    @pytest.mark.parametrize("provider", CONNECTED, indirect=True)
    @pytest.mark.parametrize("arguments", ['{"query": ', "[1]"])
    async def test_a_call_that_cannot_be_read(
        self, provider: mp.ModelProvider, asked: mp.GenerationRequest, serving: ToyOpenAI, arguments: str
    ) -> None:
        serving.model.script(Answer(calls=[Call("search_knowledge", arguments)]))
        error = await self.refused(provider, asked)
        assert (error.code, error.sent, error.billed) == ("answer_unusable", Delivery.YES, Delivery.YES)
        assert generating_posts(serving) == 1

    @pytest.mark.parametrize(("provider", "on"), STREAMED.items(), indirect=["provider"])
    async def test_a_stream_without_any_event_was_cut(
        self, provider: mp.ModelProvider, asked: mp.GenerationRequest, serving: ToyOpenAI, on: str
    ) -> None:
        serving.fail(CutAfter(0), on=on)
        error = await self.refused(provider, asked)
        assert (error.code, error.sent, error.billed) == ("stream_cut", Delivery.YES, Delivery.MAYBE)
        assert generating_posts(serving) == 1


@pytest.mark.parametrize("provider", CONNECTED, indirect=True)
async def test_a_models_id_may_name_its_provider(
    provider: mp.ModelProvider, asked: mp.GenerationRequest, serving: ToyOpenAI
) -> None:
    serving.models.known.append(KnownModel("ollama/llama3.2:3b"))
    talk = await Talk(provider, replace(asked, model="ollama/llama3.2:3b"), sources(*PASSAGES)).to_the_end()
    assert talk.events[-1] == mp.Completed()


class TestResuming:
    @pytest.mark.parametrize("provider", RESUMABLE, indirect=True)
    async def test_to_the_same_events_and_nothing_is_generated_anew(
        self, provider: mp.ModelProvider, asked: mp.GenerationRequest, serving: ToyOpenAI
    ) -> None:
        assert provider.capabilities.background_resume
        undisturbed = await Talk(provider, asked, sources(*PASSAGES)).to_the_end()
        posts = generating_posts(serving)
        left = await Talk(provider, asked, sources(*PASSAGES), is_left=True).to_the_end()
        assert list(map(_told, left.rounds)) == list(map(_told, undisturbed.rounds))
        assert generating_posts(serving) == 2 * posts

    @pytest.mark.parametrize("provider", RESUMABLE, indirect=True)
    async def test_what_has_ended_is_not_cancelled(
        self, provider: mp.ModelProvider, asked: mp.GenerationRequest
    ) -> None:
        events = [event async for event in provider.generate(replace(asked, tools=()))]
        assert isinstance(events[0], mp.Started)
        assert events[0].handle
        await provider.cancel(events[0].handle)


def _told(events: Sequence[mp.ProviderEvent]) -> tuple[str, list[mp.ProviderEvent]]:
    """The text, however it is cut into pieces, and everything else, without the ids that a server makes up."""
    others: list[mp.ProviderEvent] = []
    for event in events:
        match event:
            case mp.Started():
                others.append(mp.Started())
            case mp.ToolCall():
                others.append(replace(event, call_id=""))
            case mp.TextDelta():
                pass
            case _:
                others.append(event)
    return "".join(event.text for event in events if isinstance(event, mp.TextDelta)), others


async def test_cancelling_what_is_unknown_harms_nothing(
    provider: mp.ModelProvider, asked: mp.GenerationRequest
) -> None:
    with contextlib.suppress(ProviderError):
        await provider.cancel("handle")
    assert (await Talk(provider, asked, sources(*PASSAGES)).to_the_end()).text


async def test_input_tokens_are_counted_or_unknown(provider: mp.ModelProvider, asked: mp.GenerationRequest) -> None:
    tokens = await provider.count_input_tokens(asked)
    assert tokens is None or tokens > 0
