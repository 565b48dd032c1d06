"""The nearest passages by meaning among 20,000 vectors of 768 numbers, beside the bare sum of their distances."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import apsw
import sqlite_vec

from benchmarks.figure import Figure, percentile
from iaposte_desktop.engine.meaning.vectors import ChunkSpan, Vectors, packed

CHUNKS = 20_000
NUMBERS = 768
DIFFERENT = 500
QUERIES = 20


def figures() -> Iterator[Figure]:
    rng = random.Random(7)
    made = [[rng.gauss(0, 1) for _ in range(NUMBERS)] for _ in range(DIFFERENT)]
    with TemporaryDirectory() as home:
        path = Path(home, "vectors.db")
        vectors = Vectors(path)
        texts = [str(number) for number in range(CHUNKS)]
        vectors.add((ChunkSpan("file_1", number, number, number + 1), text) for number, text in enumerate(texts))
        vectors.put("bench", texts, [made[number % DIFFERENT] for number in range(CHUNKS)])
        queries = made[:QUERIES]
        ours = [_milliseconds(lambda query=query: vectors.nearest("bench", query, None, 100)) for query in queries]
        vectors.close()
        bare = apsw.Connection(str(path))
        bare.enable_load_extension(True)
        bare.load_extension(sqlite_vec.loadable_path())
        total = "SELECT sum(vec_distance_cosine(vector, ?)) FROM vectors"
        floor = [_milliseconds(lambda query=query: bare.execute(total, (packed(query),)).get) for query in queries]
        bare.close()
    mine, least = percentile(ours, 0.5), percentile(floor, 0.5)
    value = f"{mine:.0f} / {least:.0f} ms = {mine / least:.2f}"
    yield Figure(f"nearest of {CHUNKS:,} vectors p50 ÷ bare distances", value, "≤ 2")


def _milliseconds(work) -> float:  # type: ignore[no-untyped-def]  # Any call.
    begun = perf_counter()
    work()
    return (perf_counter() - begun) * 1000
