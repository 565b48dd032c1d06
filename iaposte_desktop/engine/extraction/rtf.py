"""RTF: paragraphs, lists and tables under their headings, footnotes at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.engine.extraction.blocks import refused
from iaposte_desktop.engine.extraction.flow import Flow
from iaposte_desktop.engine.extraction.headings import built_in_level
from iaposte_desktop.engine.extraction.rtf_words import (
    CHARACTERS,
    PARAGRAPH_ENDS,
    SKIPPED,
    SYMBOLS,
    codec_of_charset,
    codec_of_page,
)

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.engine.extraction.blocks import Extracted

MAX_DEPTH = 500
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}]+)", re.DOTALL
)
_BODY_LEVEL = 9


def extract(path: Path) -> Extracted:
    document = _Document()
    document.feed(path.read_bytes())
    yield from document.flow.blocks


@dataclass(slots=True)
class _Group:
    """What a `}` takes back."""

    codec: str = "cp1252"
    replacements: int = 1
    """How many characters stand after a Unicode one for readers that do not know it."""
    is_skipped: bool = False
    is_hidden: bool = False
    table: str = ""
    """`fonttbl` or `stylesheet`, within those."""
    note: list[str] | None = None


@dataclass(slots=True)
class _Style:
    number: int = 0
    level: int | None = None
    name: list[str] = field(default_factory=list)


class _Document:
    def __init__(self) -> None:
        self.flow = Flow()
        self._notes: list[list[str]] = []
        self._group = _Group()
        self._outer: list[_Group] = []
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._page_codec = "cp1252"
        self._levels: dict[int, int] = {}
        self._style = _Style()
        self._bytes = bytearray()
        self._to_drop = 0
        self._text: list[str] = []
        self._level: int | None = None
        self._is_item = self._is_cell = False

    def feed(self, data: bytes) -> None:
        """The whole file; what is not closed ends with it. Raises JobRefused."""
        at = 0
        while found := _TOKEN.match(data, at):
            at = found.end()
            word, number, character, symbol, brace, text = found.groups()
            if text is not None:
                self._take(text.translate(None, b"\r\n"))
            elif character is not None:
                self._take(bytes([int(character, 16)]))
            elif word == b"bin":
                at += max(0, int(number or 0))
            else:
                self._decode()
                if word is not None:
                    self._obey(word.decode(), int(number) if number else None)
                elif brace is not None:
                    self._open() if brace == b"{" else self._close()
                else:
                    self._obey_symbol(symbol.decode("latin-1"))
        self._end()

    def _take(self, text: bytes) -> None:
        dropped = min(self._to_drop, len(text))
        self._to_drop -= dropped
        if not self._group.is_skipped:
            self._bytes += text[dropped:]

    def _decode(self) -> None:
        if self._bytes:
            text = self._bytes.decode(self._group.codec, "replace")
            self._bytes.clear()
            self._append(text)

    def _append(self, text: str) -> None:
        group = self._group
        if group.is_skipped or group.is_hidden or group.table == "fonttbl":
            return
        if group.table:
            self._style.name.append(text)
        else:
            (self._text if group.note is None else group.note).append(text)

    def _open(self) -> None:
        if len(self._outer) >= MAX_DEPTH:
            raise refused(FileProblem.TOO_COMPLEX, f"groups nested deeper than {MAX_DEPTH}")
        self._to_drop = 0
        self._outer.append(self._group)
        self._group = replace(self._group)

    def _close(self) -> None:
        self._to_drop = 0
        if self._group.table == "stylesheet" and not self._group.is_skipped:
            self._end_style()
        if self._outer:
            self._group = self._outer.pop()

    def _obey_symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._group.is_skipped = True
        elif symbol in PARAGRAPH_ENDS:
            self._end_paragraph()
        elif symbol in SYMBOLS:
            self._append(SYMBOLS[symbol])

    def _obey(self, word: str, number: int | None) -> None:
        if word in CHARACTERS:
            self._append(CHARACTERS[word])
        elif word == "u" and number is not None:
            self._append(chr(number % 0x1_0000))
            self._to_drop = self._group.replacements
        elif word in SKIPPED:
            self._group.is_skipped = True
        elif self._group.table:
            self._obey_in_table(word, number or 0)
        elif word == "shptxt":
            self._group.is_skipped = False
        elif not self._group.is_skipped:
            self._obey_in_text(word, number)

    def _obey_in_table(self, word: str, number: int) -> None:
        match word:
            case "f":
                self._font = number
            case "fcharset":
                self._fonts[self._font] = codec_of_charset(number, self._page_codec)
            case "s":
                self._style.number = number
            case "outlinelevel" if number < _BODY_LEVEL:
                self._style.level = number + 1

    def _obey_in_text(self, word: str, number: int | None) -> None:
        match word:
            case "ansicpg":
                self._page_codec = self._group.codec = codec_of_page(number or 0)
            case "fonttbl" | "stylesheet":
                self._group.table = word
            case "f":
                self._group.codec = self._fonts.get(number or 0, self._page_codec)
            case "uc":
                self._group.replacements = min(max(number or 0, 0), 10)
            case "plain":
                self._group.is_hidden = False
            case "v" | "deleted":
                self._group.is_hidden = number != 0
            case "footnote":
                self._group.note = []
                self._notes.append(self._group.note)
            case "listtext" | "pntext":
                self._is_item = self._group.is_skipped = True
            case _:
                self._obey_in_paragraph(word, number)

    def _obey_in_paragraph(self, word: str, number: int | None) -> None:
        match word:
            case "pard":
                self._level, self._is_item, self._is_cell = None, False, False
            case "s":
                self._level = self._levels.get(number or 0)
            case "outlinelevel":
                self._level = (number or 0) + 1 if (number or 0) < _BODY_LEVEL else None
            case "ls":
                self._is_item = bool(number)
            case "intbl":
                self._is_cell = True
            case "cell":
                self._end_cell()
            case "row":
                self.flow.end_row()
            case "nestcell":
                self._end_paragraph()
            case _ if word in PARAGRAPH_ENDS:
                self._end_paragraph()

    def _end_style(self) -> None:
        level = built_in_level("".join(self._style.name).strip(" ;"))
        if level is None:
            level = self._style.level
        if level is not None:
            self._levels[self._style.number] = level
        self._style = _Style()

    def _end_paragraph(self) -> None:
        if self._group.note is not None:
            self._group.note.append(" ")
            return
        if self.flow.is_in_table and not self._is_cell:
            self.flow.end_table()
        text, self._text = _joined(self._text), []
        self.flow.paragraph(text, self._level, is_item=self._is_item)

    def _end_cell(self) -> None:
        self._is_cell = True
        if not self.flow.is_in_table:
            self.flow.start_table()
        self._end_paragraph()
        self.flow.end_cell()

    def _end(self) -> None:
        self._decode()
        self._group = _Group()
        self._is_cell = False
        self._end_paragraph()
        self.flow.flush()
        for note in self._notes:
            self.flow.paragraph(_joined(note))


def _joined(pieces: list[str]) -> str:
    """Characters beyond 16 bits come as two."""
    return "".join(pieces).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
