"""Bring the French translation up to date: new sources into the .ts, then the .ts into the .qm that is shipped.

python packaging/translations.py            update .ts and .qm
python packaging/translations.py --check    change nothing; fail where a source is untranslated or a file is stale
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "iaposte_desktop" / "resources" / "translations"
BIN = Path(sys.executable).parent


def main(arguments: list[str]) -> int:
    if arguments != ["--check"]:
        update(FOLDER)
        print(*problems(FOLDER), sep="\n")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder)
        for language in ("fr", "en"):
            shutil.copy(FOLDER / f"iaposte_{language}.ts", fresh)
        update(fresh)
        found = problems(fresh)
        for name in ("iaposte_fr", "iaposte_en"):
            if (fresh / f"{name}.qm").read_bytes() != (FOLDER / f"{name}.qm").read_bytes():
                found.append(f"{name}.qm is stale: run `make translations`")
    print(*found, sep="\n")
    return 1 if found else 0


def update(folder: Path) -> None:
    sources = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "iaposte_desktop" / "qt").rglob("*.py"))
    for language, plurals in (("fr", ()), ("en", ("-pluralonly",))):
        ts = folder / f"iaposte_{language}.ts"
        _run("lupdate", *sources, "-ts", str(ts), "-no-obsolete", "-locations", "none", *plurals)
        _run("lrelease", str(ts), "-qm", str(ts.with_suffix(".qm")))


def problems(folder: Path) -> list[str]:
    """Sources without a finished translation."""
    found = []
    for language in ("fr", "en"):
        for context in ElementTree.parse(folder / f"iaposte_{language}.ts").getroot().iter("context"):
            for message in context.iter("message"):
                translation = message.find("translation")
                if translation is None or translation.get("type") == "unfinished":
                    found.append(f"{language}: {context.findtext('name')}: {message.findtext('source')}")
    return found


def _run(tool: str, *arguments: str) -> None:
    command = [str(BIN / f"pyside6-{tool}"), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{tool}: {done.stdout}{done.stderr}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
