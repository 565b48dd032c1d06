"""What a look at files before they are added costs, beside reading them alone; and a walk over a followed folder."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.figure import Figure, run_child
from iaposte_desktop.application.folder_changes import scan
from iaposte_desktop.engine.file_inspector import WorkerFileInspector
from iaposte_desktop.engine.personal_data import RulesOfPersonalData
from iaposte_desktop.engine.text_reader import EngineTextReader
from iaposte_desktop.platform.isolation import WorkerProcesses

FILES = 400
WALKED = 10_000
PROSE = "La livraison est gratuite dès 60 euros, sauf en Corse où elle coûte 9,90 € depuis le 12/03/2026. "
MEGABYTE = 1024**2


def figures() -> Iterator[Figure]:
    read, looked, bare_walk, walk, found = map(float, run_child("benchmarks.looking")[-1].split())
    value = f"{FILES / looked:.0f} / {FILES / read:.0f} files/s = {read / looked:.2f}"
    yield Figure(f"looking at {FILES} files of 20 KB ÷ reading them", value, "≥ 0.4")
    yield Figure("personal data looked for in prose", f"{found:.1f} MB/s", "≥ 2 MB/s")
    value = f"{walk * 1000:.0f} / {bare_walk * 1000:.0f} ms = {walk / bare_walk:.1f}"
    yield Figure(f"a look at a folder of {WALKED:,} files ÷ os.walk and stat", value, "≤ 6")


def written(folder: Path, count: int, text: str) -> list[Path]:
    paths = [folder / f"{number // 100:03}" / f"{number}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{number}. {text}", encoding="utf-8")
    return paths


async def reading(paths: list[Path]) -> tuple[float, float]:
    """Seconds: read alone, and looked at, one after the other in one worker."""
    jobs = WorkerProcesses(size=1)
    try:
        reader, inspector = EngineTextReader(jobs, {}), WorkerFileInspector(jobs, {})
        await inspector.inspect(paths[0], {".txt"}, MEGABYTE)  # The worker and its libraries are there.
        begun = perf_counter()
        for path in paths:
            await reader.read(path)
        between = perf_counter()
        for path in paths:
            await inspector.inspect(path, {".txt"}, MEGABYTE)
        return between - begun, perf_counter() - between
    finally:
        await jobs.aclose()


def bare_walk(root: Path) -> float:
    begun = perf_counter()
    for parent, _, names in os.walk(root):
        for name in names:
            os.stat(os.path.join(parent, name))  # noqa: PTH116, PTH118  # The floor is the fastest there is.
    return perf_counter() - begun


def our_walk(root: Path) -> float:
    begun = perf_counter()
    scan(root, {".txt"})
    return perf_counter() - begun


def searched() -> float:
    finder, text = RulesOfPersonalData(), PROSE * 10_000
    finder.find(PROSE)
    begun = perf_counter()
    finder.find(text)
    return len(text.encode()) / MEGABYTE / (perf_counter() - begun)


def main() -> int:
    with TemporaryDirectory() as folder:
        read, looked = asyncio.run(reading(written(Path(folder, "read"), FILES, PROSE * 200)))
        root = Path(folder, "walked")
        written(root, WALKED, "x")
        bare, ours = (min(walk(root) for _ in range(5)) for walk in (bare_walk, our_walk))
    print(read, looked, bare, ours, searched())
    return 0


if __name__ == "__main__":
    sys.exit(main())
