from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from openai import AsyncOpenAI, AuthenticationError

ROOT = Path(__file__).parents[4]

Started = Callable[..., AsyncOpenAI]


@pytest.fixture
async def http() -> httpx2.AsyncClient:
    return httpx2.AsyncClient(trust_env=False)


@pytest.fixture
def started(http: httpx2.AsyncClient) -> Iterator[Started]:
    """Starts it in a process of its own; when its standard input closes, it must end by itself."""
    processes: list[subprocess.Popen[str]] = []

    def start(*options: str) -> AsyncOpenAI:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes.toy_openai", *options],
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        processes.append(process)
        assert process.stdout
        url = process.stdout.readline().strip()
        return AsyncOpenAI(base_url=url, api_key="sk-x", max_retries=0, http_client=http)

    yield start
    for process in processes:
        process.communicate(timeout=60)
        assert process.returncode == 0


async def test_it_serves_other_processes(started: Started, http: httpx2.AsyncClient) -> None:
    async with http:
        client = started("--port", "0", "--key", "sk-x")
        assert (await client.responses.create(model="toy-1", input="x")).output_text == "∅ x\n"
        with pytest.raises(AuthenticationError):
            await client.with_options(api_key="sk-y").models.list()


async def test_it_writes_as_much_as_is_wanted(started: Started, http: httpx2.AsyncClient) -> None:
    async with http:
        client = started("--deltas", "20000")
        count = 0
        async with client.responses.with_streaming_response.create(model="toy-1", input="x", stream=True) as answer:
            async for line in answer.iter_lines():
                count += line == "event: response.output_text.delta"
    assert count == 20_000
