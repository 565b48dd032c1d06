from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx2
import openai
import pytest

from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.domain.errors import (
    AnswerUnusable,
    Delivery,
    KeyRefused,
    ProviderError,
    ProviderUnavailable,
    RateLimited,
    RequestRefused,
    StreamCut,
)
from iaposte_desktop.providers.errors import error_of, not_json, provider_error
from iaposte_desktop.providers.wire import Wire
from tests.fakes.secrets import MemorySecrets
from tests.fakes.toy_openai.faults import BadJson
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.unit.providers.loopback import RESET, SILENCE, answer, closed_port, serving

NO, YES, MAYBE = Delivery.NO, Delivery.YES, Delivery.MAYBE


@asynccontextmanager
async def client_of(url: str, key: str = "sk-toy") -> AsyncIterator[openai.AsyncOpenAI]:
    connection = Connection("c", "Toy", ConnectionKind.COMPATIBLE, base_url=url)
    wire = Wire(connection, MemorySecrets({connection.key_name: key}))
    try:
        yield await wire.client()
    finally:
        await wire.aclose()


async def met(url: str, **options: Any) -> ProviderError:
    """What becomes of a billable request to `url`."""
    made: Any = options
    async with client_of(url) as client:
        with pytest.raises(Exception) as caught:  # noqa: PT011  # Whatever it is.
            await client.post("/chat/completions", cast_to=object, body={"model": "m"}, options=made)
    assert isinstance(caught.value, Exception)
    return provider_error(caught.value, billable=True)


async def met_answer(found: bytes, **options: Any) -> ProviderError:
    async with serving({"POST /v1/chat/completions": found}) as server:
        return await met(server.url, **options)


def told(message: str, code: str | None = None, kind: str = "invalid_request_error") -> dict[str, Any]:
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


ANSWERS = {
    "a wrong key": (answer(401, told("Incorrect API key provided: sk-toy")), "key_refused", "", NO),
    "a forbidden key": (answer(403, told("Forbidden")), "key_refused", "", NO),
    "a gateway's refusal": (answer(403, "<html>no</html>", "text/html"), "request_refused", "status 403", NO),
    "a network that wants a login": (answer(511, "<html>"), "provider_unavailable.captive_portal", "127.0.0.1", NO),
    "a region": (
        answer(403, told("Country, region, or territory not supported")),
        "request_refused",
        "Country, region, or territory not supported",
        NO,
    ),
    "a missing scope": (
        answer(403, told("Missing scopes: api.read")),
        "request_refused",
        "Missing scopes: api.read",
        NO,
    ),
    "no model": (answer(404, told("No.", "model_not_found")), "model_gone", "No.", NO),
    "no model, in words alone": (
        answer(404, told("The model `m` does not exist or you do not have access to it.")),
        "model_gone",
        "The model `m` does not exist or you do not have access to it.",
        NO,
    ),
    "a retired model": (answer(400, told("Model m has been decommissioned.")), "model_gone", None, NO),
    "no such thing": (answer(404, told("No vector store found.")), "request_refused", "No vector store found.", NO),
    "a page of not found": (answer(404, "<html>no</html>", "text/html"), "request_refused", "status 404", NO),
    "a plain sentence": (answer(404, "404 page not found", "text/plain"), "request_refused", "404 page not found", NO),
    "a bad request": (answer(400, told("Unknown parameter: 'x'.")), "request_refused", "Unknown parameter: 'x'.", NO),
    "a body with a detail": (answer(400, {"detail": "Store gone"}), "request_refused", "Store gone", NO),
    "a body with the request in it": (
        answer(422, {"detail": [{"msg": "Missing", "input": {"input": "Bonjour, ma commande"}}]}),
        "request_refused",
        '[{"msg": "Missing"}]',
        NO,
    ),
    "a body with many details": (
        answer(422, {"detail": [{"loc": ["body", "été"]}]}),
        "request_refused",
        '[{"loc": ["body", "été"]}]',
        NO,
    ),
    "an error that is a string": (
        answer(400, {"error": "model is required"}),
        "request_refused",
        "model is required",
        NO,
    ),
    "a locked conversation": (
        answer(400, told("Locked", "conversation_locked")),
        "provider_unavailable.busy",
        "Locked",
        NO,
    ),
    "a conflict": (answer(409, told("Try again")), "provider_unavailable.busy", "Try again", NO),
    "no credit": (answer(429, told("Quota", "insufficient_quota")), "quota_exhausted", "Quota", NO),
    "no credit, by its type": (answer(429, told("Q", None, "insufficient_quota")), "quota_exhausted", "Q", NO),
    "an unpaid bill": (answer(429, told("Bill", "billing_not_active")), "quota_exhausted", "Bill", NO),
    "payment required": (answer(402, told("Insufficient Balance")), "quota_exhausted", "Insufficient Balance", NO),
    "too many requests": (answer(429, told("Slow down", "rate_limit_exceeded")), "rate_limited", "Slow down", NO),
    "an overload": (answer(503, told("Overloaded")), "provider_unavailable.busy", "Overloaded", NO),
    "another overload": (answer(529, told("Overloaded")), "provider_unavailable.busy", "Overloaded", NO),
    "a failure": (answer(500, told("Sorry")), "provider_unavailable.failed", "Sorry", MAYBE),
    "a gateway's failure": (answer(502, "<html>", "text/html"), "provider_unavailable.failed", "status 502", MAYBE),
    "a redirect": (
        answer(307, "", location="https://elsewhere.example/v1"),
        "provider_unavailable.redirected",
        "elsewhere.example",
        NO,
    ),
    "a redirect to a path": (answer(302, "", location="/login"), "provider_unavailable.redirected", "127.0.0.1", NO),
    "a redirect to nowhere": (answer(302, ""), "provider_unavailable.redirected", "127.0.0.1", NO),
    "broken JSON": (answer(200, '{"id": '), "answer_unusable", "bad JSON", MAYBE),
}


@pytest.mark.parametrize(("found", "code", "detail", "billed"), ANSWERS.values(), ids=ANSWERS.keys())
async def test_an_answer_becomes_the_error_it_means(
    found: bytes, code: str, detail: str | None, billed: Delivery
) -> None:
    info = (await met_answer(found)).info
    assert (info.code, info.sent, info.billed) == (code, YES, billed)
    assert detail is None or info.detail == detail


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry_after": "1.5"}, 1.5),
        ({"retry_after": "86400"}, 86400),
        ({"retry_after_ms": "250", "retry_after": "9"}, 0.25),
        ({"retry_after_ms": "soon", "retry_after": "9"}, 9),
        ({"retry_after": "-3"}, 0),
        ({"retry_after": "inf"}, None),
        ({"retry_after": "tomorrow"}, None),
        ({}, None),
    ],
)
async def test_the_wait_a_server_asks_for_is_told(headers: dict[str, str], seconds: float | None) -> None:
    for status in (429, 503):
        assert (await met_answer(answer(status, told("Wait"), **headers))).retry_after == seconds


async def test_the_wait_may_be_a_date() -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    error = await met_answer(answer(429, told("Wait"), retry_after=date))
    assert isinstance(error, RateLimited)
    assert error.retry_after is not None
    assert 3500 < error.retry_after <= 3600


async def test_what_a_server_says_of_a_key_is_not_kept() -> None:
    error = await met_answer(answer(401, told("Incorrect API key provided: sk-to**********1234.")))
    assert isinstance(error, KeyRefused)
    assert error.detail == ""


@pytest.mark.parametrize("key", ["sk-abcdef123456", "Bearer whatever", "gsk_abcdef1234"])
async def test_a_key_in_another_sentence_is_taken_out(key: str) -> None:
    error = await met_answer(answer(400, told(f"Header: {key} is bad")))
    assert error.detail == "Header: [key] is bad"


async def test_a_detail_is_short() -> None:
    assert len((await met_answer(answer(400, told("x" * 10_000)))).detail) == 500


async def test_a_closed_port_is_told_apart_from_an_unknown_name() -> None:
    refused = (await met(f"http://127.0.0.1:{closed_port()}/v1")).info
    assert (refused.code, refused.detail, refused.sent, refused.billed) == (
        "provider_unavailable.refused", "127.0.0.1", NO, NO,
    )  # fmt: skip
    unknown = (await met("http://no-such-host.invalid/v1")).info
    assert (unknown.code, unknown.detail, unknown.sent, unknown.billed) == (
        "provider_unavailable.dns", "no-such-host.invalid", NO, NO,
    )  # fmt: skip


async def test_https_where_there_is_none_is_no_api() -> None:
    with ToyOpenAI() as toy:
        error = await met(toy.base_url.replace("http:", "https:"))
    assert error.info.code == "provider_unavailable.not_an_api"
    assert (error.sent, error.billed) == (NO, NO)


async def test_nobody_knows_what_became_of_a_request_whose_connection_was_reset() -> None:
    error = await met_answer(RESET)
    assert type(error) is ProviderUnavailable
    assert (error.info.code, error.sent, error.billed) == ("provider_unavailable", MAYBE, MAYBE)


async def test_a_connection_that_ends_without_an_answer_is_as_unclear() -> None:
    error = await met_answer(b"HTTP/1.1 200 ")
    assert (error.info.code, error.sent, error.billed) == ("provider_unavailable", MAYBE, MAYBE)


async def test_a_server_that_never_answers_may_have_charged() -> None:
    error = await met_answer(SILENCE, timeout=httpx2.Timeout(5, read=0.02))
    assert (error.info.code, error.sent, error.billed) == ("provider_unavailable.time_limit", YES, MAYBE)


async def test_an_answer_that_breaks_off_is_cut() -> None:
    error = await met_answer(answer(200, {"id": "x"}, content_length="5000"))
    assert isinstance(error, StreamCut)
    assert (error.sent, error.billed) == (YES, MAYBE)


async def test_what_is_not_billable_is_never_billed() -> None:
    async with serving({"GET /v1/models": RESET}) as server, client_of(server.url) as client:
        with pytest.raises(openai.APIConnectionError) as caught:
            await client.models.list()
    error = provider_error(caught.value, billable=False)
    assert (error.sent, error.billed) == (MAYBE, NO)


@pytest.mark.parametrize(
    ("kind", "sent"),
    [(httpx2.ConnectTimeout, NO), (httpx2.PoolTimeout, NO), (httpx2.WriteTimeout, MAYBE)],
)
def test_a_request_that_was_not_sent_whole_is_not_billed(kind: type[httpx2.RequestError], sent: Delivery) -> None:
    request = httpx2.Request("POST", "https://api.example/v1/responses")
    error = openai.APITimeoutError(request)
    error.__cause__ = kind("late", request=request)
    info = provider_error(error, billable=True).info
    assert (info.code, info.detail, info.sent, info.billed) == (
        "provider_unavailable.time_limit", "api.example", sent, NO,
    )  # fmt: skip


async def test_bad_json_in_a_stream_is_an_unusable_answer() -> None:
    with ToyOpenAI() as toy:
        toy.fail(BadJson(), on="POST /responses")
        async with client_of(toy.base_url) as client:
            with pytest.raises(json.JSONDecodeError) as caught:
                async for _ in await client.responses.create(model="toy-1", input="Hello", stream=True):
                    pass
        assert toy.invalid == []
    error = provider_error(caught.value, billable=True)
    assert isinstance(error, AnswerUnusable)
    assert (error.sent, error.billed) == (YES, MAYBE)


async def test_an_error_in_a_stream_is_read_as_one_that_is_told() -> None:
    event = f"data: {json.dumps(told('Full', 'rate_limit_exceeded'))}\n\n"
    async with (
        serving({"POST /v1/responses": answer(200, event, "text/event-stream")}) as server,
        client_of(server.url) as client,
    ):
        with pytest.raises(openai.APIError) as caught:
            async for _ in await client.responses.create(model="m", input="Hello", stream=True):
                pass
    error = provider_error(caught.value, billable=True)
    assert isinstance(error, RateLimited)
    assert (error.detail, error.sent, error.billed) == ("Full", YES, MAYBE)


TOLD = {
    "server_error": "provider_unavailable.failed",
    "": "provider_unavailable.failed",
    "rate_limit_exceeded": "rate_limited",
    "insufficient_quota": "quota_exhausted",
    "model_not_found": "model_gone",
    "invalid_api_key": "key_refused",
    "server_is_overloaded": "provider_unavailable.busy",
    "vector_store_timeout": "provider_unavailable.time_limit",
    "invalid_prompt": "request_refused",
}


@pytest.mark.parametrize(("code", "expected"), TOLD.items())
def test_a_code_inside_an_answer_names_the_error(code: str, expected: str) -> None:
    info = error_of(code, "It says so.").info
    assert (info.code, info.sent, info.billed) == (expected, YES, MAYBE)
    assert info.detail == ("" if expected == "key_refused" else "It says so.")


def test_a_code_without_a_sentence_is_the_detail() -> None:
    assert error_of("invalid_prompt", "", billed=NO).info.detail == "invalid_prompt"


def test_success_that_is_no_json_is_a_portal_or_no_api() -> None:
    for page in ("<!DOCTYPE html><html>", "  <!-- x -->\n<html lang=fr>", "<HTML>"):
        assert not_json(page).info.code == "provider_unavailable.captive_portal"
    for text in ("", "hello", "<?xml version='1.0'?>"):
        assert not_json(text).info.code == "provider_unavailable.not_an_api"


def test_of_an_unknown_exception_only_its_class_is_kept() -> None:
    error = provider_error(RuntimeError("sk-secret"), billable=True)
    assert (error.info.code, error.detail, error.sent) == ("provider", "RuntimeError", MAYBE)


def test_a_domain_error_stays_what_it_is() -> None:
    error = RequestRefused("no")
    assert provider_error(error, billable=True) is error
