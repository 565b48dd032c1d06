"""PDF: the text layer, page by page, with lines put together to paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.engine.extraction.blocks import Block, Progress, refused
from iaposte_desktop.engine.extraction.magic import PDF
from iaposte_desktop.engine.extraction.pdf_layout import page_lines, paragraphs, without_running_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from iaposte_desktop.engine.extraction.blocks import Extracted

_SCANNED_BELOW = 20
_PASSWORD = "password"
_HEAD_BYTES = 1024
_PROGRESS_PAGES = 10


def extract(path: Path) -> Extracted:
    with path.open("rb") as file:
        if PDF not in file.read(_HEAD_BYTES):
            raise refused(FileProblem.MISLABELLED, "no PDF header")
    pages: list[list[str]] = []
    for text, fraction in _page_texts(path):
        pages.append(page_lines(text))
        if len(pages) % _PROGRESS_PAGES == 0:
            yield Progress(fraction)
    if all(sum(map(len, lines)) < _SCANNED_BELOW for lines in pages):
        raise refused(FileProblem.SCANNED if pages else FileProblem.EMPTY, f"{len(pages)} pages without text")
    for number, lines in enumerate(without_running_lines(pages), 1):
        for paragraph in paragraphs(lines):
            yield Block(paragraph, page=number)


def _page_texts(path: Path) -> Iterator[tuple[str, float]]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        is_encrypted = _PASSWORD in str(error).lower()
        raise refused(FileProblem.ENCRYPTED if is_encrypted else FileProblem.DAMAGED, str(error)) from error
    try:
        for number in range(len(document)):
            yield _page_text(document, number), (number + 1) / len(document)
    finally:
        document.close()


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    """A page that cannot be read is empty; the others are kept."""
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return ""
    try:
        text_page = page.get_textpage()
        try:
            return str(text_page.get_text_bounded())
        finally:
            text_page.close()
    except pypdfium2.PdfiumError:
        return ""
    finally:
        page.close()
