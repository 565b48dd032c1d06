"""Everything that is checked without running the program: style, types, translations, lock."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKS = (
    ("-m", "ruff", "check", "--output-format=concise", "."),
    ("-m", "ruff", "format", "--check", "."),
    ("-m", "mypy"),
    ("packaging/translations.py", "--check"),
)


def main() -> int:
    failed = 0
    for check in CHECKS:
        print("·", *check, flush=True)
        failed |= subprocess.run([sys.executable, *check], cwd=ROOT, check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
