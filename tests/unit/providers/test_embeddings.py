"""`/embeddings` as the program asks for it, and what becomes of servers that answer badly."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.domain.errors import AnswerUnusable, KeyRefused, ModelGone, ProviderUnavailable, RateLimited
from iaposte_desktop.providers.embeddings import HostedEmbedder
from iaposte_desktop.providers.wire import Wire
from tests.fakes.secrets import MemorySecrets
from tests.fakes.toy_openai import faults
from tests.fakes.toy_openai.embeddings import vector_of
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.unit.providers.loopback import PAGE, answer, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

CREATE = "POST /embeddings"
MODEL = "toy-embed-1"


@asynccontextmanager
async def embedder(url: str, key: str = "sk-toy") -> AsyncIterator[HostedEmbedder]:
    connection = Connection("c", "Toy", ConnectionKind.COMPATIBLE, base_url=url)
    wire = Wire(connection, MemorySecrets({connection.key_name: key}))
    try:
        yield HostedEmbedder(wire)
    finally:
        await wire.aclose()


async def answered(body: Any) -> object:
    """To a question with two texts."""
    found = body if isinstance(body, bytes) else answer(200, body)
    async with serving({"POST /v1/embeddings": found}) as server, embedder(server.url) as opened:
        return await opened.embed(MODEL, ["one", "two"])


async def test_a_vector_for_each_text_in_one_request() -> None:
    with ToyOpenAI() as toy:
        async with embedder(toy.base_url) as opened:
            found = await opened.embed(MODEL, ["Red umbrellas", "A refund"])
        assert toy.count("POST", "/embeddings") == 1
        assert toy.invalid == []
    assert found[0] == pytest.approx(vector_of("Red umbrellas"))
    assert found[1] == pytest.approx(vector_of("A refund"))


async def test_models_that_look_like_it_are_listed() -> None:
    with ToyOpenAI() as toy:
        async with embedder(toy.base_url) as opened:
            assert await opened.embedding_models() == (MODEL,)


async def test_a_refusal_to_wait_out_is_told_and_nothing_is_repeated() -> None:
    with ToyOpenAI() as toy:
        toy.fail(faults.RateLimited("7"), on=CREATE)
        async with embedder(toy.base_url) as opened:
            with pytest.raises(RateLimited) as caught:
                await opened.embed(MODEL, ["one"])
        assert toy.count("POST", "/embeddings") == 1
    assert caught.value.retry_after == 7


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (faults.Reset(), ProviderUnavailable),
        (faults.BadJson(), AnswerUnusable),
        (faults.Status(503), ProviderUnavailable),
    ],
    ids=["reset", "bad json", "busy"],
)
async def test_faults_on_the_way(fault: faults.Fault, error: type[Exception]) -> None:
    with ToyOpenAI() as toy:
        toy.fail(fault, on=CREATE)
        async with embedder(toy.base_url) as opened:
            with pytest.raises(error):
                await opened.embed(MODEL, ["one"])


async def test_a_refused_key_and_a_model_that_is_gone() -> None:
    with ToyOpenAI() as toy:
        async with embedder(toy.base_url, "sk-other") as opened:
            with pytest.raises(KeyRefused):
                await opened.embed(MODEL, ["one"])
        async with embedder(toy.base_url) as opened:
            with pytest.raises(ModelGone):
                await opened.embed("gone", ["one"])


async def test_a_page_in_the_place_of_an_answer() -> None:
    with pytest.raises(ProviderUnavailable):
        await answered(PAGE)


async def test_vectors_go_by_their_index() -> None:
    rows = [{"index": 1, "embedding": [0, 1]}, {"index": 0, "embedding": [1, 0]}]
    assert await answered({"data": rows}) == ((1.0, 0.0), (0.0, 1.0))
    assert await answered({"data": [{"embedding": [1, 0]}, {"embedding": [0, 1]}]}) == ((1.0, 0.0), (0.0, 1.0))


@pytest.mark.parametrize(
    "rows",
    [
        None,
        [],
        [{"index": 0, "embedding": [1, 0]}],
        [{"index": 0, "embedding": [1, 0]}, {"index": 0, "embedding": [0, 1]}],
        [{"index": 0, "embedding": [1, 0]}, {"index": 2, "embedding": [0, 1]}],
        [{"index": 0, "embedding": [1, 0]}, {"index": 1, "embedding": [1]}],
        [{"index": 0, "embedding": [1, 0]}, {"index": 1, "embedding": [0, 0]}],
        [{"index": 0, "embedding": [1, 0]}, {"index": 1, "embedding": "AACAPw=="}],
        [{"index": 0, "embedding": [1, 0]}, {"index": 1, "embedding": [0, 1e999]}],
    ],
    ids=["none", "empty", "missing", "twice", "beyond", "another dimension", "no direction", "base64", "infinite"],
)
async def test_anything_but_a_vector_for_each_text_is_no_answer(rows: object) -> None:
    with pytest.raises(AnswerUnusable):
        await answered({"data": rows})
