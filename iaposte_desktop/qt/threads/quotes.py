"""A source in words: where it is from, what of it was quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.application.labels import place
from iaposte_desktop.qt.lib.language import current_language, quoted

if TYPE_CHECKING:
    from iaposte_desktop.domain.citations import Citation, Source
    from iaposte_desktop.domain.runs import Run


def where_text(source: Source) -> str:
    """`CGV.pdf · p. 3`."""
    passage = source.passage
    return " · ".join(filter(None, (passage.file_name, place(passage.anchor, current_language()))))


def citations_of(run: Run, number: int) -> tuple[Citation, ...]:
    return tuple(citation for citation in run.citations if citation.source == number)


def quote_of(run: Run | None, number: int) -> str:
    """What a tooltip over the marker `[number]` says; nothing where the run has no such source."""
    source = run.source(number) if run is not None else None
    if run is None or source is None:
        return ""
    quotes = dict.fromkeys(citation.quote for citation in citations_of(run, number))
    return "\n".join((f"[{number}] {where_text(source)}", *(quoted(quote) for quote in quotes)))
