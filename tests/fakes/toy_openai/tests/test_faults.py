from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

import pytest
from openai import APIConnectionError, APIStatusError, APITimeoutError, AsyncOpenAI, BadRequestError, RateLimitError

from tests.fakes.toy_openai import faults
from tests.fakes.toy_openai.faults import Fault
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.fakes.toy_openai.tests.opened import TEXT, Opened, plain, read, read_until_error, text


class TestPlans:
    async def test_a_fault_is_met_so_many_times_after_so_many_requests(
        self, toy: ToyOpenAI, client: AsyncOpenAI
    ) -> None:
        toy.fail(faults.Status(503), on="GET /models", times=2, after=1)
        assert [await _status(client.models.list()) for _ in range(5)] == [200, 503, 503, 200, 200]

    async def test_several_are_met_in_the_order_of_their_planning(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.fail(faults.Status(503), on="GET /models")
        toy.fail(faults.RateLimited("1"), on="GET /models")
        toy.fail(faults.Status(500), on="GET /models", after=3)
        assert [await _status(client.models.list()) for _ in range(5)] == [503, 429, 200, 500, 200]

    async def test_only_what_matches_meets_it(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.fail(faults.Status(503), on="GET /models/{model_id}", times=None)
        assert await _status(client.models.list()) == 200
        assert await _status(client.models.retrieve("toy-1")) == 503
        assert await _status(client.models.retrieve("gpt-4o")) == 503

    async def test_healing_ends_them(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.fail(faults.HtmlPage(), on="*", times=None)
        assert "<html>" in str(await client.models.retrieve("toy-1"))
        toy.heal()
        assert (await client.models.retrieve("toy-1")).id == "toy-1"

    def test_a_route_that_is_not_there_cannot_fail(self, toy: ToyOpenAI) -> None:
        with pytest.raises(AssertionError, match="no route"):
            toy.fail(faults.Status(503), on="POST /response")

    async def test_a_fault_of_streams_is_noted_where_there_is_none(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.fail(faults.CutAfter(3), on="POST /responses")
        toy.fail(faults.Reset(3), on="POST /responses")
        assert [await plain(client), await plain(client)] == [TEXT, TEXT]
        assert toy.invalid == [
            "POST /responses: CutAfter(events=3) needs a stream",
            "POST /responses: Reset(events=3) needs a stream",
        ]


class TestRefusals:
    @pytest.mark.parametrize(
        ("fault", "status", "code"),
        [
            (faults.Status(401), 401, "invalid_api_key"),
            (faults.Status(404), 404, None),
            (faults.Status(409), 409, "conflict"),
            (faults.Status(500), 500, None),
            (faults.Status(503), 503, None),
            (faults.Status(400, "conversation_locked", "Another process is using it."), 400, "conversation_locked"),
            (faults.RateLimited("1"), 429, "rate_limit_exceeded"),
            (faults.InsufficientQuota(), 429, "insufficient_quota"),
        ],
        ids=repr,
    )
    @pytest.mark.parametrize("is_streamed", [False, True])
    async def test_errors_have_the_api_s_shape(
        self, toy: ToyOpenAI, client: AsyncOpenAI, fault: Fault, status: int, code: str | None, is_streamed: bool
    ) -> None:
        toy.fail(fault, on="POST /responses")
        with pytest.raises(APIStatusError) as caught:
            await client.responses.create(model="toy-1", input="?", stream=is_streamed)
        assert (caught.value.status_code, caught.value.code) == (status, code)
        error = caught.value.response.json()["error"]
        assert error.keys() == {"message", "type", "param", "code"}
        assert error["message"]
        assert caught.value.request_id

    async def test_headers_and_message_are_free(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.fail(faults.Status(503, message="Later.", headers={"Retry-After": "7"}), on="POST /responses")
        with pytest.raises(APIStatusError, match="Later") as caught:
            await plain(client)
        assert caught.value.response.headers["retry-after"] == "7"

    @pytest.mark.parametrize(
        ("fault", "name", "value"),
        [
            (faults.RateLimited("1"), "retry-after", "1"),
            (faults.RateLimited("121", "s"), "retry-after", "121"),
            (faults.RateLimited("1500", "ms"), "retry-after-ms", "1500"),
        ],
        ids=repr,
    )
    async def test_a_rate_limit_says_how_long(
        self, toy: ToyOpenAI, client: AsyncOpenAI, fault: Fault, name: str, value: str
    ) -> None:
        toy.fail(fault, on="POST /responses")
        with pytest.raises(RateLimitError) as caught:
            await plain(client)
        headers = caught.value.response.headers
        assert {key: headers[key] for key in headers if key.startswith("retry")} == {name: value}

    async def test_detail_bodies(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.fail(faults.DetailBody(400, "Vector store vs_1 not found"), on="POST /responses")
        with pytest.raises(BadRequestError) as caught:
            await plain(client)
        assert caught.value.response.json() == {"detail": "Vector store vs_1 not found"}

    async def test_a_captive_portal(self, toy: ToyOpenAI, client: AsyncOpenAI, responses: Opened) -> None:
        toy.fail(faults.HtmlPage(), on="POST /responses", times=2)
        page: Any = await client.responses.create(model="toy-1", input="?")
        assert page.startswith("<!DOCTYPE html>")
        assert await read(responses) == []

    async def test_a_redirect_to_another_host(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        with ToyOpenAI() as other:
            toy.fail(faults.Redirect(f"{other.base_url}/responses"), on="POST /responses")
            with pytest.raises(APIStatusError) as caught:
                await plain(client)
            assert caught.value.status_code == 307
            assert caught.value.response.headers["location"] == f"{other.base_url}/responses"
            assert other.requests == []


class TestConnection:
    async def test_a_reset_before_any_byte(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.fail(faults.Reset(), on="POST /responses")
        with pytest.raises(APIConnectionError) as caught:
            await plain(client)
        assert "ReadError" in repr(caught.value.__cause__)
        assert await plain(client) == TEXT

    @pytest.mark.parametrize("count", [1, 5, 9])
    async def test_a_reset_after_so_many_events(self, toy: ToyOpenAI, responses: Opened, count: int) -> None:
        toy.fail(faults.Reset(count), on="POST /responses")
        events, error = await read_until_error(responses)
        assert isinstance(error, APIConnectionError)
        assert [event.sequence_number for event in events] == list(range(count))

    async def test_chat_is_reset_as_well(self, toy: ToyOpenAI, chat: Opened) -> None:
        toy.fail(faults.Reset(4), on="POST /chat/completions")
        events, error = await read_until_error(chat)
        assert isinstance(error, APIConnectionError)
        assert len(events) == 4

    async def test_a_delay_comes_before_the_answer(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.fail(faults.Delay(60), on="POST /responses")
        with pytest.raises(APITimeoutError):
            await plain(client.with_options(timeout=0.1))

    async def test_after_a_delay_the_answer_comes(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.fail(faults.Delay(0.01), on="POST /responses")
        assert await plain(client) == TEXT

    async def test_slow_bytes_arrive_whole(self, toy: ToyOpenAI, client: AsyncOpenAI, responses: Opened) -> None:
        toy.fail(faults.SlowBytes(chunk=7, pause=0.0001), on="POST /responses", times=2)
        assert await plain(client) == TEXT
        assert text(await read(responses)) == TEXT

    async def test_slow_bytes_come_few_at_a_time(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.fail(faults.SlowBytes(chunk=300, pause=60), on="GET /models")
        with pytest.raises(APITimeoutError):
            await client.with_options(timeout=0.2).models.list()


async def _status(asked: Awaitable[Any]) -> int:
    try:
        await asked
    except APIStatusError as error:
        return error.status_code
    return 200
