"""A thousand small files into a hosted vector store, eight at once: our pipeline beside the bare SDK's three calls."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.connected import CONNECTION, connected
from benchmarks.figure import Figure, run_child
from benchmarks.servers import serving
from iaposte_desktop.application.program import Program
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.domain.tasks import TaskStatus
from iaposte_desktop.launch import session
from iaposte_desktop.platform.paths import Profile

FILES = 1_000
AT_ONCE = 8
POLL_SECONDS = 0.02


def figures() -> Iterator[Figure]:
    with serving("tests.fakes.toy_openai") as base_url:
        bare, ours = (float(seconds) for seconds in run_child("benchmarks.uploads", base_url)[-1].split())
    value = f"{FILES / ours:.0f} / {FILES / bare:.0f} files/s = {bare / ours:.2f}"
    yield Figure(f"{FILES:,} uploads, {AT_ONCE} at once ÷ bare SDK", value, "≥ 0.9")


def written(folder: Path, kind: str) -> list[Path]:
    """Texts of their own for each side: a duplicate would not be sent."""
    folder.mkdir()
    paths = [folder / f"{kind}-{number:04}.txt" for number in range(FILES)]
    for number, path in enumerate(paths):
        path.write_text(f"Article {kind} {number}: a refund takes {number} days.\n" * 10, encoding="utf-8")
    return paths


async def bare(base_url: str, paths: list[Path]) -> float:
    from openai import AsyncOpenAI

    client = AsyncOpenAI(api_key="sk-bench", base_url=base_url, max_retries=0)
    store = await client.vector_stores.create(name="bare")
    room = asyncio.Semaphore(AT_ONCE)

    async def one(path: Path) -> None:
        async with room:
            with path.open("rb") as file:
                uploaded = await client.files.create(file=file, purpose="assistants")
            await client.vector_stores.files.create(vector_store_id=store.id, file_id=uploaded.id)
            while True:
                await asyncio.sleep(POLL_SECONDS)
                state = await client.vector_stores.files.retrieve(uploaded.id, vector_store_id=store.id)
                if state.status == "completed":
                    return

    begun = perf_counter()
    await asyncio.gather(*map(one, paths))
    seconds = perf_counter() - begun
    await client.close()
    return seconds


async def ours(program: Program, base_url: str, paths: list[Path]) -> float:
    await connected(program, base_url, has_vector_stores=True)
    store = await program.knowledge.create(StoreDetails("ours"), CONNECTION)
    begun = perf_counter()
    task = await program.knowledge.upload(store.id, paths)
    seconds = perf_counter() - begun
    assert (task.status, task.failed, task.done) == (TaskStatus.COMPLETED, 0, FILES), task
    return seconds


async def main(base_url: str) -> None:
    with TemporaryDirectory() as home, session(Profile.at(Path(home) / "profile")) as held:
        program = await held.open_program()
        try:
            print(
                await bare(base_url, written(Path(home, "bare"), "bare")),
                await ours(program, base_url, written(Path(home, "ours"), "ours")),
                flush=True,
            )
        finally:
            await program.aclose()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
