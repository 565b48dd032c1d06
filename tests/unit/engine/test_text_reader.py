"""The text of a file of any type, read in a worker."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.errors import FileProblem, FileRefused
from iaposte_desktop.domain.ports.isolation import JobRefused
from iaposte_desktop.engine.text_reader import EngineTextReader
from tests.unit.engine.made_files import pdf, xlsx

if TYPE_CHECKING:
    from iaposte_desktop.platform.isolation import WorkerProcesses

pytestmark = pytest.mark.asyncio(loop_scope="session")

HERE = "tests.unit.engine.test_text_reader"


def two_blocks(path: str) -> Iterator[dict[str, object]]:
    yield {"text": f"from {Path(path).name}"}
    yield {"text": "second"}


def refuse_oddly(path: str) -> Iterator[dict[str, object]]:
    yield {"text": "before"}
    raise JobRefused("moon_phase", "full")


def die(path: str) -> Iterator[dict[str, object]]:
    os.kill(os.getpid(), signal.SIGKILL)
    yield {"text": "never"}


@pytest.fixture
def reader(workers: WorkerProcesses) -> EngineTextReader:
    return EngineTextReader(
        workers, {".two": f"{HERE}:two_blocks", ".odd": f"{HERE}:refuse_oddly", ".die": f"{HERE}:die"}
    )


async def test_a_spreadsheet_is_read_row_by_row(reader: EngineTextReader, folder: Path) -> None:
    path = folder / "Prices.XLSX"
    path.write_bytes(xlsx(Lamps=[["article", "price"], ["Lune", 49], ["Soleil", 129]]))
    text = await reader.read(path)
    assert text.index("Lune") < text.index("49") < text.index("Soleil") < text.index("129")


async def test_a_table_of_thousands_of_rows_is_whole_and_in_order(reader: EngineTextReader, folder: Path) -> None:
    path = folder / "orders.csv"
    path.write_text("order;status\n" + "".join(f"A{n:05};sent\n" for n in range(5000)), "utf-8")
    lines = [line for line in (await reader.read(path)).splitlines() if "A0" in line]
    assert len(lines) == 5000
    assert [f"A{n:05}" in line for n, line in enumerate(lines)] == [True] * 5000


async def test_pages_come_in_order(reader: EngineTextReader, folder: Path) -> None:
    path = folder / "manual.pdf"
    pages = ["The first page tells how a lamp is hung.", "The second page tells how it is cleaned."]
    path.write_bytes(pdf([pages[0]], [pages[1]]))
    assert await reader.read(path) == "\n\n".join(pages)


async def test_a_job_of_another_room_reads_its_suffix(reader: EngineTextReader, folder: Path) -> None:
    path = folder / "some.two"
    path.write_text("x")
    assert await reader.read(path) == "from some.two\n\nsecond"
    assert {".two", ".csv", ".xlsx", ".txt"} <= reader.suffixes


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("nowhere.csv", None, FileProblem.VANISHED),
        ("nothing.csv", b"", FileProblem.EMPTY),
        ("blank.txt", b" \n \n", FileProblem.EMPTY),
        ("program.exe", b"MZ", FileProblem.UNSUPPORTED),
        ("broken.xlsx", b"PK\x03\x04 and no more", FileProblem.DAMAGED),
        ("drawing.pdf", pdf([]), FileProblem.SCANNED),
        ("some.odd", b"x", FileProblem.UNREADABLE),
        ("some.die", b"x", FileProblem.CRASHED),
    ],
)
async def test_what_cannot_be_read_is_refused_with_its_reason(
    reader: EngineTextReader, folder: Path, name: str, content: bytes | None, problem: FileProblem
) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    with pytest.raises(FileRefused) as refused:
        await reader.read(folder / name)
    assert refused.value.problem is problem


async def test_a_folder_is_no_file(reader: EngineTextReader, folder: Path) -> None:
    (folder / "folder.csv").mkdir()
    with pytest.raises(FileRefused) as refused:
        await reader.read(folder / "folder.csv")
    assert refused.value.problem is FileProblem.NOT_A_FILE
