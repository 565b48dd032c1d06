"""Columns and headings as the index file keeps them."""

from __future__ import annotations

import json
import zlib

from iaposte_desktop.engine.text.columns import Columns

_FASTEST = 1


def pack_columns(columns: Columns) -> bytes:
    return zlib.compress(f"{columns.words}\n{columns.stems}".encode(), _FASTEST)


def unpack_columns(packed: bytes) -> Columns:
    words, stems = zlib.decompress(packed).decode().split("\n")
    return Columns(words, stems)


def pack_headings(headings: tuple[str, ...]) -> str:
    return json.dumps(headings, ensure_ascii=False) if headings else ""


def unpack_headings(packed: str) -> tuple[str, ...]:
    return tuple(json.loads(packed)) if packed else ()
