"""A file is read as what it is, whatever it is called; and what the job tells of it as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.domain.ports.isolation import JobRefused
from iaposte_desktop.domain.tokens import estimate_tokens
from iaposte_desktop.engine.text.signature import similarity
from tests.unit.engine import made_files
from tests.unit.engine.extracted import read, text_of

if TYPE_CHECKING:
    from pathlib import Path

SENTENCE = "A parcel takes two days."
HTML = f"<!DOCTYPE html><html><body><p>{SENTENCE}</p></body></html>"
CONTENTS = {
    ".pdf": made_files.pdf([SENTENCE]),
    ".docx": made_files.docx(made_files.paragraph(SENTENCE)),
    ".odt": made_files.odt(f"<text:p>{SENTENCE}</text:p>"),
    ".rtf": made_files.rtf(SENTENCE),
    ".pptx": made_files.pptx(["Shipping", SENTENCE]),
    ".xlsx": made_files.xlsx(Days=[[SENTENCE]]),
    ".ods": made_files.ods(Days=[[SENTENCE]]),
    ".html": HTML.encode(),
}
NAMES = ["f.txt", "f.md", "f.csv", "f.json", "f.docx", "f.xlsx", "f.pdf", "f.xls", "f.doc", "f.html"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", CONTENTS)
def test_a_format_is_read_under_any_name(folder: Path, kind: str, name: str) -> None:
    assert SENTENCE in text_of(read(folder, name, CONTENTS[kind]))


@pytest.mark.parametrize("name", ["f.txt", "f.doc", "f.xls", "f.pdf"])
def test_xls_is_read_under_any_name(folder: Path, name: str) -> None:
    assert "Réf: A1" in text_of(read(folder, name, made_files.xls()))


def test_text_is_what_its_name_says(folder: Path) -> None:
    assert text_of(read(folder, "f.csv", "ref;days\nA;2\n")) == "ref: A; days: 2"
    assert text_of(read(folder, "f.txt", "ref;days\nA;2\n")) == "ref;days\nA;2"
    assert text_of(read(folder, "f.txt", "It says %PDF-1.7 and <html>.")) == "It says %PDF-1.7 and <html>."


def problem(folder: Path, name: str, content: bytes | str) -> str:
    with pytest.raises(JobRefused) as refused:
        read(folder, name, content)
    return refused.value.reason


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("f.pdf", b"just text", FileProblem.MISLABELLED),
        ("f.docx", b"just text", FileProblem.MISLABELLED),
        ("f.doc", b"just text", FileProblem.MISLABELLED),
        ("f.xls", b"ref\tprice", FileProblem.MISLABELLED),
        ("f.txt", b"\x89PNG\r\n", FileProblem.MISLABELLED),
        ("f.docx", b"\x89PNG\r\n", FileProblem.MISLABELLED),
        ("f.docx", made_files.package({"a.txt": b"a"}), FileProblem.MISLABELLED),
        ("f.odt", made_files.package({"mimetype": b"application/epub+zip"}), FileProblem.MISLABELLED),
        ("f.txt", made_files.docx("x")[:300], FileProblem.MISLABELLED),
        ("f.docx", made_files.docx("x")[:300], FileProblem.DAMAGED),
        ("f.doc", made_files.ole("WordDocument"), FileProblem.UNSUPPORTED),
        ("f.txt", made_files.ole("1Table", "WordDocument"), FileProblem.MISLABELLED),
        ("f.txt", made_files.ole("Odd"), FileProblem.MISLABELLED),
        ("f.xls", made_files.ole("Workbook"), FileProblem.DAMAGED),
        ("f.xls", made_files.OLE, FileProblem.DAMAGED),
    ],
)
def test_what_cannot_be_read_is_told(folder: Path, name: str, content: bytes, expected: FileProblem) -> None:
    assert problem(folder, name, content) == expected


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pptx", "odt", "ods"])
@pytest.mark.parametrize("suffix", ["", ".txt"])
def test_encrypted_documents_are_told(folder: Path, kind: str, suffix: str) -> None:
    assert problem(folder, f"f.{kind}{suffix}", made_files.encrypted(kind)) == FileProblem.ENCRYPTED


@pytest.mark.parametrize("name", ["f.xls", "f.pdf", "f.docx"])
def test_other_encryption_is_told(folder: Path, name: str) -> None:
    contents = {
        "f.xls": made_files.xls_with_password(),
        "f.pdf": made_files.pdf([SENTENCE], password="k"),
        "f.docx": made_files.with_encrypted_flags(CONTENTS[".docx"]),
    }
    assert problem(folder, name, contents[name]) == FileProblem.ENCRYPTED


def test_scanned_pages_are_counted_and_empty_ones_are_not(folder: Path) -> None:
    made = made_files.pdf(["A page with enough of text on it."], [], ["7"], None, ["Another page with enough text."])
    summary = read(folder, "f.pdf", made)[-1]["summary"]
    assert (summary["pages"], summary["scanned_pages"]) == (5, 2)


def test_a_pdf_of_blank_pages_is_empty(folder: Path) -> None:
    assert problem(folder, "f.pdf", made_files.pdf(None, None)) == FileProblem.EMPTY


def test_the_summary_counts_the_whole_text(folder: Path) -> None:
    text = "\n\n".join(f"## Part {n}\n\nA parcel takes {n} days, or more, to Belgium and beyond." for n in range(200))
    items = read(folder, "f.md", text)
    summary = items[-1]["summary"]
    whole = text_of(items)
    assert summary["characters"] == len(whole)
    assert summary["tokens"] == pytest.approx(estimate_tokens(whole), rel=0.03)


def test_the_same_text_has_the_same_signature_in_any_format(folder: Path) -> None:
    paragraphs = [f"Sentence {n} says that order {n * n} was sent to town {n * 7}." for n in range(60)]
    docx = read(folder, "f.docx", made_files.docx("".join(map(made_files.paragraph, paragraphs))))
    plain = read(folder, "f.txt", "\n\n".join(paragraphs))
    assert similarity(docx[-1]["summary"]["signature"], plain[-1]["summary"]["signature"]) == 1
