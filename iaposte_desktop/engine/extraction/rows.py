"""Rows of a table as text that can be found and cited by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.engine.extraction.blocks import Block, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MOST_COLUMNS = 500


def describe_rows(rows: Iterable[Sequence[str]], sheet: str | None = None) -> Iterator[Block]:
    """`header: value; …` under the header that the first row is when nothing in it is a number; row numbers count
    from 1, the header included. A file that is only a header is a row."""
    header: list[str] | None = None
    described = 0
    header_row = 0
    for number, row in enumerate(rows, 1):
        cells = [one_line(cell) for cell in row[:_MOST_COLUMNS]]
        if not any(cells):
            continue
        if header is None:
            header = cells if _is_header(cells) else []
            header_row = number
            if header:
                continue
        described += 1
        yield Block(_describe(header, cells), sheet=sheet, row=number)
    if header and not described:
        yield Block("; ".join(filter(None, header)), sheet=sheet, row=header_row)


def _is_header(cells: Sequence[str]) -> bool:
    return sum(map(bool, cells)) > 1 and not any(any(map(str.isdigit, cell)) and not _has_word(cell) for cell in cells)


def _has_word(cell: str) -> bool:
    return sum(map(str.isalpha, cell)) >= 2


def _describe(header: Sequence[str], cells: Sequence[str]) -> str:
    named = ((header[at] if at < len(header) else "", cell) for at, cell in enumerate(cells))
    return "; ".join(f"{name}: {cell}" if name else cell for name, cell in named if cell)
