"""Plain text: paragraphs between blank lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from iaposte_desktop.engine.extraction.blocks import Block
from iaposte_desktop.engine.extraction.decoding import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from iaposte_desktop.engine.extraction.blocks import Extracted

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


def extract(path: Path) -> Extracted:
    for paragraph in paragraphs(read_text(path)):
        yield Block(paragraph)


def paragraphs(text: str) -> Iterator[str]:
    """Without the white space around them; line breaks inside are kept."""
    at = 0
    for blank in _BLANK_LINE.finditer(text):
        if paragraph := text[at : blank.start()].strip():
            yield paragraph
        at = blank.end()
    if paragraph := text[at:].strip():
        yield paragraph
