"""Paragraphs, list items and tables, in the order in which a document has them, to blocks."""

from __future__ import annotations

from iaposte_desktop.engine.extraction.blocks import Block, clean, one_line
from iaposte_desktop.engine.extraction.headings import HeadingPath, fits_heading


class Flow:
    """Consecutive list items are one block, and so is a table, a line for each row; a table in a table is text of its
    cell. `blocks` is complete after a last `flush`."""

    def __init__(self, page: int | None = None) -> None:
        self.blocks: list[Block] = []
        self._page = page
        self._headings = HeadingPath()
        self._lines: list[str] = []
        self._row: list[str] = []
        self._cell: list[str] = []
        self._tables = 0

    @property
    def is_in_table(self) -> bool:
        return self._tables > 0

    def paragraph(self, text: str, level: int | None = None, *, is_item: bool = False) -> None:
        """`level` makes it a heading, where it is short enough to be one."""
        text = clean(text).strip()
        if not text:
            return
        if self._tables:
            self._cell.append(one_line(text))
        elif level is not None and fits_heading(heading := one_line(text)):
            self.flush()
            self._headings.enter(level, heading)
            self._add(heading)
        elif is_item:
            self._lines.append(f"- {text}")
        else:
            self.flush()
            self._add(text)

    def start_table(self) -> None:
        if not self._tables:
            self.flush()
        self._tables += 1

    def end_cell(self) -> None:
        if self._tables == 1:
            self._row.append(" ".join(self._cell))
            self._cell = []

    def end_row(self) -> None:
        if self._tables == 1:
            self._lines.append(" | ".join(self._row).strip(" |"))
            self._row = []

    def end_table(self) -> None:
        self._tables -= 1
        if not self._tables:
            self.flush()

    def flush(self) -> None:
        """End the open list or table."""
        self._add("\n".join(filter(None, self._lines)))
        self._lines = []

    def _add(self, text: str) -> None:
        if text:
            self.blocks.append(Block(text, page=self._page, headings=self._headings.path))
