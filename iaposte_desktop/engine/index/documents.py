"""What reading a file brings, as it goes into the index and comes out again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from iaposte_desktop.domain.knowledge import Anchor


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a file's text, starting at character `start` of the whole."""

    start: int
    text: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Document:
    """Its rows lie in the file `staged` (`engine.index.staged`). `pages` counts pages or sheets where the format has
    them; `language` is `fr`, `en` or not told. For the rest see `VectorStoreFile`."""

    staged: Path
    chunks: int
    pages: int | None
    language: str | None
    characters: int = 0
    scanned_pages: int = 0
    tokens: int | None = None
    signature: str = ""
