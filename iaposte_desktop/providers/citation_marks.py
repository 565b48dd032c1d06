"""Marks that models leave in their text for a citation (`<|file-1|>`, `【4:0†source】`), taken out as it streams."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_INSIDE: Final = r"[^【】<\ue200\ue201\n]{0,200}"  # No mark holds another.
# A mark takes along the space before it. The last kind stands between two characters for private use.
_MARK: Final = re.compile(
    rf" ?(?:<\|(?P<file>[\w.-]{{1,100}})\|>|【\d{{1,4}}(?::\d{{1,4}})?†{_INSIDE}】|\ue200{_INSIDE}\ue201)"
)
# What may yet become one.
_BEGUN: Final = re.compile(
    r"(?: |(?: ?(?:<(?:\|(?:[\w.-]{1,100}\|?)?)?"
    rf"|【(?:\d{{1,4}}(?::\d{{0,4}})?(?:†{_INSIDE})?)?"
    rf"|\ue200{_INSIDE})))\Z"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """`file` is the id it names, empty where it names none; `position` is in the text without marks."""

    file: str
    position: int


class Unmarking:
    """One text, piece by piece, wherever the pieces are cut: what may be the beginning of a mark is held back."""

    def __init__(self) -> None:
        self._held = ""
        self._decided = 0
        self._clean = 0
        self._cuts: list[tuple[int, int]] = []

    def take(self, piece: str) -> tuple[str, list[Mark]]:
        """What can be shown now, and the marks that were taken out of it."""
        return self._take(self._held + piece, is_end=False)

    def end(self) -> tuple[str, list[Mark]]:
        """What was held back was no mark. More pieces may follow."""
        return self._take(self._held, is_end=True)

    def position(self, index: int) -> int | None:
        """Where character `index` of the text as it came stands in the text without marks. None: not decided yet."""
        if index > self._decided:
            return None
        return index - sum(min(end, index) - start for start, end in self._cuts if start < index)

    def _take(self, text: str, *, is_end: bool) -> tuple[str, list[Mark]]:
        shown, marks, start = "", [], 0
        for found in _MARK.finditer(text):
            shown += text[start : found.start()]
            start = found.end()
            marks.append(Mark(found["file"] or "", self._clean + len(shown)))
            self._cuts.append((self._decided + found.start(), self._decided + start))
        begun = None if is_end else _BEGUN.search(text, start)
        stop = begun.start() if begun else len(text)
        shown += text[start:stop]
        self._held = text[stop:]
        self._decided += stop
        self._clean += len(shown)
        return shown, marks
