"""Markers `[n]` in a draft: coloured by what they stand on, and found again under the mouse or the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat

from iaposte_desktop.application.citing import MARKER
from iaposte_desktop.domain.citations import CitationMatch
from iaposte_desktop.qt.lib.theme import colours

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QTextCursor, QTextDocument
    from PySide6.QtWidgets import QTextEdit

    from iaposte_desktop.domain.runs import Run


class MarkerHighlighter(QSyntaxHighlighter):
    """Underlined where the run knows no such source, or its quote was not found."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._sound: frozenset[int] = frozenset()

    def show_run(self, run: Run | None) -> None:
        sound = sound_sources(run) if run else frozenset()
        if sound != self._sound:
            self._sound = sound
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        for match in MARKER.finditer(text):
            # Qt counts UTF-16 units, Python characters: they differ after an emoji.
            start = len(text[: match.start()].encode("utf-16-le", "surrogatepass")) // 2
            self.setFormat(start, len(match[0]), _shape(is_sound=int(match[1]) in self._sound))


def sound_sources(run: Run) -> frozenset[int]:
    """Numbers of the sources that a marker may stand on."""
    lost = {citation.source for citation in run.citations if citation.match is CitationMatch.NOT_FOUND}
    return frozenset(source.number for source in run.sources) - lost


def marker_under(cursor: QTextCursor) -> int | None:
    """The number of the marker that the cursor is in or at the edge of."""
    text = cursor.block().text()
    at = len(text.encode("utf-16-le", "surrogatepass")[: cursor.positionInBlock() * 2].decode("utf-16-le", "ignore"))
    return next((int(match[1]) for match in MARKER.finditer(text) if match.start() <= at <= match.end()), None)


def marker_at(edit: QTextEdit, place: QPoint) -> int | None:
    """The number of the marker drawn at `place` (in the viewport)."""
    cursor = edit.cursorForPosition(place)
    # Beyond the end of a line the nearest cursor is still its last: only a place over the marker counts.
    near = edit.cursorRect(cursor).adjusted(-edit.fontMetrics().averageCharWidth() * 2, 0, 0, 0)
    near.setWidth(near.width() + edit.fontMetrics().averageCharWidth() * 2)
    return marker_under(cursor) if near.contains(place) else None


def _shape(*, is_sound: bool) -> QTextCharFormat:
    now = colours()
    shape = QTextCharFormat()
    shape.setFontWeight(QFont.Weight.DemiBold)
    shape.setForeground(QColor(now.accent if is_sound else now.attention))
    if not is_sound:
        shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
    return shape
