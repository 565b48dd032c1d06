"""Markers for the files that a hosted search cites: such a citation names a file and a place in the text; which of the
passages that were found it stands on is worked out here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from iaposte_desktop.application.citing import sentence_before
from iaposte_desktop.domain import events as ev

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.domain.citations import Source
    from iaposte_desktop.domain.runs import FileMark, Run


def markers(run: Run) -> tuple[ev.Marker, ...]:
    """In ascending order of position. A mark of a file of which no passage was found gives none; two that come to the
    same passage at the same place give one."""
    placed: dict[tuple[int, int], ev.Marker] = {}
    for mark in run.file_marks:
        source = _source_of(mark, run.text, run.sources)
        if source is not None:
            position = min(mark.position, len(run.text))
            is_apart = position == 0 or run.text[position - 1].isspace()
            text = f"[{source.number}]" if is_apart else f" [{source.number}]"
            placed.setdefault((position, source.number), ev.Marker(position, text))
    return tuple(placed[key] for key in sorted(placed))


def _source_of(mark: FileMark, text: str, sources: Sequence[Source]) -> Source | None:
    """The passage of the file that shares most words with the sentence; of equals, the one found best."""
    candidates = [source for source in sources if source.passage.file_id == mark.file_id]
    statement = _words(sentence_before(text, mark.position))
    return max(
        candidates,
        key=lambda source: (len(statement & _words(source.passage.text)), source.passage.score),
        default=None,
    )


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
