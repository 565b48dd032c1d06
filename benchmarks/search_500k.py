"""The figures of `search` for a store of half a million chunks: a gigabyte of text, many minutes."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.figure import Figure
from benchmarks.search import figures_of


def figures() -> Iterator[Figure]:
    return figures_of("500k")
