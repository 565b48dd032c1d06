from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from openai import AsyncOpenAI, BadRequestError, NotFoundError
from openai.types.responses import Response

from tests.fakes.toy_openai import faults
from tests.fakes.toy_openai.model import Answer
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.fakes.toy_openai.tests.exactness import exact

TEXT = "∅ Refund?\n"


@pytest.fixture(autouse=True)
def quick(toy: ToyOpenAI) -> None:
    toy.background_seconds = 0


async def begun(client: AsyncOpenAI) -> Response:
    return exact(await client.responses.create(model="toy-1", input="Refund?", background=True))


async def streamed(client: AsyncOpenAI) -> AsyncIterator[Any]:
    return await client.responses.create(model="toy-1", input="Refund?", background=True, stream=True)


async def ended(client: AsyncOpenAI, response_id: str) -> Response:
    return await found(client, response_id, "completed", "incomplete", "failed", "cancelled")


async def found(client: AsyncOpenAI, response_id: str, *states: str) -> Response:
    """As soon as it is in one of `states`."""
    for _ in range(2000):
        response = await client.responses.retrieve(response_id)
        if response.status in states:
            return exact(response)
        await asyncio.sleep(0.01)
    pytest.fail(f"it stayed {response.status}")


async def read(stream: AsyncIterator[Any]) -> list[Any]:
    return [exact(event) async for event in stream]


class TestPolling:
    async def test_it_is_queued_then_in_progress_then_completed(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.hold()
        response = await begun(client)
        assert (response.status, response.background, response.output) == ("queued", True, [])
        assert (await client.responses.retrieve(response.id)).status == "queued"
        toy.hold(after=4)
        await found(client, response.id, "in_progress")
        toy.release()
        done = await ended(client, response.id)
        assert (done.status, done.output_text) == ("completed", TEXT)
        assert done.usage

    async def test_it_may_fail(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.model.script(Answer("half", failure="server_error"))
        done = await ended(client, (await begun(client)).id)
        assert done.status == "failed"
        assert done.error
        assert done.error.code == "server_error"

    async def test_it_may_be_cut(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.model.script(Answer("half", incomplete="max_output_tokens"))
        assert (await ended(client, (await begun(client)).id)).status == "incomplete"

    async def test_its_events_take_time(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.background_seconds = 60
        response = await begun(client)
        assert (await client.responses.retrieve(response.id)).status == "queued"

    async def test_the_server_stops_over_it(self) -> None:
        with ToyOpenAI() as toy:
            toy.background_seconds = 60
            async with AsyncOpenAI(base_url=toy.base_url, api_key="sk-toy", max_retries=0) as client:
                await begun(client)

    async def test_it_must_be_stored(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        with pytest.raises(BadRequestError, match="store"):
            await client.responses.create(model="toy-1", input="x", background=True, store=False)
        assert len(toy.invalid) == 1


class TestStreams:
    async def test_it_begins_as_queued(self, client: AsyncOpenAI) -> None:
        events = await read(await streamed(client))
        assert [event.type for event in events[:3]] == ["response.created", "response.queued", "response.in_progress"]
        assert [event.response.status for event in events[:3]] == ["queued", "queued", "in_progress"]
        assert events[-1].response.output_text == TEXT

    async def test_it_goes_on_when_its_reader_has_left(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.hold(after=5)
        stream = await streamed(client)
        first = await anext(stream)
        await stream.close()  # type: ignore[attr-defined]
        toy.release()
        assert (await ended(client, first.response.id)).output_text == TEXT

    @pytest.mark.parametrize("known", [0, 1, 6])
    async def test_it_is_taken_up_after_the_last_known_event(
        self, toy: ToyOpenAI, client: AsyncOpenAI, known: int
    ) -> None:
        toy.fail(faults.Reset(known + 1), on="POST /responses")
        toy.hold(after=known + 1)
        stream = await streamed(client)
        before = [await anext(stream) for _ in range(known + 1)]
        toy.release()
        response_id = before[0].response.id
        after = await read(await client.responses.retrieve(response_id, stream=True, starting_after=known))
        numbers = [event.sequence_number for event in (*before, *after)]
        assert numbers == list(range(len(numbers)))
        deltas = [event.delta for event in (*before, *after) if event.type == "response.output_text.delta"]
        assert "".join(deltas) == TEXT
        assert after[-1].type == "response.completed"
        await stream.close()  # type: ignore[attr-defined]

    async def test_it_is_read_again_from_its_beginning(self, client: AsyncOpenAI) -> None:
        events = await read(await streamed(client))
        again = await read(await client.responses.retrieve(events[0].response.id, stream=True))
        assert again == events

    async def test_after_its_end_nothing_is_left(self, client: AsyncOpenAI) -> None:
        events = await read(await streamed(client))
        last = events[-1].sequence_number
        assert (
            await read(await client.responses.retrieve(events[0].response.id, stream=True, starting_after=last)) == []
        )

    async def test_two_readers_get_the_same(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.hold(after=4)
        stream = await streamed(client)
        first = await anext(stream)
        other = await client.responses.retrieve(first.response.id, stream=True)
        both = asyncio.gather(read(stream), read(other))
        toy.release()
        rest, whole = await both
        assert [first, *rest] == whole

    async def test_only_what_was_streamed_can_be(self, client: AsyncOpenAI) -> None:
        response = await begun(client)
        with pytest.raises(BadRequestError, match="stream=true"):
            await client.responses.retrieve(response.id, stream=True)


class TestCancelling:
    async def test_it_stops(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.hold(after=6)
        response = await begun(client)
        cancelled = exact(await client.responses.cancel(response.id))
        assert (cancelled.id, cancelled.status) == (response.id, "cancelled")
        toy.release()
        assert (await client.responses.retrieve(response.id)).status == "cancelled"

    async def test_its_stream_ends_without_a_word(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.hold(after=6)
        stream = await streamed(client)
        events = [await anext(stream) for _ in range(6)]
        await client.responses.cancel(events[0].response.id)
        assert [event async for event in stream] == []

    async def test_one_that_is_over_stays_as_it_is(self, client: AsyncOpenAI) -> None:
        done = await ended(client, (await begun(client)).id)
        assert exact(await client.responses.cancel(done.id)) == done

    async def test_unknown_ones_are_not_found(self, client: AsyncOpenAI) -> None:
        with pytest.raises(NotFoundError):
            await client.responses.cancel("resp_none")

    async def test_deleting_stops_it_too(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.hold(after=6)
        response = await begun(client)
        await client.responses.delete(response.id)
        with pytest.raises(NotFoundError):
            await client.responses.retrieve(response.id)


async def test_leaving_a_stream_in_the_foreground_cancels_it(toy: ToyOpenAI, client: AsyncOpenAI) -> None:
    toy.hold(after=6)
    stream = await client.responses.create(model="toy-1", input="Refund?", stream=True)
    first: Any = await anext(stream)
    await stream.close()
    await found(client, first.response.id, "cancelled")
