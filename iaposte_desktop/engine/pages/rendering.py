"""The job that draws one page of a PDF in a worker, and finds the places of marked words on it.

It yields what `PageImage` has, the pixels packed and in pieces far below 256 KB:

    {"page": {"number": 3, "pages": 30, "scale": 1.5, "width": 893, "height": 1263, "stride": 2679,
              "marks": [[left, top, right, bottom], …]}}
    {"pixels": "…"}        base64 of a piece of the zlib stream, as often as there are pieces
"""

from __future__ import annotations

import base64
import ctypes
import math
import zlib
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.domain.ports.page_renderer import MarkedText
from iaposte_desktop.engine.extraction.blocks import refused
from iaposte_desktop.engine.pages.words import Letters, beginning_of, end_with_signs, letters_of, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iaposte_desktop.domain.json import JsonValue

JOB = "iaposte_desktop.engine.pages.rendering:render_page"

MOST_PIXELS = 12_000_000
LONGEST_SIDE = 10_000
_PIECE_BYTES = 120_000
_GRID = 1_000_000
"""PDFium places points on a raster of whole numbers: this one is as fine as it takes."""


def render_page(path: str, page: int | None, scale: float, text: str, start: int, end: int) -> Iterator[JsonValue]:
    """`page`, `scale` as for `PageRenderer.render`, `text`, `start`, `end` as in `MarkedText`. Raises JobRefused."""
    marked = MarkedText(text, start, end)
    try:
        document = pypdfium2.PdfDocument(path)
        try:
            if not len(document):
                raise refused(FileProblem.EMPTY, "no pages")
            number = page or _page_with(document, marked)
            yield from _drawn(document, min(number, len(document)), scale, marked)
        finally:
            document.close()
    except FileNotFoundError as error:
        raise refused(FileProblem.VANISHED, str(error)) from error
    except pypdfium2.PdfiumError as error:
        raise refused(FileProblem.DAMAGED, str(error)) from error


def _drawn(document: pypdfium2.PdfDocument, number: int, scale: float, marked: MarkedText) -> Iterator[JsonValue]:
    page = document[number - 1]
    try:
        scale = _bearable(scale, *page.get_size())
        bitmap = page.render(scale=scale, rev_byteorder=True)
        yield {
            "page": {
                "number": number,
                "pages": len(document),
                "scale": scale,
                "width": bitmap.width,
                "height": bitmap.height,
                "stride": bitmap.stride,
                "marks": [list(mark) for mark in _marks(page, marked)],
            }
        }
        yield from _packed(bitmap.buffer)
    finally:
        page.close()


def _bearable(scale: float, width: float, height: float) -> float:
    """A page may call itself as large as a wall, or have no size at all."""
    width, height = max(width, 1.0), max(height, 1.0)
    return min(scale, math.sqrt(MOST_PIXELS / (width * height)), LONGEST_SIDE / max(width, height))


def _packed(pixels: ctypes.Array[ctypes.c_ubyte]) -> Iterator[JsonValue]:
    packing = zlib.compressobj(level=1)
    packed = packing.compress(memoryview(pixels)) + packing.flush()
    for at in range(0, len(packed), _PIECE_BYTES):
        yield {"pixels": base64.b64encode(packed[at : at + _PIECE_BYTES]).decode("ascii")}


def _marks(page: pypdfium2.PdfPage, marked: MarkedText) -> Iterator[tuple[float, float, float, float]]:
    """A rectangle a line, as the page's own text has it."""
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        characters = "".join(chr(pdfium.FPDFText_GetUnicode(text_page, at)) for at in range(count))
        letters = Letters.of(characters)
        place = place_of(marked, letters.text)
        if place is None:
            return
        first, last = letters.characters(*place)
        last = end_with_signs(characters, last, marked.text[marked.start : marked.end])
        for at in range(text_page.count_rects(first, last - first)):
            yield _on_page(page, *text_page.get_rect(at))
    finally:
        text_page.close()


def _on_page(
    page: pypdfium2.PdfPage, left: float, bottom: float, right: float, top: float
) -> tuple[float, float, float, float]:
    """In shares of the page as it is drawn: turned, and cut to its crop box."""
    across, down = ctypes.c_int(), ctypes.c_int()
    corners = []
    for x, y in ((left, bottom), (right, top)):
        pdfium.FPDF_PageToDevice(page, 0, 0, _GRID, _GRID, 0, x, y, across, down)
        corners.append((across.value / _GRID, down.value / _GRID))
    (x1, y1), (x2, y2) = corners
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _page_with(document: pypdfium2.PdfDocument, marked: MarkedText) -> int:
    """The first page that has the marked words, else the one that has the longest beginning of them, else the first."""
    wanted = letters_of(marked.text[marked.start : marked.end])
    best, number = 0, 1
    for at in range(len(document) if wanted else 0):
        there = beginning_of(wanted, letters_of(_text_of(document, at)))
        if there > best:
            best, number = there, at + 1
        if best == len(wanted):
            break
    return number


def _text_of(document: pypdfium2.PdfDocument, at: int) -> str:
    page = document[at]
    try:
        text_page = page.get_textpage()
        try:
            return str(text_page.get_text_bounded())
        finally:
            text_page.close()
    finally:
        page.close()
