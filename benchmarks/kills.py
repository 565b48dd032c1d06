"""Thirty random kills (-9) of the program while somebody types: keys lost, and keys lost that were shown as saved."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from tempfile import TemporaryDirectory

from benchmarks.figure import ROOT, Figure

KILLS = 30


def figures() -> Iterator[Figure]:
    lost = [killed_once(seed) for seed in range(KILLS)]
    yield Figure(f"keys lost at kill -9, worst of {KILLS}", str(max(keys for keys, _ in lost)), "≤ 8")
    yield Figure("keys shown as saved and lost", str(sum(saved for _, saved in lost)), "0")


def killed_once(seed: int) -> tuple[int, int]:
    """Keys typed and not found at the next start; those of them that had been shown as saved."""
    with TemporaryDirectory() as home:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, "-m", "benchmarks.typist"]
        child = subprocess.Popen([*command, "type", home], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        assert child.stdout.readline() == "typing\n"
        time.sleep(random.Random(seed).uniform(0.3, 3.0))
        child.send_signal(signal.SIGKILL)
        rest = child.stdout.read()
        child.wait()
        found = subprocess.run(
            [*command, "read", home], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        ).stdout.strip()
    progress = [line.split() for line in rest.splitlines() if line.count(" ") == 1]
    typed = max((int(keys) for keys, _ in progress), default=0)
    saved = max((int(keys) for _, keys in progress), default=0)
    return max(0, typed - len(found)), max(0, saved - len(found))


if __name__ == "__main__":
    sys.exit(__doc__)
