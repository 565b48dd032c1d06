"""What goes wrong between a server and here: never a silent success, and never a request sent twice."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.connections import ApiProtocol, Connection, ConnectionKind
from iaposte_desktop.domain.errors import (
    AnswerUnusable,
    ConnectionProblem,
    Delivery,
    KeyMissing,
    KeyRefused,
    ModelGone,
    ProviderError,
    ProviderUnavailable,
    QuotaExhausted,
    RateLimited,
    RequestRefused,
    StreamCut,
)
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.providers.chat_completions.provider import ChatCompletionsProvider
from iaposte_desktop.providers.wire import Wire
from tests.contract.closing import closing
from tests.fakes.secrets import MemorySecrets
from tests.fakes.toy_openai import faults
from tests.fakes.toy_openai.messages import Reply
from tests.fakes.toy_openai.model import Answer
from tests.unit.providers.chat_completions.conftest import CREATE, REQUEST, Desk, delta, text_of

if TYPE_CHECKING:
    from tests.fakes.toy_openai.server import ToyOpenAI

TEXT = "Ten working days."


@pytest.fixture(autouse=True)
def scripted(toy: ToyOpenAI) -> None:
    toy.model.script(Answer(TEXT))


async def met(desk: Desk, fault: faults.Fault) -> list[mp.ProviderEvent]:
    desk.toy.fail(fault, on=CREATE, times=None)
    try:
        return await desk.events()
    finally:
        assert desk.toy.count("POST", "/chat/completions") == 1


class TestRefused:
    @pytest.mark.parametrize(
        ("fault", "error"),
        [
            (faults.Status(401), KeyRefused),
            (faults.RateLimited("7"), RateLimited),
            (faults.InsufficientQuota(), QuotaExhausted),
            (faults.Status(400, message="Too long."), RequestRefused),
            (faults.DetailBody(), RequestRefused),
            (faults.Redirect("http://127.0.0.1:1/v1/chat/completions"), ProviderUnavailable),
        ],
        ids=repr,
    )
    async def test_nothing_is_billed(self, desk: Desk, fault: faults.Fault, error: type[ProviderError]) -> None:
        with pytest.raises(error) as caught:
            await met(desk, fault)
        assert (caught.value.sent, caught.value.billed) == (Delivery.YES, Delivery.NO)

    async def test_the_time_to_wait_is_told(self, desk: Desk) -> None:
        with pytest.raises(RateLimited) as caught:
            await met(desk, faults.RateLimited("7"))
        assert caught.value.retry_after == 7

    async def test_a_failing_server_may_have_billed(self, desk: Desk) -> None:
        with pytest.raises(ProviderUnavailable) as caught:
            await met(desk, faults.Status(500))
        assert (caught.value.problem, caught.value.billed) == (ConnectionProblem.FAILED, Delivery.MAYBE)

    async def test_a_model_that_is_not_there(self, desk: Desk) -> None:
        with pytest.raises(ModelGone):
            await desk.events(mp.GenerationRequest("gpt-4-retired", "", REQUEST.items, REQUEST.reply))

    async def test_no_key_where_one_is_needed(self, toy: ToyOpenAI) -> None:
        connection = Connection(
            "con_2", "Azure", ConnectionKind.AZURE, ApiProtocol.CHAT_COMPLETIONS, base_url=toy.base_url
        )
        provider = ChatCompletionsProvider(Wire(connection, MemorySecrets()))
        with pytest.raises(KeyMissing) as caught:
            await anext(provider.generate(REQUEST))
        assert caught.value.sent is Delivery.NO
        assert toy.requests == []


class TestNoAnswerAtAll:
    async def test_a_captive_portal(self, desk: Desk) -> None:
        with pytest.raises(ProviderUnavailable) as caught:
            await met(desk, faults.HtmlPage())
        assert (caught.value.problem, caught.value.billed) == (ConnectionProblem.CAPTIVE_PORTAL, Delivery.NO)

    async def test_an_empty_stream_was_cut(self, desk: Desk) -> None:
        with pytest.raises(StreamCut) as caught:
            await met(desk, faults.CutAfter(0))
        assert (caught.value.sent, caught.value.billed) == (Delivery.YES, Delivery.MAYBE)

    async def test_a_body_that_is_no_stream(self, desk: Desk) -> None:
        class Whole(faults.Fault):
            async def instead(self) -> Reply:
                return Reply({"object": "chat.completion", "choices": []})

        with pytest.raises(StreamCut):
            await met(desk, Whole())

    async def test_a_reset_before_the_answer(self, desk: Desk) -> None:
        with pytest.raises(ProviderUnavailable) as caught:
            await met(desk, faults.Reset())
        assert (caught.value.sent, caught.value.billed) == (Delivery.MAYBE, Delivery.MAYBE)


class TestInTheStream:
    @pytest.mark.parametrize("fault", [faults.CutAfter(3), faults.NoTerminal()], ids=repr)
    async def test_a_cut_is_no_end(self, desk: Desk, fault: faults.Fault) -> None:
        events = await met(desk, fault)
        assert text_of(events)
        assert not any(isinstance(event, (mp.Completed, mp.Incomplete, mp.Failed)) for event in events)

    async def test_a_reset_says_that_it_was_cut(self, desk: Desk) -> None:
        with pytest.raises(StreamCut) as caught:
            await met(desk, faults.Reset(3))
        assert (caught.value.sent, caught.value.billed) == (Delivery.YES, Delivery.MAYBE)

    async def test_a_reset_after_the_last_word_cuts_nothing(self, desk: Desk) -> None:
        chunks = len(TEXT) // 4 + 3  # The role, the pieces of the text, the reason.
        events = await met(desk, faults.Reset(chunks))
        assert (text_of(events), events[-1]) == (TEXT, mp.Completed())
        (usage,) = [event.usage for event in events if isinstance(event, mp.UsageReport)]
        assert usage.estimated

    async def test_a_cut_after_the_last_word_cuts_nothing(self, desk: Desk) -> None:
        events = await met(desk, faults.CutAfter(len(TEXT) // 4 + 3))
        assert (text_of(events), events[-1]) == (TEXT, mp.Completed())

    async def test_bad_json(self, desk: Desk) -> None:
        with pytest.raises(AnswerUnusable) as caught:
            await met(desk, faults.BadJson())
        assert caught.value.billed is Delivery.MAYBE

    @pytest.mark.parametrize("chunk", [[], "text", 7, None])
    async def test_a_chunk_that_is_no_object(self, desk: Desk, chunk: object) -> None:
        with pytest.raises(AnswerUnusable):
            await desk.events_of(delta(content="Hi"), chunk)

    async def test_an_error_fails_the_run(self, desk: Desk) -> None:
        events = await met(desk, faults.ErrorEvent("rate_limit_exceeded", "Slow down."))
        assert text_of(events)
        assert isinstance(events[-1], mp.Failed)
        assert (events[-1].error.code, events[-1].error.detail) == ("rate_limited", "Slow down.")
        assert events[-1].error.billed is Delivery.MAYBE

    async def test_an_unknown_event_changes_nothing(self, desk: Desk) -> None:
        events = await met(desk, faults.UnknownEvent())
        assert (text_of(events), events[-1]) == (TEXT, mp.Completed())

    async def test_a_first_chunk_without_a_role(self, desk: Desk) -> None:
        events = await met(desk, faults.OutOfOrder())
        assert (text_of(events), events[-1]) == (TEXT, mp.Completed())

    async def test_bytes_that_come_one_by_one(self, desk: Desk) -> None:
        desk.toy.model.script(Answer(TEXT))
        events = await met(desk, faults.SlowBytes(7, 0))
        assert (text_of(events), events[-1]) == (TEXT, mp.Completed())


class TestClosing:
    async def left(self, desk: Desk) -> None:
        """Returns when the server has seen the client go."""
        while not desk.toy.hung_up:  # noqa: ASYNC110 - another thread's list sends no event
            await asyncio.sleep(0.005)

    async def test_closing_hangs_up(self, desk: Desk) -> None:
        desk.toy.fail(faults.NeverEnds(), on=CREATE)
        async with closing(desk.provider.generate(REQUEST)) as events:
            async for event in events:
                if isinstance(event, mp.TextDelta):
                    break
        await self.left(desk)
        with pytest.raises(StopAsyncIteration):
            await anext(events)

    async def test_cancelling_hangs_up(self, desk: Desk) -> None:
        begun = asyncio.Event()
        desk.toy.fail(faults.Stall(2), on=CREATE)

        async def listen() -> None:
            async with closing(desk.provider.generate(REQUEST)) as events:
                async for _ in events:
                    begun.set()

        task = asyncio.create_task(listen())
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await self.left(desk)

    async def test_it_may_be_asked_again(self, desk: Desk) -> None:
        async with closing(desk.provider.generate(REQUEST)) as events:
            await anext(events)
        desk.toy.model.script(Answer(TEXT))
        assert text_of(await desk.events()) == TEXT
