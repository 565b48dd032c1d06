"""HTML: the text a reader sees, under its headings; a list or a table is one block."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.domain.markup import HtmlReader
from iaposte_desktop.engine.extraction.blocks import Block, clean, one_line, refused
from iaposte_desktop.engine.extraction.decoding import MAX_CHARACTERS, decode
from iaposte_desktop.engine.extraction.headings import HeadingPath, fits_heading

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.engine.extraction.blocks import Extracted

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_HEAD_BYTES = 4096
_LONGEST_TITLE = 200
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol"})
_SKIPPED = frozenset({"script", "style", "template", "noscript", "svg", "math", "object", "select", "datalist"})
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_PARAGRAPHS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "html",
        "legend",
        "main",
        "nav",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
    ]
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MOST_HIDDEN_DEPTH = 10_000


def extract(path: Path) -> Extracted:
    data = path.read_bytes()
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    text = clean(decode(data, declared.group(1).decode("ascii", "replace") if declared else None))
    if len(text) > MAX_CHARACTERS:
        raise refused(FileProblem.TOO_LARGE, f"more than {MAX_CHARACTERS} characters")
    page = _Page()
    page.read(text)
    page.flush()
    yield from page.titled_blocks()


class _Page(HtmlReader):
    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._title: list[str] = []
        self._headings = HeadingPath()
        self._heading_level: int | None = None
        self._text: list[str] = []
        self._lines: list[str] = []
        self._cells: list[str] | None = None
        self._lists: list[int | None] = []
        self._hidden: list[str] = []
        self._is_verbatim = self._in_title = False

    def titled_blocks(self) -> list[Block]:
        """The page's title stands for the heading it does not have."""
        title = one_line(" ".join(self._title))[:_LONGEST_TITLE]
        if not title or any(block.is_heading and len(block.headings) == 1 for block in self._blocks):
            return self._blocks
        under = (title,)
        return [
            Block(title, headings=under),
            *(Block(block.text, headings=under + block.headings) for block in self._blocks),
        ]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._hidden or tag in _SKIPPED or _is_hidden(dict(attrs)):
            if tag not in _VOID and len(self._hidden) < _MOST_HIDDEN_DEPTH:
                self._hidden.append(tag)
            return
        match tag:
            case "br":
                self._text.append("\n")
            case "title":
                self._in_title = True
            case "li":
                self._end_line()
                self._text.append(self._item_mark())
            case "tr":
                self._end_line()
                self._cells = []
            case "td" | "th":
                self._end_cell()
            case _ if tag in _LISTS:
                self._end_line() if self._lists else self.flush()
                self._lists.append(0 if tag == "ol" else None)
            case _ if tag in _HEADINGS:
                self.flush()
                self._heading_level = _HEADINGS[tag]
            case _ if tag in _PARAGRAPHS:
                self._break()
                self._is_verbatim = self._is_verbatim or tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            if tag in self._hidden:
                while self._hidden.pop() != tag:
                    pass
            return
        match tag:
            case "title":
                self._in_title = False
            case "td" | "th":
                self._end_cell()
            case "tr":
                self._end_row()
            case "li":
                self._end_line()
            case "table":
                self._end_row()
                self.flush()
            case "pre":
                self._break()
                self._is_verbatim = False
            case _ if tag in _LISTS and self._lists:
                self._end_line()
                self._lists.pop()
                if not self._lists:
                    self._break()
            case _ if tag in _HEADINGS:
                self._end_heading()
            case _ if tag in _PARAGRAPHS:
                self._break()

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self._title.append(data)
        elif not self._hidden:
            self._text.append(data if self._is_verbatim else re.sub(r"\s+", " ", data))

    def flush(self) -> None:
        """End the open paragraph, list or table."""
        self._end_line()
        text = "\n".join(self._lines)
        self._lines = []
        if text:
            self._blocks.append(Block(text, headings=self._headings.path))

    def _break(self) -> None:
        """A paragraph's edge; inside a list or a table it only ends the line."""
        if self._cells is not None:
            self._text.append(" ")
        elif self._lists:
            if "".join(self._text).strip(" -0123456789."):
                self._end_line()
        else:
            self.flush()

    def _end_heading(self) -> None:
        text = one_line("".join(self._text))
        level, self._heading_level = self._heading_level, None
        if level is not None and fits_heading(text):
            self._text = []
            self._headings.enter(level, text)
            self._blocks.append(Block(text, headings=self._headings.path))
        else:
            self.flush()

    def _end_line(self) -> None:
        text = "".join(self._text)
        self._text = []
        lines = text.split("\n") if self._is_verbatim else [one_line(line) for line in text.split("\n")]
        self._lines += [line.rstrip() for line in lines if line.strip() and line.strip() != "-"]

    def _end_cell(self) -> None:
        if self._cells is not None:
            cell = one_line("".join(self._text))
            self._text = []
            if cell:
                self._cells.append(cell)

    def _end_row(self) -> None:
        self._end_cell()
        if self._cells:
            self._lines.append(" | ".join(self._cells))
        self._cells = None

    def _item_mark(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "- "
        self._lists[-1] += 1
        return f"{self._lists[-1]}. "


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    return "hidden" in attributes or bool(_HIDDEN_STYLE.search(attributes.get("style") or ""))
