"""One line of a benchmark's table."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Figure:
    """`aim` as a text such as `≤ 1.5`; empty where a figure is given for the record."""

    name: str
    value: str
    aim: str = ""

    def __str__(self) -> str:
        return f"{self.name:58} {self.value:>24}   {f'aim {self.aim}' if self.aim else ''}".rstrip()


def run_child(module: str, *arguments: str) -> list[str]:
    """The lines that `python -m module` printed, offscreen, on a fresh profile; raises where it failed."""
    with TemporaryDirectory() as profile:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "IAPOSTE_PROFILE": profile}
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=3600,
        )
    if done.returncode:
        raise RuntimeError(f"{module} ended with {done.returncode}:\n{done.stderr[-4000:]}")
    return done.stdout.splitlines()


def median_of(module: str, *arguments: str, times: int) -> list[float]:
    """The median of each number in the last line of `times` runs."""
    runs = [[float(number) for number in run_child(module, *arguments)[-1].split()] for _ in range(times)]
    return [statistics.median(column) for column in zip(*runs, strict=True)]


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
