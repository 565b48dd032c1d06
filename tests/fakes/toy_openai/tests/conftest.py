from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx2
import pytest
from openai import AsyncOpenAI
from openai.types.beta import Assistant

from tests.fakes.toy_openai.server import ToyOpenAI
from tests.fakes.toy_openai.tests.opened import QUESTION, Opened
from tests.fakes.toy_openai.tests.stepping import Steps


@pytest.fixture
def toy() -> Iterator[ToyOpenAI]:
    with ToyOpenAI() as server:
        yield server


@pytest.fixture
async def client(toy: ToyOpenAI) -> AsyncIterator[AsyncOpenAI]:
    # Proxies and netrc files of the machine stay out.
    async with (
        httpx2.AsyncClient(trust_env=False) as http,
        AsyncOpenAI(base_url=toy.base_url, api_key="sk-toy", max_retries=0, http_client=http) as opened,
    ):
        yield opened


@pytest.fixture
async def assistant(client: AsyncOpenAI) -> Assistant:
    return await client.beta.assistants.create(model="toy-1", instructions="Be short.")


@pytest.fixture
def steps(toy: ToyOpenAI) -> Steps:
    return Steps(toy.assistants)


@pytest.fixture
def guides(toy: ToyOpenAI) -> dict[str, Any]:
    """Settings of an assistant that searches two files."""
    toy.vector_stores.index_seconds = 0
    contents = {"été.txt": "Returns within thirty days.", "card.txt": "Refunds after thirty days."}
    file_ids = [toy.files.add(name, text.encode())["id"] for name, text in contents.items()]
    store = toy.vector_stores.create("Guides", file_ids=file_ids)
    return {
        "tools": [{"type": "file_search"}],
        "tool_resources": {"file_search": {"vector_store_ids": [store.id]}},
    }


@pytest.fixture
def responses(client: AsyncOpenAI) -> Opened:
    async def opened() -> AsyncIterator[Any]:
        return await client.responses.create(model="toy-1", input=QUESTION, stream=True)

    return opened


@pytest.fixture
def chat(client: AsyncOpenAI) -> Opened:
    async def opened() -> AsyncIterator[Any]:
        return await client.chat.completions.create(
            model="toy-1", messages=[{"role": "user", "content": QUESTION}], stream=True
        )

    return opened
