"""Damaged, lying and hostile files, the same ones each time: `python -m tests.corpus.bad_files FOLDER` writes them."""

from __future__ import annotations

import os
import random
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import FileProblem
from tests.corpus import mails
from tests.unit.engine import made_files as made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DAMAGE = frozenset(
    {FileProblem.DAMAGED, FileProblem.MISLABELLED, FileProblem.ENCRYPTED, FileProblem.EMPTY, FileProblem.SCANNED}
    | {FileProblem.TOO_COMPLEX, FileProblem.UNSUPPORTED, FileProblem.TOO_LARGE, FileProblem.MEMORY_LIMIT}
)
ENTITIES = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file://{}">]>'


@dataclass(frozen=True, slots=True)
class BadFile:
    """Refused with one of `problems`, or read where `may_be_read`."""

    name: str
    content: bytes
    problems: frozenset[FileProblem] = DAMAGE
    may_be_read: bool = True


def refused(name: str, content: bytes, *problems: FileProblem) -> BadFile:
    return BadFile(name, content, frozenset(problems), may_be_read=False)


def documents(sentence: str) -> dict[str, bytes]:
    """A good one of each format."""
    rows = [["ref", "text"], ["A", sentence]]
    return {
        "txt": sentence.encode(),
        "md": f"# Shop\n\n{sentence}".encode(),
        "html": f"<html><h1>Shop</h1><p>{sentence}</p></html>".encode(),
        "csv": f"ref;text\nA;{sentence}\n".encode(),
        "json": f'{{"shop": {{"text": "{sentence}"}}}}'.encode(),
        "rtf": made.rtf(sentence),
        "pdf": made.pdf([sentence]),
        "docx": made.docx(made.paragraph(sentence)),
        "odt": made.odt(f"<text:p>{sentence}</text:p>"),
        "pptx": made.pptx(["Shop", sentence]),
        "xlsx": made.xlsx(Shop=rows),
        "ods": made.ods(Shop=rows),
        "xls": made.xls(),
        "eml": f"From: a@b.fr\nSubject: s\n\n{sentence}".encode(),
        "mbox": made.mbox(("s", "2026-05-01", sentence)),
    }


def bad_files(canary: Path) -> Iterator[BadFile]:
    """`canary` is a file outside that none of them may bring in."""
    yield from truncated()
    yield from flipped()
    yield from misnamed()
    yield from bombs(canary)
    yield from odd_texts()


def truncated() -> Iterator[BadFile]:
    for kind, content in documents("A parcel takes two days.").items():
        for percent in (5, 30, 60, 90, 98):
            yield BadFile(f"cut-{percent}.{kind}", content[: max(1, len(content) * percent // 100)])


def flipped() -> Iterator[BadFile]:
    for kind, content in documents("A parcel takes three days.").items():
        for seed in range(7):
            chance, changed = random.Random(seed), bytearray(content)
            for _ in range(1 + seed * 4):
                changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
            yield BadFile(f"flipped-{seed}.{kind}", bytes(changed))


def misnamed() -> Iterator[BadFile]:
    suffixes = ("txt", "pdf", "docx", "xls", "json", "doc", "eml")
    for suffix in suffixes:
        for kind, content in documents(f"A parcel called {suffix} takes days.").items():
            if kind not in {suffix, "xls"}:
                yield BadFile(f"{kind}.as.{suffix}", content)
        yield BadFile(f"picture.as.{suffix}", b"\x89PNG" + suffix.encode() * 50, DAMAGE, may_be_read=False)
        yield BadFile(f"program.as.{suffix}", b"\x7fELF" + suffix.encode() * 50, DAMAGE, may_be_read=False)


def bombs(canary: Path) -> Iterator[BadFile]:
    too_complex = FileProblem.TOO_COMPLEX
    parts = {"docx": "word/document.xml", "odt": "content.xml", "pptx": "ppt/slides/slide1.xml"}
    parts |= {"xlsx": "xl/worksheets/sheet1.xml", "ods": "content.xml"}
    for kind, part in parts.items():
        members = made.members_of(documents("x")[kind])
        zeros = bytes(60_000_000)
        yield refused(f"ratio.{kind}", made.package({**members, "big.xml": zeros}), too_complex)
        inner = made.package({f"{n}.bin": bytes(2_000_000) for n in range(10)})
        yield refused(f"nested.{kind}", made.package({**members, "a.zip": inner, "b": zeros}), too_complex)
        many = {f"m{n}": b"" for n in range(10_001)}
        yield refused(f"members.{kind}", made.package({**members, **many}), too_complex)
        yield BadFile(f"outside.{kind}", made.package({**members, "../../escaped.txt": b"x", "/tmp/escaped": b"x"}))
        content = members[part].decode()
        for name, prolog, text in (
            ("laughs", ENTITIES, "&b;"),
            ("entity", OUTSIDE.format(canary), "&x;"),
            ("unknown", "", "&nowhere;"),
            ("deep", "", "<a>" * 100_000),
            ("cut", "", "<a b='"),
            ("attribute", "", f"<a b='{'x' * 5_000_000}'/>"),
        ):
            head, tail = content.rsplit("</", 1)
            changed = f"{prolog}{head}{text}</{tail}".replace("<w:body>", f"<w:body><w:p><w:r><w:t>{text}", 1)
            yield BadFile(f"{name}.{kind}", made.package({**members, part: changed.encode()}))


def odd_texts() -> Iterator[BadFile]:
    empty = FileProblem.EMPTY
    for kind in ("txt", "md", "html", "csv", "json", "eml", "mbox"):
        yield refused(f"empty.{kind}", b"", empty)
        yield BadFile(f"space.{kind}", b" \n" * (10 + len(kind)) + kind.encode()[:0])
        yield BadFile(f"mark-{len(kind)}.{kind}", b"\xef\xbb\xbf" + b"\n" * len(kind))
        yield BadFile(f"utf16.{kind}", f"half of {kind}".encode("utf-16") + b"x")
        yield BadFile(f"invalid.{kind}", b"caf\xe9 \xff\xfe \xc3( \xed\xa0\x80 " + kind.encode())
        yield BadFile(f"zeros.{kind}", b"\0" * (1_000 + len(kind)))
    for name, unit in (("tag", "<a "), ("quote", "<a b='"), ("comment", "<!--"), ("section", "<!["), ("div", "<div>")):
        yield BadFile(f"{name}.html", unit.encode() * 100_000)
    yield refused("deep.json", b"[" * 100_000, FileProblem.TOO_COMPLEX)
    yield refused("deep.rtf", made.rtf("{" * 100_000), FileProblem.TOO_COMPLEX)
    yield BadFile("binary.rtf", made.rtf(r"a{\pict\bin9999999999 x}b"))
    yield BadFile("number.json", b"9" * 100_000)
    yield BadFile("line.csv", b"a;b\n" + b"word " * 2_000_000)
    yield BadFile("comments.md", b"<!-- " * 100_000)
    yield BadFile("links.md", b"[a](" * 100_000)
    yield refused("multiparts.eml", mails.nested_multiparts(), FileProblem.TOO_COMPLEX)
    yield refused("many.mbox", b"From - Mon Mar 02 10:00:00 2026\n\n" * 100_000, FileProblem.TOO_LARGE)
    yield BadFile(
        "pages.pdf", b"%PDF-1.4\n1 0 obj<</Type/Pages/Kids[1 0 R 1 0 R]/Count 9>>endobj\ntrailer<</Root 1 0 R>>"
    )
    yield BadFile("root.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>")
    yield BadFile("wide.pdf", made.pdf(["A page as wide as can be."]).replace(b"595.2756", b"99999999"))


def odd_entries(folder: Path) -> Iterator[Path]:
    """What is no regular file, of the kinds that this system has."""
    kinds: dict[str, Callable[[Path], object]] = {
        "folder.txt": Path.mkdir,
        "itself.txt": lambda path: path.symlink_to(path),
        "to-folder.txt": lambda path: path.symlink_to(folder),
        "nothing.txt": lambda path: path.symlink_to(folder / "gone"),
        "device.txt": lambda path: path.symlink_to("/dev/zero"),
        "to-program.txt": lambda path: path.symlink_to(sys.executable),
    }
    if sys.platform != "win32":
        kinds |= {"pipe.txt": os.mkfifo, "socket.txt": _socket}
        for name, make in kinds.items():
            make(folder / name)
            yield folder / name


def _socket(path: Path) -> None:
    # The name of a socket is short: it is made from within its folder.
    before = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made_socket:
            made_socket.bind(path.name)
    finally:
        os.chdir(before)


def write(folder: Path, canary: Path) -> list[Path]:
    paths = []
    for bad in bad_files(canary):
        (folder / bad.name).write_bytes(bad.content)
        paths.append(folder / bad.name)
    return [*paths, *odd_entries(folder)]


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    sys.stdout.write(f"{len(write(target, target / 'canary'))} files in {target}\n")
