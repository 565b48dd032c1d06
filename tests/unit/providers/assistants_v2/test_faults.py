"""What goes wrong between a server and here: nothing that changes something is sent twice."""

from __future__ import annotations

import pytest

from iaposte_desktop.application.retries import seconds_before_retry
from iaposte_desktop.domain.errors import (
    AnswerUnusable,
    Delivery,
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
from tests.fakes.toy_openai import faults
from tests.fakes.toy_openai.messages import Reply
from tests.unit.providers.assistants_v2.conftest import CREATE, LOOK, MESSAGE, STEPS, Desk


class TestMakingARun:
    @pytest.mark.parametrize(
        ("fault", "error"),
        [
            (faults.Status(401), KeyRefused),
            (faults.RateLimited("7"), RateLimited),
            (faults.InsufficientQuota(), QuotaExhausted),
            (faults.Status(404, "model_not_found", "The model `x` does not exist."), ModelGone),
            (faults.DetailBody(), RequestRefused),
            (faults.Redirect("http://127.0.0.1:1/v1/threads/runs"), ProviderUnavailable),
            (faults.HtmlPage(), ProviderUnavailable),
        ],
        ids=repr,
    )
    async def test_refused_nothing_is_billed(self, desk: Desk, fault: faults.Fault, error: type[ProviderError]) -> None:
        desk.toy.fail(fault, on=CREATE)
        with pytest.raises(error) as caught:
            await desk.events()
        assert (caught.value.sent, caught.value.billed) == (Delivery.YES, Delivery.NO)
        assert desk.count(CREATE) == 1

    @pytest.mark.parametrize("fault", [faults.Reset(), faults.Status(500), faults.Status(503)], ids=repr)
    async def test_failed_it_is_not_sent_again(self, desk: Desk, fault: faults.Fault) -> None:
        desk.toy.fail(fault, on=CREATE)
        with pytest.raises(ProviderUnavailable):
            await desk.events()
        assert desk.count(CREATE) == 1

    async def test_a_reset_may_have_been_billed(self, desk: Desk) -> None:
        desk.toy.fail(faults.Reset(), on=CREATE)
        with pytest.raises(ProviderUnavailable) as caught:
            await desk.events()
        assert (caught.value.sent, caught.value.billed) == (Delivery.MAYBE, Delivery.MAYBE)

    async def test_bad_json(self, desk: Desk) -> None:
        desk.toy.fail(faults.BadJson(), on=CREATE)
        with pytest.raises(AnswerUnusable) as caught:
            await desk.events()
        assert caught.value.billed is Delivery.MAYBE
        assert desk.count(CREATE) == 1

    @pytest.mark.parametrize("body", [{}, [], "ok", {"id": "run_1", "thread_id": "thread_1", "status": "unheard_of"}])
    async def test_an_answer_that_is_no_run(self, desk: Desk, body: object) -> None:
        class Other(faults.Fault):
            def reply(self, reply: Reply) -> Reply:
                return Reply(body)

        desk.toy.fail(Other(), on=CREATE)
        with pytest.raises((AnswerUnusable, ProviderUnavailable)):
            await desk.events()
        assert desk.count(CREATE) == 1


class TestLookingAtARun:
    @pytest.mark.parametrize("on", [LOOK, STEPS])
    @pytest.mark.parametrize("fault", [faults.Reset(), faults.Status(500), faults.RateLimited("9")], ids=repr)
    async def test_what_passes_is_waited_for(self, desk: Desk, on: str, fault: faults.Fault) -> None:
        desk.toy.fail(fault, on=on, times=3)
        assert (await desk.events())[-1] == mp.Completed()
        assert desk.pauses.count(9 if isinstance(fault, faults.RateLimited) else 2) == 3
        assert desk.count(CREATE) == 1

    async def test_what_does_not_pass_is_told(self, desk: Desk) -> None:
        desk.toy.fail(faults.Status(500), on=LOOK, times=None)
        with pytest.raises(StreamCut, match=r"provider_unavailable\.failed"):
            await desk.events()
        assert desk.count(LOOK) == 5
        desk.toy.heal()

    async def test_a_run_that_is_gone_is_told_at_once(self, desk: Desk) -> None:
        desk.toy.fail(faults.Status(404), on=LOOK, times=None)
        with pytest.raises(RequestRefused):
            await desk.events()
        assert desk.count(LOOK) == 1

    @pytest.mark.parametrize(
        "fault", [faults.RateLimited("1"), faults.Status(503), faults.Status(401), faults.BadJson()], ids=repr
    )
    @pytest.mark.parametrize("on", [LOOK, STEPS, MESSAGE])
    async def test_no_error_says_that_the_run_may_be_sent_again(self, desk: Desk, on: str, fault: faults.Fault) -> None:
        desk.toy.fail(fault, on=on, times=None)
        with pytest.raises(ProviderError) as caught:
            await desk.events()
        assert (caught.value.sent, caught.value.billed) == (Delivery.YES, Delivery.MAYBE)
        assert seconds_before_retry(caught.value.info, 1) is None

    async def test_a_server_that_asks_for_an_hour_is_asked_after_a_minute(self, desk: Desk) -> None:
        desk.toy.fail(faults.RateLimited("3600"), on=LOOK)
        await desk.events()
        assert max(desk.pauses) == 60

    async def test_a_run_that_failed_to_be_seen_can_be_resumed(self, desk: Desk) -> None:
        desk.toy.fail(faults.Status(500), on=LOOK, times=None)
        events = desk.provider.generate(mp.GenerationRequest("toy-1", "", (), mp.ReplyContext("en")))
        started = await anext(events)
        assert isinstance(started, mp.Started)
        with pytest.raises(StreamCut):
            await anext(events)
        desk.toy.heal()
        assert [event async for event in desk.provider.resume(started.handle or "")][-1] == mp.Completed()

    async def test_a_status_nobody_knows_is_unusable(self, desk: Desk) -> None:
        class Unheard(faults.Fault):
            def reply(self, reply: Reply) -> Reply:
                return Reply(reply.body | {"status": "unheard_of"})

        desk.toy.fail(Unheard(), on=LOOK, times=None)
        with pytest.raises(AnswerUnusable):
            await desk.events()
        await desk.closed()
        assert desk.toy.assistants.threads == {}

    async def test_calls_that_are_not_told_are_unusable(self, desk: Desk) -> None:
        class Mute(faults.Fault):
            def reply(self, reply: Reply) -> Reply:
                return Reply(reply.body | {"status": "requires_action", "required_action": None})

        desk.toy.fail(Mute(), on=LOOK, times=None)
        with pytest.raises(AnswerUnusable):
            await desk.events()
