"""DOCX: paragraphs, lists and tables under their headings, footnotes at the end. It has no pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.engine.extraction.docx_styles import ParagraphStyles, read_styles
from iaposte_desktop.engine.extraction.flow import Flow
from iaposte_desktop.engine.extraction.office_text import OfficeText
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
    body.flow.flush()
    yield from body.flow.blocks


class _Body(OfficeText):
    def __init__(self, styles: ParagraphStyles) -> None:
        super().__init__(Flow(), _BREAKS, _SKIPPED)
        self._styles = styles
        self._level: int | None = None
        self._is_item = self._is_hidden = False

    def started(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "p":
                self._level, self._is_item = None, False
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

    def paragraph(self, text: str) -> None:
        self.flow.paragraph(text, self._level, is_item=self._is_item)

    def text(self, text: str) -> None:
        if not self._is_hidden:
            super().text(text)


def _outline_level(value: str) -> int | None:
    """Level 9 is body text."""
    return int(value) + 1 if value.isdecimal() and int(value) < 9 else None
