"""What goes wrong on the way is told as what it is; a plain generation is sent once, whatever happens to it."""

from __future__ import annotations

import asyncio

import pytest

from iaposte_desktop.domain.connections import Connection, ConnectionKind
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
from iaposte_desktop.providers.responses.provider import ResponsesProvider
from iaposte_desktop.providers.wire import Wire
from tests.fakes.secrets import MemorySecrets
from tests.fakes.toy_openai import faults
from tests.fakes.toy_openai.model import Answer
from tests.unit.providers.responses.conftest import CREATE, REQUEST, Desk, text_of, those, until
from tests.unit.providers.responses.saying import Answers, created, delta, ended, message

TEXT = "A refund takes ten working days."


class TestCuts:
    @pytest.mark.parametrize("fault", [faults.NoTerminal(), faults.CutAfter(6)], ids=str)
    async def test_a_silent_end_is_no_end(self, desk: Desk, fault: faults.Fault) -> None:
        desk.toy.model.script(Answer(TEXT))
        desk.toy.fail(fault, on=CREATE)
        events = await desk.events()
        assert TEXT.startswith(text_of(events).rstrip())
        assert text_of(events)
        assert not isinstance(events[-1], (mp.Completed, mp.Incomplete, mp.Failed))
        assert desk.posts == 1

    async def test_a_reset_in_the_middle_is_a_cut(self, desk: Desk) -> None:
        desk.toy.fail(faults.Reset(6), on=CREATE)
        with pytest.raises(StreamCut) as raised:
            await desk.events()
        assert those(desk.heard, mp.TextDelta)
        assert (raised.value.sent, raised.value.billed) == (Delivery.YES, Delivery.MAYBE)
        assert desk.posts == 1

    async def test_a_reset_before_the_answer_may_be_billed(self, desk: Desk) -> None:
        desk.toy.fail(faults.Reset(), on=CREATE)
        with pytest.raises(ProviderUnavailable) as raised:
            await desk.events()
        assert (raised.value.sent, raised.value.billed) == (Delivery.MAYBE, Delivery.MAYBE)
        assert desk.posts == 1

    async def test_a_stream_without_any_event_is_an_error(self, desk: Desk) -> None:
        with pytest.raises(StreamCut) as raised:
            await desk.events_of()
        assert (raised.value.sent, raised.value.billed) == (Delivery.YES, Delivery.MAYBE)
        assert desk.posts == 1

    async def test_a_broken_line_makes_the_answer_unusable(self, desk: Desk) -> None:
        desk.toy.fail(faults.BadJson(), on=CREATE)
        with pytest.raises(AnswerUnusable) as raised:
            await desk.events()
        assert (raised.value.sent, raised.value.billed) == (Delivery.YES, Delivery.MAYBE)
        assert desk.posts == 1


class TestErrorsInTheStream:
    async def test_an_error_event_ends_it_as_failed(self, desk: Desk) -> None:
        desk.toy.fail(faults.ErrorEvent(), on=CREATE)
        events = await desk.events()
        assert isinstance(events[-1], mp.Failed)
        assert events[-1].error.code == "provider_unavailable.failed"
        assert (events[-1].error.sent, events[-1].error.billed) == (Delivery.YES, Delivery.MAYBE)
        assert desk.posts == 1

    async def test_what_waited_comes_before_the_failure(self, desk: Desk) -> None:
        error = {"type": "error", "code": "server_error", "message": "Sorry."}
        events = await desk.events_of(created(), delta("A refund <|"), error)
        assert text_of(events) == "A refund <|"
        assert isinstance(events[-1], mp.Failed)

    @pytest.mark.parametrize(
        ("code", "told"),
        [
            ("server_error", "provider_unavailable.failed"),
            ("rate_limit_exceeded", "rate_limited"),
            ("insufficient_quota", "quota_exhausted"),
            ("invalid_prompt", "request_refused"),
            ("vector_store_timeout", "provider_unavailable.time_limit"),
        ],
    )
    async def test_a_failed_response_ends_it_as_failed(self, desk: Desk, code: str, told: str) -> None:
        desk.toy.model.script(Answer(TEXT, failure=code))
        events = await desk.events()
        assert isinstance(events[-1], mp.Failed)
        assert events[-1].error.code == told
        assert events[-1].error.detail == "The toy failed, as it was told to."
        assert (events[-1].error.sent, events[-1].error.billed) == (Delivery.YES, Delivery.MAYBE)
        assert desk.posts == 1

    async def test_an_error_object_is_raised(self, desk: Desk) -> None:
        error = {"error": {"message": "Slow down.", "code": "rate_limit_exceeded"}}
        with pytest.raises(RateLimited) as raised:
            await desk.events_of(created(), delta(TEXT), error)
        assert raised.value.detail == "Slow down."
        assert (raised.value.sent, raised.value.billed) == (Delivery.YES, Delivery.MAYBE)
        assert desk.posts == 1


class TestAnswersThatAreNone:
    async def test_a_page_is_a_captive_portal(self, desk: Desk) -> None:
        desk.toy.fail(faults.HtmlPage(), on=CREATE)
        with pytest.raises(ProviderUnavailable) as raised:
            await desk.events()
        assert raised.value.problem is ConnectionProblem.CAPTIVE_PORTAL
        assert desk.posts == 1

    async def test_json_in_place_of_a_stream_is_an_error(self, desk: Desk) -> None:
        desk.toy.fail(Answers(ended(message(TEXT))["response"]), on=CREATE)
        with pytest.raises(ProviderError):
            await desk.events()
        assert desk.posts == 1

    async def test_a_redirect_is_not_followed(self, desk: Desk) -> None:
        desk.toy.fail(faults.Redirect(f"{desk.toy.base_url}/models"), on=CREATE)
        with pytest.raises(ProviderUnavailable) as raised:
            await desk.events()
        assert raised.value.problem is ConnectionProblem.REDIRECTED
        assert [request.path for request in desk.toy.requests] == ["/responses"]

    @pytest.mark.parametrize(
        ("fault", "raised"),
        [
            (faults.Status(401), KeyRefused),
            (faults.Status(404, "model_not_found", "The model does not exist."), ModelGone),
            (faults.Status(400), RequestRefused),
            (faults.Status(500), ProviderUnavailable),
            (faults.Status(503), ProviderUnavailable),
            (faults.RateLimited("7"), RateLimited),
            (faults.InsufficientQuota(), QuotaExhausted),
            (faults.DetailBody(), RequestRefused),
        ],
        ids=str,
    )
    async def test_a_refusal_is_raised_and_nothing_is_sent_again(
        self, desk: Desk, fault: faults.Fault, raised: type[ProviderError]
    ) -> None:
        desk.toy.fail(fault, on=CREATE, times=None)
        with pytest.raises(raised):
            await desk.events()
        assert desk.posts == 1

    async def test_a_model_that_is_not_there_is_gone(self, desk: Desk) -> None:
        with pytest.raises(ModelGone):
            await desk.events(mp.GenerationRequest("no-such-model", "", REQUEST.items, REQUEST.reply))


class TestClosing:
    async def test_closing_the_iterator_hangs_up(self, desk: Desk) -> None:
        desk.toy.fail(faults.NeverEnds(), on=CREATE)
        events = desk.provider.generate(REQUEST)
        async for event in events:
            if isinstance(event, mp.TextDelta):
                break
        await events.aclose()
        await until(lambda: len(desk.toy.hung_up) == 1)
        assert desk.posts == 1

    async def test_cancelling_who_waits_for_the_next_event_hangs_up(self, desk: Desk) -> None:
        desk.toy.fail(faults.Stall(4), on=CREATE)
        begun = asyncio.Event()

        async def listen() -> None:
            async for _ in desk.provider.generate(REQUEST):
                begun.set()

        task = asyncio.create_task(listen())
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await until(lambda: len(desk.toy.hung_up) == 1)

    async def test_a_connection_that_was_closed_is_not_used(self, desk: Desk) -> None:
        await desk.provider.aclose()
        with pytest.raises(ProviderError):
            await desk.events()
        assert desk.posts == 0

    async def test_a_key_that_is_missing_is_told_before_anything_is_sent(self, desk: Desk) -> None:
        connection = Connection("con_2", "OpenAI", ConnectionKind.OPENAI, base_url=desk.toy.base_url)
        provider = ResponsesProvider(Wire(connection, MemorySecrets()))
        with pytest.raises(KeyMissing):
            _ = [event async for event in provider.generate(REQUEST)]
        assert desk.posts == 0
