"""Streamed events a second: through adapter, run loop and journal, beside the bare SDK on the same server."""

from __future__ import annotations

import asyncio
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.connected import connected
from benchmarks.figure import Figure, run_child
from benchmarks.servers import MODEL, serving
from iaposte_desktop.application.program import Program
from iaposte_desktop.domain.runs import RunStatus
from iaposte_desktop.launch import session
from iaposte_desktop.platform.paths import Profile

DELTAS = 5_000
TIMES = 5


def figures() -> Iterator[Figure]:
    with serving("tests.fakes.toy_openai", "--deltas", str(DELTAS)) as base_url:
        bare, ours = (float(rate) for rate in run_child("benchmarks.streaming", base_url)[-1].split())
    value = f"{ours:,.0f} / {bare:,.0f} = {ours / bare:.2f}"
    yield Figure("events a second, adapter and run loop ÷ bare SDK", value, "≥ 0.6")


async def measured(program: Program, base_url: str) -> tuple[float, float]:
    from openai import AsyncOpenAI

    thread_id, assistant_id = await connected(program, base_url)
    client = AsyncOpenAI(api_key="sk-bench", base_url=base_url, max_retries=0)

    async def bare() -> int:
        events = 0
        stream = await client.responses.create(model=MODEL, input="How long?", stream=True, store=False)
        async for _ in stream:
            events += 1
        return events

    async def ours() -> int:
        run = await program.drafting.draft_reply(thread_id, assistant_id)
        assert run.status is RunStatus.COMPLETED, run.error
        assert run.usage.output_tokens == DELTAS, run.usage
        return DELTAS

    rates: dict[str, list[float]] = {"bare": [], "ours": []}
    for _ in range(TIMES + 1):
        for name, stream in (("bare", bare), ("ours", ours)):
            begun = perf_counter()
            events = await stream()
            rates[name].append(events / (perf_counter() - begun))
    await client.close()
    # The first round of each is a warm-up.
    return statistics.median(rates["bare"][1:]), statistics.median(rates["ours"][1:])


async def main(base_url: str) -> None:
    with TemporaryDirectory() as home, session(Profile.at(Path(home))) as held:
        program = await held.open_program()
        try:
            print(*await measured(program, base_url), flush=True)
        finally:
            await program.aclose()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
