"""Sources and citations: which passage a statement stands on, and whether its quote is really there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from iaposte_desktop.domain.knowledge import Passage


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
    `quote_start` and `quote_end` are offsets into the file's extracted text, None where it was not found."""

    source: int
    quote: str
    position: int
    match: CitationMatch = CitationMatch.UNCHECKED
    quote_start: int | None = None
    quote_end: int | None = None
