"""Write THIRD_PARTY_NOTICES.md from the metadata of what requirements/run.lock installs."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = """# Third-party notices

IAPoste Desktop is under the MIT licence (`LICENSE`). It installs the packages below, each under its own licence; their
texts come with the packages. Qt and PySide6 are used under the LGPL-3.0, unmodified and linked dynamically: they can
be replaced by installing another build of the same version.

The icons in `iaposte_desktop/resources/icons/` are Lucide's, under the ISC licence (`LICENSE` beside them).
The sample shop in `iaposte_desktop/resources/sample/` was written for this project and is under its licence.

| package | version | licence |
|---|---|---|
"""


def main() -> None:
    lock = (ROOT / "requirements" / "run.lock").read_text(encoding="utf-8")
    rows = []
    for name in re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE):
        try:
            rows.append(row(metadata.metadata(name)))
        except metadata.PackageNotFoundError:
            continue  # For another system or Python than this one.
    (ROOT / "THIRD_PARTY_NOTICES.md").write_text(HEAD + "".join(rows), encoding="utf-8")


def row(package: metadata.PackageMetadata) -> str:
    classifiers = package.get_all("Classifier") or []
    declared = package.get("License-Expression") or (package.get("License") or "").split("\n")[0]
    if not 0 < len(declared) <= 60:
        declared = ", ".join(line.split("::")[-1].strip() for line in classifiers if line.startswith("License"))
    return f"| {package['Name']} | {package['Version']} | {declared} |\n"


if __name__ == "__main__":
    main()
