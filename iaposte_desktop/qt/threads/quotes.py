"""A source in words: where it is from, what of it was quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.application.labels import place
from iaposte_desktop.domain.citations import quote_anchor
from iaposte_desktop.qt.lib.language import current_language, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.domain.citations import Citation, Source
    from iaposte_desktop.domain.runs import Run


def where_text(source: Source, citations: Sequence[Citation] = ()) -> str:
    """`CGV.pdf · p. 3`: the places of what was quoted, else that of the passage."""
    anchors = [quote_anchor(source, citation) for citation in citations] or [source.passage.anchor]
    places = dict.fromkeys(place(anchor, current_language()) for anchor in anchors)
    return " · ".join(filter(None, (source.passage.file_name, *places)))


def citations_of(run: Run, number: int) -> tuple[Citation, ...]:
    return tuple(citation for citation in run.citations if citation.source == number)


def quote_of(run: Run | None, number: int) -> str:
    """What a tooltip over the marker `[number]` says; nothing where the run has no such source."""
    source = run.source(number) if run is not None else None
    if run is None or source is None:
        return ""
    citations = citations_of(run, number)
    quotes = dict.fromkeys(citation.quote for citation in citations)
    return "\n".join((f"[{number}] {where_text(source, citations)}", *(quoted(quote) for quote in quotes)))
