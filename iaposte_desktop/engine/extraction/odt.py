"""ODT: paragraphs, lists and tables under their headings, notes at the end. Its pages are made by who shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.engine.extraction.flow import Flow
from iaposte_desktop.engine.extraction.xml_events import feed_xml
from iaposte_desktop.engine.extraction.zip_guard import open_package, read_member

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from iaposte_desktop.engine.extraction.blocks import Extracted

_CONTENT = "content.xml"
_STYLES = "styles.xml"
_BREAKS = {"tab": "\t", "line-break": "\n"}
# Deleted text, comments, what repeats the headings, and what stands for a note in the text.
_SKIPPED = frozenset(
    ["tracked-changes", "annotation", "table-of-content", "alphabetical-index", "note-citation", "forms", "desc"]
)
_MOST_SPACES = 100


def extract(path: Path) -> Extracted:
    with open_package(path, _CONTENT) as package:
        body = _Body()
        if _STYLES in package.NameToInfo:
            feed_xml(read_member(package, _STYLES), body.styles)
        feed_xml(read_member(package, _CONTENT), body)
    body.flow.flush()
    for note in body.notes:
        body.flow.paragraph(note)
    yield from body.flow.blocks


class _Styles:
    """Which paragraph styles are a document's title, and which styles hide their text."""

    def __init__(self) -> None:
        self.titles = {"Title"}
        self.hidden: set[str] = set()
        self._style = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "style":
                self._style = attributes.get("name", "")
                parent = attributes.get("parent-style-name", "")
                if parent in self.titles:
                    self.titles.add(self._style)
                if parent in self.hidden:
                    self.hidden.add(self._style)
            case "text-properties" if attributes.get("display") == "none":
                self.hidden.add(self._style)

    def end(self, name: str) -> None:
        pass

    def text(self, text: str) -> None:
        pass


class _Paragraph:
    """A text box lies within a paragraph: they are a stack."""

    def __init__(self, level: int | None, *, is_item: bool) -> None:
        self.level = level
        self.is_item = is_item
        self.text: list[str] = []


class _Body:
    def __init__(self) -> None:
        self.flow = Flow()
        self.styles = _Styles()
        self.notes: list[str] = []
        self._open: list[_Paragraph] = []
        self._in_body = False
        self._lists = self._notes = self._skipped = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if not self._in_body:
            self._in_body = name == "body"
            self.styles.start(name, attributes)
        elif self._skipped or name in _SKIPPED or attributes.get("style-name") in self.styles.hidden:
            self._skipped += 1
        else:
            self._start(name, attributes)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "h":
                self._open.append(_Paragraph(_level(attributes.get("outline-level", "")), is_item=False))
            case "p":
                level = 0 if attributes.get("style-name") in self.styles.titles else None
                self._open.append(_Paragraph(level, is_item=self._lists > 0))
            case "list":
                self._lists += 1
            case "table":
                self.flow.start_table()
            case "note":
                self._notes += 1
            case "s":
                self._append(" " * min(_number(attributes.get("c", "")) or 1, _MOST_SPACES))
            case _ if name in _BREAKS:
                self._append(_BREAKS[name])

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        match name:
            case "h" | "p" if self._open:
                self._end_paragraph(self._open.pop())
            case "list":
                self._lists -= 1
            case "table-cell" | "covered-table-cell":
                self.flow.end_cell()
            case "table-row":
                self.flow.end_row()
            case "table" if self.flow.is_in_table:
                self.flow.end_table()
            case "note":
                self._notes -= 1

    def text(self, text: str) -> None:
        if not self._skipped:
            self._append(text)

    def _append(self, text: str) -> None:
        if self._open:
            self._open[-1].text.append(text)

    def _end_paragraph(self, paragraph: _Paragraph) -> None:
        text = "".join(paragraph.text)
        if self._notes:
            self.notes.append(text)
        else:
            self.flow.paragraph(text, paragraph.level, is_item=paragraph.is_item)


def _level(declared: str) -> int:
    return _number(declared) or 1


def _number(declared: str) -> int:
    """0 for what is none; a long one is cut: nothing here counts that far."""
    return int(declared[:9]) if declared.isdecimal() else 0
