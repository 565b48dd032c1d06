"""More than 300 damaged, lying and hostile files, the same on every run.

python -m tests.corpus.bad_files FOLDER
"""

from __future__ import annotations

import os
import random
import socket
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from iaposte_desktop.domain.errors import FileProblem
from tests.corpus import hostile_bytes
from tests.corpus.good_files import good_files

ANY: Final = frozenset(FileProblem)
BINARY: Final = (".pdf", ".docx", ".odt", ".pptx", ".xlsx", ".ods", ".xls")
IN_TEXT: Final = (".txt", ".csv", ".json", ".md", ".eml")
CUTS: Final = (0.01, 0.1, 0.34, 0.67, 0.9, 0.99)
FLIPPED: Final = 8
MISLABELLED: Final = frozenset({FileProblem.MISLABELLED})
NO_FILE: Final = frozenset({FileProblem.NOT_A_FILE, FileProblem.VANISHED, FileProblem.UNREADABLE})


@dataclass(frozen=True, slots=True)
class BadFile:
    """`problems`: those it may be refused for; `may_be_read`: a reader that is clever, or a file that is only odd."""

    path: Path
    problems: frozenset[FileProblem]
    may_be_read: bool


def write(folder: Path) -> tuple[BadFile, ...]:
    """`folder` is there and empty. Beside it nothing is written."""
    made = (*_damaged(folder), *_mislabelled(folder), *_hostile(folder), *_oddly_named(folder), *_no_files(folder))
    names = [bad.path for bad in made]
    assert len(set(names)) == len(names), "two files of one name"
    return made


def _damaged(folder: Path) -> Iterator[BadFile]:
    """Cut short, and with bits turned over."""
    for suffix, content in good_files().items():
        for cut in CUTS if suffix in BINARY else CUTS[:3]:
            size = max(1, int(len(content) * cut))
            yield _written(folder / f"cut-{int(cut * 100)}{suffix}", content[:size], ANY, may_be_read=True)
        for seed in range(FLIPPED):
            turned = _turned_over(content, random.Random(f"{suffix}{seed}"))
            yield _written(folder / f"flipped-{seed}{suffix}", turned, ANY, may_be_read=True)


def _turned_over(content: bytes, dice: random.Random) -> bytes:
    turned = bytearray(content)
    for _ in range(max(1, len(turned) // 200)):
        turned[dice.randrange(len(turned))] ^= 1 << dice.randrange(8)
    return bytes(turned)


def _mislabelled(folder: Path) -> Iterator[BadFile]:
    """What is certainly of a format is read as that; what is not is no file of a format with a signature."""
    good = good_files()
    for suffix in BINARY:
        for other in (*IN_TEXT, ".doc"):
            yield _written(folder / f"really{suffix.replace('.', '-')}{other}", good[suffix], ANY, may_be_read=True)
        for kind, content in (("text", good[".txt"]), ("noise", random.Random(suffix).randbytes(3000))):
            yield _written(folder / f"{kind}-as{suffix}", content, MISLABELLED, may_be_read=False)
    for name, content in hostile_bytes.pictures_and_programs().items():
        for suffix in (*BINARY, *IN_TEXT):
            yield _written(folder / f"{name}{suffix}", content, MISLABELLED, may_be_read=False)


def _hostile(folder: Path) -> Iterator[BadFile]:
    canary = folder.parent / "canary.txt"
    for name, (content, problems, may_be_read) in hostile_bytes.hostile(canary).items():
        yield _written(folder / name, content, problems, may_be_read)


def _oddly_named(folder: Path) -> Iterator[BadFile]:
    """Good files whose names lie about where they are, or about what they are."""
    content = good_files()[".txt"]
    names = [
        "..txt",
        "...txt",
        "..\\..\\evil.txt",
        "%2e%2e%2fevil.txt",
        "C:evil.txt",
        "con.txt",
        "aux.notes.txt",
        "line\nbreak.txt",
        "tab\there.txt",
        "-rf.txt",
        "$(touch evil).txt",
        "`touch evil`.txt",
        "<b>bold<img src=x>.txt",
        "invoice\u202ecod.txt",
        "zero\u200bwidth.txt",
        "e\u0301te\u0301.txt",
        "trailing space .txt",
        f"{'long' * 55}.txt",
        "é" * 100 + ".txt",
        "😀.txt",
    ]
    for number, name in enumerate(names):
        yield _written(folder / name, content + f"{number}\n".encode(), frozenset(), may_be_read=True)
    if sys.platform == "linux":
        undecodable = folder / os.fsdecode(b"latin-\xe9t\xe9.txt")
        yield _written(undecodable, content + b"latin\n", frozenset(), may_be_read=True)


def _no_files(folder: Path) -> Iterator[BadFile]:
    """What stands in a folder and is no file."""
    (folder / "folder.txt").mkdir()
    yield BadFile(folder / "folder.txt", NO_FILE, may_be_read=False)
    yield BadFile(folder / "gone.txt", NO_FILE, may_be_read=False)
    if sys.platform == "win32":
        return
    for name, target in (
        ("loop.txt", "loop.txt"),
        ("dangling.txt", "nowhere"),
        ("up.txt", ".."),
        ("null.txt", "/dev/null"),
    ):
        (folder / name).symlink_to(target)
        yield BadFile(folder / name, NO_FILE, may_be_read=False)
    (folder / "zeros.pdf").symlink_to("/dev/zero")
    yield BadFile(folder / "zeros.pdf", NO_FILE, may_be_read=False)
    os.mkfifo(folder / "pipe.txt")
    yield BadFile(folder / "pipe.txt", NO_FILE, may_be_read=False)
    yield from _listening(folder)
    if os.geteuid() == 0 and sys.platform == "linux":
        os.mknod(folder / "device.txt", stat.S_IFCHR | 0o600, os.makedev(1, 5))
        yield BadFile(folder / "device.txt", NO_FILE, may_be_read=False)


def _listening(folder: Path) -> Iterator[BadFile]:
    """A socket's path may be short only: it is bound from within the folder."""
    path = folder / "socket.txt"
    before = Path.cwd()
    os.chdir(folder)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(before)
    yield BadFile(path, NO_FILE, may_be_read=False)


def _written(path: Path, content: bytes, problems: frozenset[FileProblem], may_be_read: bool) -> BadFile:
    path.write_bytes(content)
    return BadFile(path, problems, may_be_read)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True)
    sys.stdout.write(f"{len(write(target))} files in {target}\n")
