from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.domain.errors import KeyRefused, ProviderUnavailable
from iaposte_desktop.domain.ports.model_provider import ModelInfo
from iaposte_desktop.providers.models import list_models, models_in
from iaposte_desktop.providers.wire import Wire
from tests.fakes.secrets import MemorySecrets
from tests.fakes.toy_openai.models import KnownModel
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.unit.providers.loopback import answer, serving


def wire_to(url: str, key: str = "sk-toy") -> Wire:
    connection = Connection("c", "Toy", ConnectionKind.COMPATIBLE, base_url=url)
    return Wire(connection, MemorySecrets({connection.key_name: key}))


async def listed(url: str, key: str = "sk-toy") -> tuple[ModelInfo, ...]:
    wire = wire_to(url, key)
    try:
        return await list_models(wire)
    finally:
        await wire.aclose()


async def listed_of(found: bytes) -> tuple[ModelInfo, ...]:
    async with serving({"GET /v1/models": found}) as server:
        return await listed(server.url)


def ids(*entries: dict[str, Any]) -> list[str]:
    return [model.id for model in models_in(list(entries))]


async def test_the_models_that_generate_are_listed_with_what_is_known_of_them() -> None:
    with ToyOpenAI() as toy:
        models = {model.id: model for model in await listed(toy.base_url)}
        assert toy.invalid == []
    assert models.keys() == {"toy-1", "toy-reasoning-1", "gpt-6.1-terra", "gpt-4o"}
    assert models["gpt-4o"].shutdown_date == date(2027, 1, 14)
    assert models["toy-1"] == ModelInfo("toy-1", None, None, date(2025, 10, 9))


async def test_a_refused_key_is_told() -> None:
    with ToyOpenAI() as toy, pytest.raises(KeyRefused):
        await listed(toy.base_url, "sk-other")


async def test_the_list_is_asked_for_anew_after_ten_minutes() -> None:
    now = 5000.0
    with ToyOpenAI() as toy:
        wire = wire_to(toy.base_url)
        before = await list_models(wire, lambda: now)
        toy.models.known = [KnownModel("toy-2")]
        now += 599
        assert await list_models(wire, lambda: now) is before
        now += 2
        assert [model.id for model in await list_models(wire, lambda: now)] == ["toy-2"]
        await wire.aclose()
        assert toy.count("GET", "/models") == 2


async def test_a_failure_is_not_kept() -> None:
    with ToyOpenAI(key="sk-later") as toy:
        wire = wire_to(toy.base_url)
        with pytest.raises(KeyRefused):
            await list_models(wire)
        toy.key = "sk-toy"
        assert await list_models(wire)
        await wire.aclose()


@pytest.mark.parametrize("repeats", [False, True])
async def test_every_page_is_read_and_none_for_ever(repeats: bool) -> None:
    first = answer(200, {"data": [{"id": "a"}], "has_more": True, "last_id": "a"})
    second = first if repeats else answer(200, {"data": [{"id": "b"}], "has_more": False, "last_id": "b"})
    async with serving({"GET /v1/models": first, "GET /v1/models?after=a": second}) as server:
        found = [model.id for model in await listed(server.url)]
        assert len(server.heard) == 2
    assert found == (["a"] if repeats else ["a", "b"])


@pytest.mark.parametrize("body", [{"data": [{"id": "a"}]}, {"data": [{"id": "a"}], "has_more": True}, [{"id": "a"}]])
@pytest.mark.parametrize("kind", ["application/json", "text/plain"])
async def test_a_list_is_read_however_it_is_wrapped(body: object, kind: str) -> None:
    assert [model.id for model in await listed_of(answer(200, body, kind))] == ["a"]


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (answer(200, "<html>", "text/html"), "captive_portal"),
        (answer(200, "<html>", "text/plain"), "captive_portal"),
        (answer(200, "hello", "text/plain"), "not_an_api"),
        (answer(200, {"status": "ok"}), "not_an_api"),
        (answer(200, {"error": "Unexpected endpoint or method."}), "not_an_api"),
        (answer(200, "7"), "not_an_api"),
    ],
)
async def test_what_is_no_list_is_told(found: bytes, code: str) -> None:
    with pytest.raises(ProviderUnavailable) as caught:
        await listed_of(found)
    assert caught.value.info.code == f"provider_unavailable.{code}"


def test_newer_models_come_first_and_then_by_name() -> None:
    days = {"c": 2, "b": 9, "z": 0, "a": 2, "y": None}
    entries = [
        {"id": name, "created": day and int(datetime(2026, 1, day, tzinfo=UTC).timestamp())}
        for name, day in days.items()
    ]
    assert ids(*entries) == ["b", "a", "c", "y", "z"]


def test_a_model_that_is_listed_twice_is_one() -> None:
    assert ids({"id": "a"}, {"id": "a"}) == ["a"]


@pytest.mark.parametrize(
    "name",
    [
        "gpt-6.1-terra", "o3", "o4-mini-deep-research", "chatgpt-4o-latest", "codex-mini-latest", "computer-use-x",
        "meta-llama/Llama-3.3-70B-Instruct", "ollama/llama3.2:3b-instruct-fp16", "qwen3:8b", "mistral-large-latest",
        "embedding/llama-3", "gpt-4-vision-preview", "translategemma:4b", "liveness-7b",
    ],
)  # fmt: skip
def test_a_model_that_generates_text_is_kept(name: str) -> None:
    assert ids({"id": name}) == [name]


@pytest.mark.parametrize(
    "name",
    [
        "text-embedding-3-small", "nomic-embed-text:latest", "all-minilm", "BAAI/bge-m3", "intfloat/e5-large-v2",
        "sentence-transformers/nomic-ai/nomic-embed-text-v1.5", "Qwen/Qwen3-Reranker-4B", "whisper-1", "tts-1-hd",
        "gpt-4o-mini-tts", "gpt-4o-transcribe", "gpt-audio-mini", "gpt-4o-audio-preview", "gpt-realtime-2",
        "gpt-4o-realtime-preview", "gpt-live-transcribe", "dall-e-3", "gpt-image-2", "chatgpt-image-latest", "sora-2",
        "omni-moderation-latest", "llama-guard3:8b", "davinci-002", "babbage-002", "gpt-3.5-turbo-instruct-0914",
        "stable-diffusion-xl", "GPT-Image-1",
    ],
)  # fmt: skip
def test_a_model_that_generates_no_text_is_left_out(name: str) -> None:
    assert ids({"id": name}) == []


@pytest.mark.parametrize(
    ("told", "is_kept"),
    [
        ({"custom_metadata": {"model_type": "llm"}}, True),
        ({"custom_metadata": {"model_type": "embedding"}}, False),
        ({"custom_metadata": None, "model_type": "embedding"}, False),
        ({"type": "chat"}, True),
        ({"type": "image"}, False),
        ({"capabilities": {"chat_completion": True, "embeddings": False}}, True),
        ({"capabilities": {"chat_completion": False, "embeddings": True}}, False),
        ({"capabilities": {"completion_chat": False}}, False),
        ({"capabilities": ["completion"]}, True),
    ],
)
def test_what_a_server_tells_of_a_model_decides(told: dict[str, Any], is_kept: bool) -> None:
    assert ids({"id": "provider/plain-name", **told}) == (["provider/plain-name"] if is_kept else [])


@pytest.mark.parametrize("name", ["context_length", "max_model_len", "context_window", "max_context_length"])
def test_the_context_is_read_where_it_is_told(name: str) -> None:
    assert models_in([{"id": "a", name: 8192}])[0].context_tokens == 8192


def test_nonsense_is_left_out_or_unknown() -> None:
    entries = [
        None, 7, {}, {"id": 5}, {"id": ""},
        {"id": "a", "created": "2026", "shutdown_date": "soon", "context_length": "8k"},
        {"id": "b", "created": 1e300, "shutdown_date": 7, "context_length": True},
        {"id": "c", "created": -5, "shutdown_date": "2027-01-14T00:00:00Z", "context_length": 0},
    ]  # fmt: skip
    assert models_in(json.loads(json.dumps(entries))) == (
        ModelInfo("a"),
        ModelInfo("b"),
        ModelInfo("c", shutdown_date=date(2027, 1, 14)),
    )
