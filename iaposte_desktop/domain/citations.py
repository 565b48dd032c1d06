"""Sources and citations: which passage a statement stands on, and whether its quote is really there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from iaposte_desktop.domain.knowledge import Anchor, Passage


class CitationMatch(StrEnum):
    """UNCHECKED only while a run is on; a run never ends with one."""

    UNCHECKED = "unchecked"
    EXACT = "exact"
    APPROXIMATE = "approximate"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Source:
    """A passage under the number that markers in the draft show: `[1]`."""

    number: int
    passage: Passage


@dataclass(frozen=True, slots=True)
class Citation:
    """The marker `[source]` that begins at character `position` of the run's text stands on `quote`. Once checked,
    `quote_start` and `quote_end` are offsets into the file's extracted text, None where it was not found; `anchor` is
    the place of these words in the file, as far as it is known; `found` is what they say where the match is
    APPROXIMATE, else empty."""

    source: int
    quote: str
    position: int
    match: CitationMatch = CitationMatch.UNCHECKED
    quote_start: int | None = None
    quote_end: int | None = None
    anchor: Anchor | None = None
    found: str = ""


def quote_anchor(source: Source, citation: Citation) -> Anchor:
    """Where the quote stands, as closely as it is known: its passage may name the row as well."""
    known, passage = citation.anchor, source.passage.anchor
    if known is None or (passage.row is not None and (known.page, known.sheet) == (passage.page, passage.sheet)):
        return passage
    return known
