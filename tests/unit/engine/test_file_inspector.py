"""What is learnt of a file before anything of it is kept, by real workers."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.domain.ports.personal_data import PersonalDataKind as Kind
from iaposte_desktop.engine.file_inspector import WorkerFileInspector
from tests.unit.engine.made_files import pdf

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.domain.ports.file_inspector import FileReport
    from iaposte_desktop.platform.isolation import WorkerProcesses

pytestmark = pytest.mark.asyncio(loop_scope="session")

SUFFIXES = frozenset({".txt", ".csv", ".pdf", ".docx"})
FRENCH = "Bonjour, nous vous rappelons que la livraison est gratuite dans tous les pays pour les commandes."


async def seen(workers: WorkerProcesses, path: Path, most: int = 1_000_000) -> FileReport:
    return await WorkerFileInspector(workers, {}).inspect(path, SUFFIXES, most)


async def test_a_good_file_is_described_and_its_personal_data_counted_only(
    workers: WorkerProcesses, folder: Path
) -> None:
    path = folder / "notes.txt"
    text = f"{FRENCH}\n\nÉcrire à jean@example.fr ou marie@example.fr, ou appeler le 01 42 68 53 00.\n"
    path.write_text(text, "utf-8")
    report = await seen(workers, path)
    assert report.error is None
    assert report.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (report.bytes, report.language) == (path.stat().st_size, "fr")
    assert 30 < report.tokens < 80
    assert report.personal_data == {Kind.EMAIL: 2, Kind.PHONE: 1}
    assert report.opening.startswith("Bonjour, nous vous rappelons")
    assert len(report.opening) <= 200


async def test_the_pages_of_a_pdf_are_counted(workers: WorkerProcesses, folder: Path) -> None:
    path = folder / "manual.pdf"
    path.write_bytes(pdf(["The first page tells how a lamp is hung."], ["The second tells how it is cleaned."]))
    assert (await seen(workers, path)).pages == 2


async def test_a_long_table_is_searched_to_its_end(workers: WorkerProcesses, folder: Path) -> None:
    path = folder / "customers.csv"
    path.write_text("name;mail\n" + "".join(f"Client {n};c{n}@example.org\n" for n in range(4000)), "utf-8")
    assert (await seen(workers, path)).personal_data == {Kind.EMAIL: 4000}


async def test_more_than_the_most_is_not_counted(workers: WorkerProcesses, folder: Path) -> None:
    path = folder / "customers.csv"
    path.write_text("name;mail\n" + "".join(f"Client {n};c{n}@example.org\n" for n in range(6000)), "utf-8")
    assert (await seen(workers, path)).personal_data == {Kind.EMAIL: 5000}


async def test_a_type_that_the_store_alone_reads_is_described_as_far_as_that_goes(
    workers: WorkerProcesses, folder: Path
) -> None:
    path = folder / "paper.tex"
    path.write_text("Write to ada@example.org", "utf-8")
    report = await WorkerFileInspector(workers, {}).inspect(path, {".tex"}, 1000)
    assert (report.error, report.is_read, report.bytes) == (None, False, path.stat().st_size)
    assert report.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("secret.pdf", pdf(["Hidden"], password="1234"), FileProblem.ENCRYPTED),
        ("scan.pdf", pdf([], []), FileProblem.SCANNED),
        ("empty.txt", b"", FileProblem.EMPTY),
        ("blank.txt", b" \n ", FileProblem.EMPTY),
        ("broken.docx", b"PK\x03\x04 and no more", FileProblem.DAMAGED),
        ("mislabelled.txt", b"\x89PNG\r\n\x1a\n ...", FileProblem.MISLABELLED),
        ("photo.jpg", b"\xff\xd8\xff", FileProblem.UNSUPPORTED),
        ("long.txt", b"word " * 100, FileProblem.TOO_LARGE),
        ("gone.txt", None, FileProblem.VANISHED),
    ],
)
async def test_why_a_file_cannot_be_read(
    workers: WorkerProcesses, folder: Path, name: str, content: bytes | None, problem: FileProblem
) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    report = await seen(workers, folder / name, 400 if name == "long.txt" else 1_000_000)
    assert report.error is not None
    assert report.error.problem is problem
    assert not report.personal_data
