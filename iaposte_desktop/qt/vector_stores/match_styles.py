"""How a word that answers the query is marked: each way in a line of its own under the word, never by colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QRect, QSize
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QSizePolicy, QWidget

from iaposte_desktop.domain.search import MatchKind
from iaposte_desktop.qt.lib.theme import colours
from iaposte_desktop.qt.vector_stores.painting import draw_lines, smaller

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iaposte_desktop.qt.vector_stores.excerpt import Excerpt

_LINES: Final = {
    MatchKind.EXACT: QTextCharFormat.UnderlineStyle.SingleUnderline,
    MatchKind.STEM: QTextCharFormat.UnderlineStyle.DashUnderline,
    MatchKind.SYNONYM: QTextCharFormat.UnderlineStyle.DotLine,
    MatchKind.SPELLING: QTextCharFormat.UnderlineStyle.WaveUnderline,
}


def match_text(kind: MatchKind) -> str:
    return {
        MatchKind.EXACT: QCoreApplication.translate("VectorStores", "the same word"),
        MatchKind.STEM: QCoreApplication.translate("VectorStores", "same stem"),
        MatchKind.SYNONYM: QCoreApplication.translate("VectorStores", "synonym"),
        MatchKind.SPELLING: QCoreApplication.translate("VectorStores", "other spelling"),
    }[kind]


def heard_matches(excerpt: Excerpt) -> str:
    """For those who do not see the lines: `refund (the same word), returns (same stem)`; each word once."""
    heard = {f"{excerpt.text[each.start : each.end]} ({match_text(each.kind)})": None for each in excerpt.marked}
    return ", ".join(heard)


def formats_of(excerpt: Excerpt) -> list[QTextLayout.FormatRange]:
    """For `draw_lines`."""
    formats = []
    for each in excerpt.marked:
        made = QTextLayout.FormatRange()
        made.start = _units(excerpt.text[: each.start])
        made.length = _units(excerpt.text[each.start : each.end])
        made.format = _format(each.kind)
        formats.append(made)
    return formats


class MatchLegend(QWidget):
    """The lines that are under words now, each with what it says; nothing where no word is marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds: tuple[MatchKind, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_kinds(())

    def show_kinds(self, kinds: Iterable[MatchKind]) -> None:
        present = set(kinds)
        self._kinds = tuple(kind for kind in MatchKind if kind in present)
        self.setAccessibleName(", ".join(map(match_text, self._kinds)))
        self.setVisible(bool(self._kinds))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().lineSpacing() * len(self._rows(self.width())) + 2)

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # Qt's signature.
        painter = QPainter(self)
        font = smaller(self.font())
        painter.setFont(font)
        line = self.fontMetrics().lineSpacing()
        for number, row in enumerate(self._rows(self.width())):
            at = QRect(0, number * line, self.width(), line)
            for kind in row:
                text = match_text(kind)
                whole = QTextLayout.FormatRange()
                whole.start, whole.length, whole.format = 0, _units(text), _format(kind)
                draw_lines(painter, at, text, colours().text, font, 1, [whole])
                at.setLeft(at.left() + painter.fontMetrics().horizontalAdvance(text) + 20)

    def _rows(self, width: int) -> list[Sequence[MatchKind]]:
        """As many kinds beside each other as there is room for."""
        rows: list[list[MatchKind]] = [[]]
        left = width
        for kind in self._kinds:
            needed = self.fontMetrics().horizontalAdvance(match_text(kind)) + 20
            if rows[-1] and needed > left:
                rows.append([])
                left = width
            rows[-1].append(kind)
            left -= needed
        return [row for row in rows if row]


def _format(kind: MatchKind) -> QTextCharFormat:
    now = colours()
    made = QTextCharFormat()
    made.setFontWeight(QFont.Weight.DemiBold)
    made.setForeground(QColor(now.text))
    made.setUnderlineStyle(_LINES[kind])
    made.setUnderlineColor(QColor(now.accent))
    return made


def _units(text: str) -> int:
    """Qt counts UTF-16 units, Python characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
