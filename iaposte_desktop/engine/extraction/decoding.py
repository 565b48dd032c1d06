"""Bytes of a text file to characters."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.engine.extraction.blocks import clean, refused
from iaposte_desktop.engine.extraction.magic import refuse_binary

if TYPE_CHECKING:
    from pathlib import Path

MAX_CHARACTERS = 20_000_000
"""About 5 million tokens: the hosted stores' limit for one file."""

_MAX_BYTES = 4 * MAX_CHARACTERS
_CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\n\r\x0c\x1b")
_MOST_CONTROL = 0.01
_SAMPLE_BYTES = 65_536
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text(path: Path) -> str:
    """Cleaned. Raises JobRefused for what is no text, or too much of it."""
    with path.open("rb") as file:
        data = file.read(_MAX_BYTES + 1)
    text = clean(decode(data))
    if len(data) > _MAX_BYTES or len(text) > MAX_CHARACTERS:
        raise refused(FileProblem.TOO_LARGE, f"more than {MAX_CHARACTERS} characters")
    return text


def decode(data: bytes, declared: str | None = None) -> str:
    """By its byte order mark, else as UTF-8, else in the `declared` encoding, else as Windows-1252."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_marked(data, encoding)
    refuse_binary(data)
    sample = data[:_SAMPLE_BYTES]
    control = len(sample) - len(sample.translate(None, _CONTROL))
    if b"\0" in sample or control > _MOST_CONTROL * len(sample):
        raise refused(FileProblem.MISLABELLED, "binary content")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_known(declared) or "cp1252", "replace")


def _decode_marked(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise refused(FileProblem.DAMAGED, str(error)) from error


def _known(encoding: str | None) -> str | None:
    try:
        return codecs.lookup(encoding).name if encoding else None
    except LookupError:
        return None
