"""The sources of a run: those its text stands on first, then, quieter, what else was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from iaposte_desktop.qt.lib.empty_state import EmptyState
from iaposte_desktop.qt.threads.quotes import citations_of
from iaposte_desktop.qt.threads.scrolling import scrolled
from iaposte_desktop.qt.threads.source_card import SourceCard

if TYPE_CHECKING:
    from iaposte_desktop.application.sources import SourceChange
    from iaposte_desktop.domain.runs import Run


class SourcesPane(QWidget):
    open_requested = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: Run | None = None
        self.cards: dict[int, SourceCard] = {}
        self.empty = EmptyState(self)
        self._body = QWidget(self)
        self._rows = QVBoxLayout(self._body)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._others = QLabel(self._body)
        self._others.setProperty("role", "heading")
        self._others.setContentsMargins(12, 16, 12, 4)
        self._rows.addWidget(self._others)
        self._rows.addStretch()
        self._scroll = scrolled(self._body, self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._scroll)
        self.retranslate()

    def show_run(self, run: Run | None) -> None:
        before, self._run = self._run, run
        if before is not None and run is not None and before.id == run.id:
            # A run's tuples are replaced when they change, and only then.
            if before.sources is run.sources and before.citations is run.citations:
                return
        else:
            self._clear()
        if run is not None:
            self._update(run)
        self._stack.setCurrentIndex(1 if self.cards else 0)

    def show_changes(self, changes: tuple[SourceChange, ...]) -> None:
        """What became of the files of this run's sources."""
        by_number = {change.source.number: change for change in changes}
        for number, card in self.cards.items():
            card.show_change(by_number.get(number))

    def select(self, number: int) -> None:
        """Mark the card and bring it into view; the focus stays where it is."""
        for each, card in self.cards.items():
            card.select(each == number)
        if number in self.cards:
            self._scroll.ensureWidgetVisible(self.cards[number])

    def open(self, number: int) -> None:
        """As if its card had been opened."""
        if number in self.cards:
            self.cards[number].emit_open()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self._others.setText(self.tr("Also found"))
        self._scroll.setAccessibleName(self.tr("Sources"))
        self.empty.set_texts(
            self.tr("No sources yet"), self.tr("When a reply is drafted, the passages it stands on appear here.")
        )

    def _clear(self) -> None:
        for card in self.cards.values():
            self._rows.removeWidget(card)
            card.deleteLater()
        self.cards.clear()
        self._others.hide()

    def _update(self, run: Run) -> None:
        moved = False
        for source in run.sources:
            card = self.cards.get(source.number)
            if card is None:
                card = self.cards[source.number] = SourceCard(source, self._body)
                card.open_requested.connect(self.open_requested)
                moved = True
            was_cited = card.is_cited
            card.show_citations(citations_of(run, source.number))
            moved = moved or was_cited is not card.is_cited
        if moved:
            self._arrange()

    def _arrange(self) -> None:
        cards = sorted(self.cards.values(), key=lambda card: card.source.number)
        cited = [card for card in cards if card.is_cited]
        others = [card for card in cards if not card.is_cited]
        row: list[QWidget] = [*cited, self._others, *others]
        for at, widget in enumerate(row):
            self._rows.removeWidget(widget)
            self._rows.insertWidget(at, widget)
        self._others.setVisible(bool(others) and bool(cited))
        for card in cards:
            card.show()
