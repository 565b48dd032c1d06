"""Whatever the bytes: blocks that are not empty, or a refusal; never another exception."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.domain.ports.isolation import JobRefused
from iaposte_desktop.engine.extraction import (
    csv_table,
    docx,
    html,
    json_tree,
    markdown,
    odt,
    pdf,
    plain,
    pptx,
    rtf,
    spreadsheet,
)
from iaposte_desktop.engine.reading import read_file
from tests.unit.engine import made_files
from tests.unit.engine.extracted import blocks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType


class Apart:
    """A process that may die; another one takes its place then."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def run(self, work: Callable[..., None], *arguments: object) -> None:
        """Raises what `work` raises."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, get_context("spawn"))
        try:
            self._pool.submit(work, *arguments).result(timeout=60)
        except BrokenProcessPool:
            self.close()

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None


def is_well_behaved_by_name(extractor: str, content: bytes) -> None:
    is_well_behaved(import_module(extractor), content)


MARKS = [
    "#",
    "##",
    "- ",
    "1. ",
    "```",
    "|",
    "---",
    "<p>",
    "</p>",
    "<ul><li>",
    "</ul>",
    "<table><tr><td>",
    "<h1>",
    "<!--",
]
MARKS += [
    "<pre>",
    "</h1>",
    "<br>",
    "&amp;",
    "&#0;",
    "\n",
    "\n\n",
    ";",
    ",",
    '"',
    "text",
    "é",
    "\u2028",
    "\udcff",
    "[a](b)",
]
marked_texts = st.lists(st.sampled_from(MARKS), max_size=30).map(
    lambda marks: "".join(marks).encode("utf-8", "replace")
)
contents = st.one_of(st.binary(max_size=400), marked_texts)

TAGS = [
    "<w:p>",
    "</w:p>",
    "<w:r>",
    "</w:r>",
    "<w:t>x</w:t>",
    "<w:tbl>",
    "</w:tbl>",
    "<w:tr>",
    "</w:tr>",
    "<w:tc>",
    "<w:del>",
]
TAGS += [
    "</w:tc>",
    "</w:del>",
    '<w:pStyle w:val="Titre1"/>',
    "<w:numPr/>",
    "<w:vanish/>",
    "text",
    "&lt;",
    "&x;",
    "]]>",
    "\0",
]
bodies = st.lists(st.sampled_from(TAGS), max_size=30).map("".join)


def is_well_behaved(extractor: ModuleType, content: bytes) -> None:
    with TemporaryDirectory() as folder:
        reason = None
        blocks = []
        try:
            blocks = blocks_of(extractor, Path(folder), content)
        except JobRefused as refused:
            reason = refused.reason
    assert reason is None or reason in set(FileProblem)
    assert all(block.text.strip() for block in blocks)


@pytest.mark.parametrize("extractor", [plain, markdown, html, csv_table, json_tree, rtf])
@given(content=contents)
def test_text_formats(extractor: ModuleType, content: bytes) -> None:
    is_well_behaved(extractor, content)


@given(bodies)
def test_docx_of_any_body(body: str) -> None:
    is_well_behaved(docx, made_files.docx(body))


@given(st.binary(max_size=30), st.integers(0, 2_000))
def test_docx_with_bytes_overwritten(noise: bytes, at: int) -> None:
    made = bytearray(made_files.docx(made_files.paragraph("Some text.")))
    at = min(at, len(made) - len(noise))
    made[at : at + len(noise)] = noise
    is_well_behaved(docx, bytes(made))


MADE = {
    docx: made_files.docx(made_files.paragraph("Some text.")),
    json_tree: b'{"a": [1, {"b": "Some text."}]}',
    odt: made_files.odt("<text:p>Some text.</text:p>"),
    pdf: made_files.pdf(["Some text that is long enough."]),
    pptx: made_files.pptx(["Title", "Some text."]),
    rtf: made_files.rtf(r"\pard\s1 Title\par\trowd\intbl a\cell\row\pard b\par"),
    spreadsheet: made_files.xls(),
}


NATIVE = frozenset({pdf, spreadsheet})
"""Read by libraries that may end their process, which the program's workers are there for."""


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    made = Apart()
    yield made
    made.close()


@pytest.mark.parametrize("extractor", MADE, ids=lambda module: module.__name__.rpartition(".")[2])
@settings(deadline=None)
@given(noise=st.binary(min_size=1, max_size=30), at=st.floats(0, 1))
def test_good_files_with_bytes_overwritten(apart: Apart, extractor: ModuleType, noise: bytes, at: float) -> None:
    made = bytearray(MADE[extractor])
    start = int(at * max(0, len(made) - len(noise)))
    made[start : start + len(noise)] = noise
    if extractor in NATIVE:
        apart.run(is_well_behaved_by_name, extractor.__name__, bytes(made))
    else:
        is_well_behaved(extractor, bytes(made))


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".csv", ".json", ".rtf"])
@given(content=contents)
def test_what_the_job_yields_fits_together(suffix: str, content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, f"file{suffix}")
        path.write_bytes(content)
        try:
            items = list(read_file(str(path), path.name))
        except JobRefused:
            return
    parts = [row for item in items for row in item.get("parts", [])]  # type: ignore[union-attr] # JSON objects.
    chunks = [row for item in items for row in item.get("chunks", [])]  # type: ignore[union-attr]
    text = "".join(row[1] for row in parts)
    assert [row[0] for row in parts] == [text.index(row[1], row[0]) for row in parts]
    assert all(text[start:end].strip() for start, end, *_ in chunks)
    assert "summary" in items[-1]  # type: ignore[operator]
