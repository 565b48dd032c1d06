"""Near-duplicates among 10,000 files, a third of them with a page of boilerplate, beside comparing each with each."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations
from time import process_time

from benchmarks.figure import Figure
from iaposte_desktop.engine.likeness import alike
from iaposte_desktop.engine.text.signature import signature, similarity

FILES = 10_000
PAIRS = 20_000
"""Compared one by one; all pairs of FILES would be 2,500 times as many."""


def figures() -> Iterator[Figure]:
    signatures = made_signatures()
    begun = process_time()
    groups = alike(signatures)
    seconds = process_time() - begun
    begun = process_time()
    for _, (one, other) in zip(range(PAIRS), combinations(signatures.values(), 2), strict=False):
        similarity(one, other)
    all_pairs = (process_time() - begun) / PAIRS * FILES * (FILES - 1) / 2
    yield Figure(
        f"near-duplicates of {FILES:,} files, CPU, each pair compared beside",
        f"{seconds:.2f} s / {all_pairs:.0f} s",
        "≤ 1 s",
    )
    yield Figure("groups found, of 500 made", f"{len(groups)}", "≥ 495")


def made_signatures() -> dict[str, str]:
    chance = random.Random(22)
    words = [f"word{number}" for number in range(5_000)]
    boilerplate = chance.choices(words, k=100)
    signatures, before = {}, ""
    for number in range(FILES):
        text = chance.choices(words, k=60)
        own = signature(boilerplate + text if number % 3 == 0 else text)
        # Every twentieth says what the one before it says.
        signatures[str(number)] = before = before if number % 20 == 19 else own
    return signatures
