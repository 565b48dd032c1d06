"""What is left at the server when a run has ended, was cancelled, or lost its listener."""

from __future__ import annotations

import asyncio

import pytest

from iaposte_desktop.domain.errors import ProviderUnavailable
from iaposte_desktop.domain.ports import model_provider as mp
from tests.fakes.toy_openai import faults
from tests.fakes.toy_openai.model import Answer, Call
from tests.unit.providers.assistants_v2.conftest import (
    CANCEL,
    CREATE,
    DELETE,
    REQUEST,
    SEARCHING,
    SUBMIT,
    Desk,
    answered,
    calls_of,
    handle_of,
    text_of,
)


class TestEnded:
    @pytest.mark.parametrize(
        "answer",
        [Answer("Ten days."), Answer("Half", failure="server_error"), Answer("x", incomplete="content_filter")],
    )
    async def test_no_thread_is_left(self, desk: Desk, answer: Answer) -> None:
        desk.toy.model.script(answer)
        await desk.events()
        await desk.closed()
        assert desk.toy.assistants.threads == {}
        assert desk.count(DELETE) == 1

    async def test_nor_where_nobody_listened_past_the_end(self, desk: Desk) -> None:
        events = desk.provider.generate(REQUEST)
        async for event in events:
            if isinstance(event, mp.Completed):
                break
        await events.aclose()
        await desk.closed()
        assert desk.toy.assistants.threads == {}

    async def test_nor_after_tool_calls(self, desk: Desk) -> None:
        first = await desk.events(SEARCHING)
        await desk.events(answered(SEARCHING, calls_of(first)))
        await desk.closed()
        assert desk.toy.assistants.threads == {}

    async def test_a_server_that_does_not_delete_spoils_nothing(self, desk: Desk) -> None:
        desk.toy.fail(faults.Status(500), on=DELETE)
        assert (await desk.events())[-1] == mp.Completed()
        await desk.closed()
        assert desk.count(DELETE) == 1

    async def test_a_server_that_never_answers_is_not_waited_for(self, desk: Desk) -> None:
        desk.toy.fail(faults.Delay(1000), on=DELETE)
        desk.opened(closing_seconds=0.1)
        await desk.events()
        async with asyncio.timeout(60):
            await desk.closed()


class TestClosed:
    async def test_the_run_goes_on_and_can_be_resumed(self, desk: Desk) -> None:
        desk.toy.model.script(Answer("Ten days."))
        handle = await desk.started()
        await desk.closed()
        assert (desk.count(CANCEL), desk.count(DELETE)) == (0, 0)
        assert text_of([event async for event in desk.provider.resume(handle)]) == "Ten days."

    async def test_a_run_that_waits_is_left_waiting(self, desk: Desk) -> None:
        await desk.events(SEARCHING)
        await desk.closed()
        (thread,) = desk.toy.assistants.threads.values()
        assert thread.active_run

    async def test_a_run_that_has_no_handle_yet_is_taken_back(self, desk: Desk) -> None:
        desk.toy.fail(faults.Delay(0.3), on=CREATE)
        listening = asyncio.create_task(desk.events())
        while not desk.count(CREATE):  # noqa: ASYNC110 - another thread's list sends no event
            await asyncio.sleep(0.005)
        listening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await listening
        await desk.closed()
        assert desk.count(CANCEL) == 1
        assert desk.toy.assistants.threads == {}


class TestCancelled:
    async def test_at_the_server_and_nothing_is_left(self, desk: Desk) -> None:
        handle = await desk.started()
        await desk.provider.cancel(handle)
        assert desk.count(CANCEL) == 1
        await desk.closed()
        assert desk.toy.assistants.threads == {}

    async def test_while_somebody_listens_the_end_is_told(self, desk: Desk) -> None:
        desk.toy.assistants.step_seconds = 1
        provider, found = desk.provider, []
        async for event in provider.generate(REQUEST):
            found.append(event)
            if isinstance(event, mp.Started):
                await provider.cancel(event.handle or "")
        assert found[-1] == mp.Incomplete("cancelled")
        await desk.closed()
        assert desk.toy.assistants.threads == {}

    async def test_a_run_that_waits(self, desk: Desk) -> None:
        desk.toy.model.script(Answer(calls=[Call("search_knowledge", {"query": "a"})]), Answer("Ten days."))
        first = await desk.events(SEARCHING)
        await desk.provider.cancel(handle_of(first))
        await desk.events(answered(SEARCHING, calls_of(first)))
        assert (desk.count(CREATE), desk.count(SUBMIT)) == (2, 0)
        await desk.closed()
        assert desk.toy.assistants.threads == {}

    async def test_what_has_ended_is_nothing(self, desk: Desk) -> None:
        handle = handle_of(await desk.events())
        await desk.provider.cancel(handle)
        assert desk.count(CANCEL) == 1

    @pytest.mark.parametrize("handle", ["handle", "", "/", "thread_1/", "thread_1/run_1/x"])
    async def test_what_is_no_run_is_nothing(self, desk: Desk, handle: str) -> None:
        await desk.provider.cancel(handle)
        assert desk.toy.requests == []

    async def test_what_nobody_knows_is_nothing(self, desk: Desk) -> None:
        await desk.provider.cancel("thread_1/run_1")
        assert desk.count(CANCEL) == 1

    async def test_a_server_that_fails_is_told(self, desk: Desk) -> None:
        desk.toy.model.script(Answer(calls=[Call("search_knowledge", {"query": "a"})]))
        handle = handle_of(await desk.events(SEARCHING))
        desk.toy.fail(faults.Status(500), on=CANCEL)
        with pytest.raises(ProviderUnavailable):
            await desk.provider.cancel(handle)
        assert desk.count(CANCEL) == 1
