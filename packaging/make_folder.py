"""Make a folder of 300 mixed files to try the program with: every format, and a few that cannot be read.

    python packaging/make_folder.py FOLDER

The texts are the sample shop's. `manual-30-pages.pdf` says on page 17, and nowhere else: "The green switch of model
Vesper resets the timer to 17 minutes."
"""

from __future__ import annotations

import sys
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # The makers of files are those of the tests.

from tests.corpus.bad_files import documents  # noqa: E402
from tests.unit.engine import made_files  # noqa: E402

KNOWLEDGE = ROOT / "iaposte_desktop/resources/sample/knowledge"
SOURCES = ROOT / "packaging/sample_sources"
FILES = 300
SENTENCE = "The green switch of model Vesper resets the timer to 17 minutes."


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    files = {path.name: path.read_bytes() for path in sorted(KNOWLEDGE.iterdir())}
    files |= special_files()
    sentences = cycle(sample_sentences())
    number = 0
    while len(files) < FILES:
        number += 1
        for kind, content in documents(f"{next(sentences)} (Note {number}.)").items():
            if kind != "xls" and len(files) < FILES:
                files[f"note-{number:03}.{kind}"] = content
    for name, content in files.items():
        (folder / name).write_bytes(content)
    print(f"{len(files)} files in {folder}")


def special_files() -> dict[str, bytes]:
    pages = [[f"Page {n} of the Vesper manual.", f"Chapter {n} tells of part {n * 7}."] for n in range(1, 31)]
    pages[16].append(SENTENCE)
    manual = made_files.pdf(*pages)
    return {
        "manual-30-pages.pdf": manual,
        "half-scanned.pdf": made_files.pdf(["The first page has a text that can be read."], [], []),
        "prices.xls": made_files.xls(),
        "bad-scanned.pdf": made_files.pdf([], [], []),
        "bad-encrypted.pdf": made_files.pdf(["Nobody reads this."], password="key"),
        "bad-encrypted.docx": made_files.encrypted("docx"),
        "bad-truncated.docx": made_files.docx(made_files.paragraph("Cut off."))[:300],
        "bad-empty.txt": b"",
        "bad-duplicate-of-manual.pdf": manual,
        "a-pdf-called.txt": made_files.pdf(["This is a PDF, whatever its name says."]),
    }


def sample_sentences() -> list[str]:
    """Plain enough to stand in every format as they are."""
    lines = (line.strip() for path in sorted(SOURCES.glob("*.txt")) for line in path.read_text("utf-8").splitlines())
    return [line for line in lines if len(line) > 60 and line.isascii() and not set(line) & set('&<>"\\{}|#')]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
