"""`python -m benchmarks [NAME…]`: all figures, or those named: start, memory, gaps, search, meaning, kills, streaming,
uploads, painting, looking, likeness, proof. Only when named: search-500k."""

from __future__ import annotations

import platform
import sys

from benchmarks import (
    gaps,
    kills,
    likeness,
    looking,
    meaning,
    memory,
    painting,
    proof,
    search,
    search_500k,
    start,
    streaming,
    uploads,
)

ALL = {
    "start": start,
    "memory": memory,
    "gaps": gaps,
    "search": search,
    "meaning": meaning,
    "kills": kills,
    "streaming": streaming,
    "uploads": uploads,
    "painting": painting,
    "looking": looking,
    "likeness": likeness,
    "proof": proof,
}

ON_DEMAND = {"search-500k": search_500k}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in ALL | ON_DEMAND]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are: {', '.join(ALL | ON_DEMAND)}", file=sys.stderr)
        return 2
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} {platform.machine()}")
    for name in names or ALL:
        print(f"\n## {name}", flush=True)
        for figure in (ALL | ON_DEMAND)[name].figures():
            print(figure, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
