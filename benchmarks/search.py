"""Index rate through `add_files`, beside raw FTS5 inserts of the same text; search in stores of several sizes, beside a
raw MATCH over one plain FTS5 column; and the time that removing 1,000 files takes."""

from __future__ import annotations

import asyncio
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import apsw

from benchmarks.corpus import paragraph, words
from benchmarks.figure import Figure, percentile, run_child
from benchmarks.process import resident_mb

SIZES = {"30k": (1_000, 160), "100k": (1_000, 590), "500k": (8_000, 2_850)}
"""Chunks → small files, large files."""

P95_AIMS = {"30k": 40, "100k": 60, "500k": 150}
SMALL_PARAGRAPHS = 12
LARGE_PARAGRAPHS = 650
REMOVED = 1_000
QUERIES = 200


def figures() -> Iterator[Figure]:
    for size in ("30k", "100k"):
        yield from figures_of(size)


def figures_of(size: str) -> Iterator[Figure]:
    lines = run_child("benchmarks.search", size)
    numbers = (float(number) for number in lines[-1].split())
    mb, seconds, raw_seconds, chunks, p50, p95, raw_p50, raw_p95, grown, removing = numbers
    rate, raw_rate = mb / seconds, mb / raw_seconds
    yield Figure(
        f"indexing {mb:.0f} MB of text ÷ raw FTS5",
        f"{rate:.1f} / {raw_rate:.1f} MB/s = {rate / raw_rate:.2f}",
        "≥ 3 MB/s",
    )
    yield Figure(f"search p50 at {chunks:,.0f} chunks, raw MATCH beside", f"{p50:.0f} ms / {raw_p50:.0f} ms")
    aim = f"≤ {P95_AIMS[size]} ms"
    yield Figure(f"search p95 at {chunks:,.0f} chunks, raw MATCH beside", f"{p95:.0f} ms / {raw_p95:.0f} ms", aim)
    yield Figure("memory of the program, grown by", f"{grown:.0f} MB", "≤ 150 MB")
    yield Figure(f"removing {REMOVED:,} files of {sum(SIZES[size]):,}", f"{removing:.1f} s", "≤ 2 s")


async def measured(home: Path, folder: Path) -> None:
    from iaposte_desktop.application.program import Program
    from iaposte_desktop.domain.ports.vector_stores import StoreDetails
    from iaposte_desktop.launch import session
    from iaposte_desktop.platform.paths import Profile

    with session(Profile.at(home)) as held:
        program: Program = await held.open_program()
        before = resident_mb()
        store = await program.knowledge.create(StoreDetails("benchmark"))
        begun = perf_counter()
        await program.knowledge.upload(store.id, [folder])
        seconds = perf_counter() - begun
        files = await program.knowledge.files(store.id)
        queries = made_queries()
        times = []
        for query in [*queries[:10], *queries]:
            asked = perf_counter()
            await program.knowledge.search([store.id], query)
            times.append((perf_counter() - asked) * 1000)
        times = times[10:]
        grown = resident_mb() - before
        asked = perf_counter()
        await program.knowledge.remove_files(store.id, [file.id for file in files if "small" in file.name][:REMOVED])
        removing = perf_counter() - asked
        await program.aclose()
    mb = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    raw_seconds, raw = raw_fts5(folder, queries)
    chunks = sum(file.chunks for file in files)
    figures_ = (percentile(times, 0.5), percentile(times, 0.95), percentile(raw, 0.5), percentile(raw, 0.95))
    print(mb, seconds, raw_seconds, chunks, *figures_, grown, removing, flush=True)


def made_queries() -> list[str]:
    rng = random.Random(3)
    return [" ".join(words(rng, rng.randint(3, 9))) for _ in range(QUERIES)]


def raw_fts5(folder: Path, queries: list[str]) -> tuple[float, list[float]]:
    """Seconds to insert every paragraph into one FTS5 column, and milliseconds of each OR query."""
    with TemporaryDirectory() as home:
        connection = apsw.Connection(str(Path(home, "raw.db")))
        connection.pragma("journal_mode", "wal")
        connection.execute("CREATE VIRTUAL TABLE raw USING fts5(text)")
        begun = perf_counter()
        with connection:
            for path in folder.iterdir():
                paragraphs = path.read_text(encoding="utf-8").split("\n\n")
                grouped = ["\n".join(paragraphs[at : at + 4]) for at in range(0, len(paragraphs), 4)]
                connection.executemany("INSERT INTO raw VALUES(?)", [(text,) for text in grouped])
        seconds = perf_counter() - begun
        times = []
        for query in queries:
            match = " OR ".join(f'"{word}"' for word in query.split())
            asked = perf_counter()
            connection.execute("SELECT rowid FROM raw WHERE raw MATCH ? ORDER BY rank LIMIT 10", (match,)).fetchall()
            times.append((perf_counter() - asked) * 1000)
        connection.close()
    return seconds, times


def main(size: str) -> int:
    with TemporaryDirectory() as home:
        folder = Path(home, "files")
        folder.mkdir()
        rng = random.Random(5)
        small, large = SIZES[size]
        for number in range(small):
            write(rng, folder / f"small-{number:05}.md", SMALL_PARAGRAPHS)
        for number in range(large):
            write(rng, folder / f"large-{number:05}.md", LARGE_PARAGRAPHS)
        asyncio.run(measured(Path(home, "profile"), folder))
    return 0


def write(rng: random.Random, path: Path, paragraphs: int) -> None:
    sections = (
        f"# {paragraph(rng)[:40]}\n\n{paragraph(rng)}" if at % 8 == 0 else paragraph(rng) for at in range(paragraphs)
    )
    path.write_text("\n\n".join(sections), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
