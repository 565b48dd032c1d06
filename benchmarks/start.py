"""First paint of the window, beside a bare QMainWindow's process."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.figure import Figure, median_of, run_child

TIMES = 9
HEAVY = ("sqlalchemy", "alembic", "openai", "apsw", "typer", "rich", "qasync", "pydantic", "keyring", "cattrs")


def figures() -> Iterator[Figure]:
    # One run of each first, so that files are in the system's cache and byte code is written.
    run_child("benchmarks.bare_window")
    run_child("benchmarks.our_window")
    bare_wall, bare_cpu = median_of("benchmarks.bare_window", times=TIMES)
    wall, cpu = median_of("benchmarks.our_window", times=TIMES)
    yield Figure(
        "first paint ÷ bare window, wall time", f"{wall:.2f} s / {bare_wall:.2f} s = {wall / bare_wall:.2f}", "≤ 1.5"
    )
    yield Figure("first paint ÷ bare window, CPU", f"{cpu:.2f} s / {bare_cpu:.2f} s = {cpu / bare_cpu:.2f}", "≤ 1.5")
    imported = set(run_child("benchmarks.our_window", "imports")[-1].split())
    heavy = sorted(imported.intersection(HEAVY))
    yield Figure("packages imported before the first paint", str(len(imported)))
    yield Figure("heavy ones among them", ", ".join(heavy) or "none", "none")
