"""PDF: the text layer, page by page, with lines put together to paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.engine.extraction.blocks import Block, Pages, Progress, refused
from iaposte_desktop.engine.extraction.decoding import MAX_CHARACTERS
from iaposte_desktop.engine.extraction.pdf_layout import page_lines, paragraphs, without_running_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from iaposte_desktop.engine.extraction.blocks import Extracted

_SCANNED_BELOW = 20
_PASSWORD = "password"
_PROGRESS_PAGES = 10


@dataclass(frozen=True, slots=True)
class _Page:
    text: str
    is_drawn: bool
    """Whether there is anything on it."""


def extract(path: Path) -> Extracted:
    pages: list[list[str]] = []
    scanned = characters = 0
    is_readable = False
    for page, fraction in _pages(path):
        lines = page_lines(page.text)
        pages.append(lines)
        characters += len(page.text)
        if characters > MAX_CHARACTERS:
            raise refused(FileProblem.TOO_LARGE, f"more than {MAX_CHARACTERS} characters of text")
        has_text = sum(map(len, lines)) >= _SCANNED_BELOW
        scanned += page.is_drawn and not has_text
        is_readable = is_readable or has_text
        if len(pages) % _PROGRESS_PAGES == 0:
            yield Progress(fraction)
    if not is_readable:
        raise refused(FileProblem.SCANNED if scanned else FileProblem.EMPTY, f"{scanned} of {len(pages)} pages")
    yield Pages(len(pages), scanned)
    for number, lines in enumerate(without_running_lines(pages), 1):
        for paragraph in paragraphs(lines):
            yield Block(paragraph, page=number)


def _pages(path: Path) -> Iterator[tuple[_Page, float]]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        is_encrypted = _PASSWORD in str(error).lower()
        raise refused(FileProblem.ENCRYPTED if is_encrypted else FileProblem.DAMAGED, str(error)) from error
    try:
        for number in range(len(document)):
            yield _page(document, number), (number + 1) / len(document)
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, number: int) -> _Page:
    """One that cannot be read is without text; the others are kept."""
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return _Page("", is_drawn=True)
    try:
        text_page = page.get_textpage()
        try:
            text = str(text_page.get_text_bounded())
        finally:
            text_page.close()
        return _Page(text, is_drawn=pypdfium2.raw.FPDFPage_CountObjects(page) > 0)
    except pypdfium2.PdfiumError:
        return _Page("", is_drawn=True)
    finally:
        page.close()
