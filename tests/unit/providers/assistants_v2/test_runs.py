"""What becomes of a run: its text, its usage, its end."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from iaposte_desktop.domain import errors
from iaposte_desktop.domain.errors import AnswerUnusable, ProviderError
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.domain.usage import Usage
from tests.fakes.toy_openai.faults import RateLimited
from tests.fakes.toy_openai.model import Answer, Tokens
from tests.unit.providers.assistants_v2.conftest import CREATE, LOOK, REQUEST, Desk, handle_of, text_of

TEXT = "Ten working days."


async def test_its_text_comes_whole(desk: Desk) -> None:
    desk.toy.model.script(Answer(TEXT, usage=Tokens(50, 20)))
    events = await desk.events()
    assert events == [events[0], mp.TextDelta(TEXT), mp.UsageReport(Usage(50, 20)), mp.Completed()]


async def test_its_handle_names_thread_and_run(desk: Desk) -> None:
    events = await desk.events()
    thread_id, run_id = handle_of(events).split("/")
    assert thread_id.startswith("thread_")
    assert run_id.startswith("run_")


async def test_several_messages_are_one_text(desk: Desk) -> None:
    desk.toy.model.script(Answer(TEXT, commentary="Let me see."))
    events = await desk.events()
    assert text_of(events) == f"Let me see.\n\n{TEXT}"


async def test_several_runs_at_once(desk: Desk) -> None:
    texts = ["One.", "Two.", "Three."]
    requests = [replace(REQUEST, items=(mp.CustomerMail("", text),)) for text in texts]
    found = await asyncio.gather(*map(desk.events, requests))
    assert [text_of(events).strip() for events in found] == [f"∅ {text}" for text in texts]


class TestPauses:
    async def test_they_grow(self, desk: Desk) -> None:
        desk.toy.assistants.step_seconds = 5
        await desk.events()
        assert desk.pauses[0] == 0.2
        assert desk.pauses == sorted(desk.pauses)
        assert desk.pauses[-1] == 2.0
        assert desk.count(LOOK) == len(desk.pauses) + 1

    async def test_each_run_begins_with_short_ones(self, desk: Desk) -> None:
        for _ in range(2):
            await desk.events()
        assert desk.pauses.count(0.2) == 2


class TestEnds:
    async def test_at_the_limit(self, desk: Desk) -> None:
        desk.toy.model.script(Answer("x" * 2000))
        events = await desk.events(replace(REQUEST, max_output_tokens=300))
        assert text_of(events) == "x" * 1200
        assert isinstance(events[-2], mp.UsageReport)
        assert events[-1] == mp.Incomplete("max_output_tokens")

    async def test_at_the_content_filter(self, desk: Desk) -> None:
        desk.toy.model.script(Answer("Half", incomplete="content_filter"))
        assert (await desk.events())[-1] == mp.Incomplete("content_filter")

    async def test_with_a_refusal(self, desk: Desk) -> None:
        desk.toy.model.script(Answer(refusal="I cannot help with that."))
        events = await desk.events()
        assert (text_of(events), events[-1]) == ("I cannot help with that.", mp.Incomplete("refusal"))

    @pytest.mark.parametrize("text", ["", " \n"])
    async def test_with_nothing_written(self, desk: Desk, text: str) -> None:
        desk.toy.model.script(Answer(text))
        with pytest.raises(AnswerUnusable):
            await desk.events()

    async def test_failed_half_way(self, desk: Desk) -> None:
        desk.toy.model.script(Answer("Ten working days.", failure="rate_limit_exceeded"))
        events = await desk.events()
        assert text_of(events)
        assert isinstance(events[-1], mp.Failed)
        assert (events[-1].error.code, events[-1].error.detail) == ("rate_limited", "Sorry, something went wrong.")

    async def test_expired(self, desk: Desk) -> None:
        desk.toy.assistants.step_seconds = 1000
        events = []
        async for event in desk.provider.generate(REQUEST):
            desk.now += 700
            events.append(event)
        assert isinstance(events[-1], mp.Failed)
        assert events[-1].error.code == "provider_unavailable.time_limit"

    async def test_cancelled_by_somebody_else(self, desk: Desk) -> None:
        desk.toy.assistants.step_seconds = 1
        provider = desk.provider
        found = []
        async for event in provider.generate(REQUEST):
            found.append(event)
            if isinstance(event, mp.Started):
                await provider.cancel(event.handle or "")
        assert found[-1] == mp.Incomplete("cancelled")


class TestResuming:
    async def test_it_tells_all_from_the_start_and_generates_nothing(self, desk: Desk) -> None:
        desk.toy.model.script(Answer(TEXT, commentary="Let me see.", usage=Tokens(50, 20)))
        handle = await desk.started()
        desk.now += 60
        events = [event async for event in desk.opened().resume(handle)]
        assert (handle_of(events), text_of(events)) == (handle, f"Let me see.\n\n{TEXT}")
        assert events[-2:] == [mp.UsageReport(Usage(50, 20)), mp.Completed()]
        assert desk.count(CREATE) == 1

    async def test_it_goes_on_where_the_run_does(self, desk: Desk) -> None:
        handle = await desk.started()
        events = [event async for event in desk.opened().resume(handle)]
        assert events[-1] == mp.Completed()

    @pytest.mark.parametrize(
        "handle", ["thread_1/run_1", "handle", "", "/", "thread_1/", "thread_1/run_1/x", "a/b/c/d"]
    )
    async def test_what_is_not_there(self, desk: Desk, handle: str) -> None:
        with pytest.raises(ProviderError):
            await anext(desk.provider.resume(handle))

    async def test_a_server_that_turns_it_away_may_be_asked_again(self, desk: Desk) -> None:
        handle = await desk.started()
        desk.toy.fail(RateLimited("9"), on=LOOK)
        with pytest.raises(errors.RateLimited) as caught:
            await anext(desk.provider.resume(handle))
        assert caught.value.retry_after == 9
        assert desk.pauses == []
