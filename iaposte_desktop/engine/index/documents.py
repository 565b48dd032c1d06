"""What reading a file brings, as it goes into the index and comes out again."""

from __future__ import annotations

from dataclasses import dataclass

from iaposte_desktop.domain.knowledge import Anchor
from iaposte_desktop.engine.text.columns import Columns


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a file's text, starting at character `start` of the whole."""

    start: int
    text: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Chunk:
    """Characters `start` to `end` of a file's text, with what the index knows it by."""

    start: int
    end: int
    anchor: Anchor
    columns: Columns


@dataclass(frozen=True, slots=True)
class Document:
    """`pages` counts pages or sheets where the format has them; `language` is `fr`, `en` or not told. For the rest see
    `VectorStoreFile`."""

    parts: tuple[Part, ...]
    chunks: tuple[Chunk, ...]
    pages: int | None
    language: str | None
    scanned_pages: int = 0
    tokens: int | None = None
    signature: str = ""
