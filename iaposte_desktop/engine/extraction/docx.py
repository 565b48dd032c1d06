"""DOCX: paragraphs, lists and tables under their headings, footnotes at the end. It has no pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.engine.extraction.blocks import Block, clean, one_line
from iaposte_desktop.engine.extraction.docx_styles import ParagraphStyles, read_styles
from iaposte_desktop.engine.extraction.headings import HeadingPath, fits_heading
from iaposte_desktop.engine.extraction.xml_events import feed_xml
from iaposte_desktop.engine.extraction.zip_guard import open_package, read_member

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from iaposte_desktop.engine.extraction.blocks import Extracted

_DOCUMENT = "word/document.xml"
_STYLES = "word/styles.xml"
_FOOTNOTES = "word/footnotes.xml"
_NO_STYLES = ParagraphStyles({}, frozenset())
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Deleted or moved text, field codes, and the second copy of a drawing's text.
_SKIPPED = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback", "pict"})


def extract(path: Path) -> Extracted:
    with open_package(path, _DOCUMENT) as package:
        names = set(package.namelist())
        styles = read_styles(read_member(package, _STYLES)) if _STYLES in names else _NO_STYLES
        body = _Body(styles)
        feed_xml(read_member(package, _DOCUMENT), body)
        if _FOOTNOTES in names:
            feed_xml(read_member(package, _FOOTNOTES), body)
    body.flush()
    yield from body.blocks


class _Body:
    """Collects blocks. Consecutive list items are one block, and so is a table, a line for each row."""

    def __init__(self, styles: ParagraphStyles) -> None:
        self.blocks: list[Block] = []
        self._styles = styles
        self._headings = HeadingPath()
        self._paragraph: list[str] = []
        self._lines: list[str] = []
        self._row: list[str] = []
        self._cell: list[str] = []
        self._level: int | None = None
        self._is_item = self._is_hidden = False
        self._tables = self._skipped = 0
        self._in_text = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _SKIPPED or self._skipped:
            self._skipped += 1
            return
        match name:
            case "p":
                self._paragraph, self._level, self._is_item = [], None, False
            case "r":
                self._is_hidden = False
            case "pStyle":
                style = attributes.get("val", "")
                self._level = self._styles.levels.get(style)
                self._is_item = style in self._styles.lists
            case "outlineLvl":
                self._level = _outline_level(attributes.get("val", ""))
            case "numPr":
                self._is_item = True
            case "numId" if attributes.get("val") == "0":
                self._is_item = False
            case "vanish":
                self._is_hidden = attributes.get("val", "1") not in {"0", "false"}
            case "t":
                self._in_text = True
            case "tbl":
                self._start_table()
            case _ if name in _BREAKS:
                self._paragraph.append(_BREAKS[name])

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        match name:
            case "t":
                self._in_text = False
            case "p":
                self._end_paragraph()
            case "tc" if self._tables == 1:
                self._row.append(" ".join(self._cell))
                self._cell = []
            case "tr" if self._tables == 1:
                self._lines.append(" | ".join(self._row).strip(" |"))
                self._row = []
            case "tbl":
                self._tables -= 1
                if not self._tables:
                    self.flush()

    def text(self, text: str) -> None:
        if self._in_text and not self._skipped and not self._is_hidden:
            self._paragraph.append(text)

    def flush(self) -> None:
        """End the open list or table."""
        self._add("\n".join(filter(None, self._lines)))
        self._lines = []

    def _start_table(self) -> None:
        if not self._tables:
            self.flush()
        self._tables += 1

    def _end_paragraph(self) -> None:
        text = clean("".join(self._paragraph)).strip()
        self._paragraph = []
        if not text:
            return
        if self._tables:
            self._cell.append(one_line(text))
        elif self._level is not None and fits_heading(heading := one_line(text)):
            self.flush()
            self._headings.enter(self._level, heading)
            self._add(heading)
        elif self._is_item:
            self._lines.append(f"- {text}")
        else:
            self.flush()
            self._add(text)

    def _add(self, text: str) -> None:
        if text:
            self.blocks.append(Block(text, headings=self._headings.path))


def _outline_level(value: str) -> int | None:
    """Level 9 is body text."""
    return int(value) + 1 if value.isdecimal() and int(value) < 9 else None
