"""A source as a card: its number, where it is from, how well it fits, what was quoted, whether that was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from iaposte_desktop.qt.lib.fields import StatusLine
from iaposte_desktop.qt.lib.foreign_text import PlainLabel
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.language import quoted
from iaposte_desktop.qt.lib.theme import colours
from iaposte_desktop.qt.threads.quotes import where_text
from iaposte_desktop.qt.threads.source_texts import change_text, difference_text, found_text
from iaposte_desktop.qt.threads.texts import MATCH_SIGNS, match_text, score_text

if TYPE_CHECKING:
    from iaposte_desktop.application.sources import SourceChange
    from iaposte_desktop.domain.citations import Citation, Source

_PREVIEW: Final = 160


class SourceCard(QWidget):
    """`open_requested` carries the source and the citation to be shown, None for the passage as it was found."""

    open_requested = Signal(object, object)

    def __init__(self, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self._citations: tuple[Citation, ...] = ()
        self._is_selected = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.where = PlainLabel(parent=self)
        self.where.setWordWrap(True)
        self.open = QToolButton(self)
        self.open.clicked.connect(self.emit_open)
        self.facts = PlainLabel(parent=self)
        self.facts.setProperty("role", "caption")
        self._match_sign = QLabel(self)
        self.match = PlainLabel(parent=self)
        self.quote = PlainLabel(parent=self)
        self.quote.setWordWrap(True)
        self.quote.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.found = PlainLabel(parent=self)
        self.found.setWordWrap(True)
        self.found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.difference = StatusLine(self)
        self.change = StatusLine(self)
        self._change: SourceChange | None = None
        self._lay_out()
        self.show_citations(())

    @property
    def is_cited(self) -> bool:
        return bool(self._citations)

    def show_citations(self, citations: tuple[Citation, ...]) -> None:
        self._citations = citations
        self.retranslate()

    def show_change(self, change: SourceChange | None) -> None:
        """What became of the file since it was cited."""
        if change != self._change:
            self._change = change
            self.retranslate()

    def select(self, is_selected: bool) -> None:
        self._is_selected = is_selected
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.emit_open()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        now = colours()
        painter = QPainter(self)
        if self._is_selected or self.hasFocus():
            painter.fillRect(self.rect(), QColor(now.accent_soft))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(now.line))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        passage = self.source.passage
        where = f"[{self.source.number}] {where_text(self.source, self._citations)}"
        self.where.setText(where)
        self.where.setProperty("role", "" if self.is_cited else "quiet")
        bold = self.where.font()
        bold.setWeight(QFont.Weight.DemiBold if self.is_cited else QFont.Weight.Normal)
        self.where.setFont(bold)
        self.setAccessibleName(where)
        self.open.setIcon(icon("eye"))
        self.open.setToolTip(self.tr("Open the file at this place"))
        self.open.setAccessibleName(self.tr("Open source {0} at its place").format(self.source.number))
        facts = [score_text(passage.score)]
        if passage.is_internal:
            facts.append(self.tr("internal: not for customers"))
        self.facts.setText(" · ".join(facts))
        self._show_match()
        self.quote.setText(self._quoted())
        self.quote.setProperty("role", "" if self.is_cited else "quiet")
        self.found.setText("\n".join(filter(None, map(found_text, self._citations))))
        self.found.setVisible(bool(self.found.text()))
        self.difference.say("\n".join(filter(None, map(difference_text, self._citations))), "attention")
        self.change.say(change_text(self._change) if self._change is not None else "", "attention")
        for label in (self.where, self.quote):
            label.style().polish(label)

    def _show_match(self) -> None:
        for widget in (self._match_sign, self.match):
            widget.setVisible(self.is_cited)
        if not self.is_cited:
            return
        worst = max((citation.match for citation in self._citations), key=list(MATCH_SIGNS).index)
        name, state = MATCH_SIGNS[worst]
        self._match_sign.setPixmap(icon(name, getattr(colours(), state) if state else None).pixmap(16, 16))
        self.match.setText(match_text(worst))
        self.match.setProperty("state", state)
        self.match.style().polish(self.match)

    def _quoted(self) -> str:
        if self.is_cited:
            return "\n".join(quoted(quote) for quote in dict.fromkeys(c.quote for c in self._citations))
        text = " ".join(self.source.passage.text.split())
        return text if len(text) <= _PREVIEW else f"{text[:_PREVIEW]}…"

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.where, 1)
        head.addWidget(self.open, alignment=Qt.AlignmentFlag.AlignTop)
        facts = QHBoxLayout()
        facts.setSpacing(4)
        facts.addWidget(self.facts)
        facts.addSpacing(8)
        facts.addWidget(self._match_sign)
        facts.addWidget(self.match)
        facts.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 12)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addLayout(facts)
        for widget in (self.change, self.quote, self.found, self.difference):
            layout.addWidget(widget)

    def emit_open(self) -> None:
        self.open_requested.emit(self.source, self._citations[0] if self._citations else None)
