"""Idle memory, beside a bare window's, with the tabs alive and the program open."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.figure import Figure, median_of


def figures() -> Iterator[Figure]:
    (bare,) = median_of("benchmarks.bare_window", "memory", times=3)
    (ours,) = median_of("benchmarks.our_window", "memory", times=3)
    yield Figure("idle memory ÷ bare window", f"{ours:.0f} MB / {bare:.0f} MB = {ours / bare:.2f}", "≤ 1.6")
