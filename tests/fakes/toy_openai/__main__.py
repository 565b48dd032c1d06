"""`python -m tests.fakes.toy_openai --port 0 --key sk-toy`: prints its base URL, serves until standard input closes."""

from __future__ import annotations

import argparse
import sys

from tests.fakes.toy_openai.server import ToyOpenAI


def main() -> None:
    parser = argparse.ArgumentParser(prog="toy_openai", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--key", help="the one accepted key; each is, without it")
    parser.add_argument("--deltas", type=int, help="every text is so many pieces long")
    given = parser.parse_args()
    with ToyOpenAI(port=given.port, key=given.key, deltas=given.deltas) as toy:
        sys.stdout.write(f"{toy.base_url}\n")
        sys.stdout.flush()
        sys.stdin.read()


main()
