"""One side of the search lab: the switches of a search, and what it finds with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QSpinBox,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from iaposte_desktop.domain.search import DEFAULT_SEARCH, SearchSettings
from iaposte_desktop.qt.lib.empty_state import EmptyState
from iaposte_desktop.qt.vector_stores.match_styles import MatchLegend
from iaposte_desktop.qt.vector_stores.passage_list import PassageList
from iaposte_desktop.qt.vector_stores.passage_model import PassageListModel
from iaposte_desktop.qt.vector_stores.trial import Trial

if TYPE_CHECKING:
    from iaposte_desktop.qt.vector_stores.trial import Found

_MOST_PER_FILE = 10


class TrialSwitches(QWidget):
    """`changed`: another Trial is wanted. The weight of meaning is there only where the store has embeddings."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, has_meaning: bool) -> None:
        super().__init__(parent)
        self.spelling, self.synonyms = QCheckBox(self), QCheckBox(self)
        self.spelling.setChecked(DEFAULT_SEARCH.spelling)
        self.synonyms.setChecked(DEFAULT_SEARCH.synonyms)
        self.per_file = QSpinBox(self)
        self.per_file.setRange(1, _MOST_PER_FILE)
        self.per_file.setValue(DEFAULT_SEARCH.per_file)
        self.threshold = _share(self, 0.0)
        self.meaning = _share(self, DEFAULT_SEARCH.meaning)
        self.per_file_label, self.threshold_label, self.meaning_label = (QLabel(self) for _ in range(3))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.addWidget(self.spelling, 0, 0)
        grid.addWidget(self.synonyms, 1, 0)
        rows = ((self.per_file_label, self.per_file), (self.threshold_label, self.threshold),
                (self.meaning_label, self.meaning))  # fmt: skip
        for row, (label, field) in enumerate(rows):
            label.setBuddy(field)
            grid.addWidget(label, row, 1, alignment=Qt.AlignmentFlag.AlignRight)
            grid.addWidget(field, row, 2)
        grid.setColumnStretch(3, 1)
        for widget in (self.meaning_label, self.meaning):
            widget.setVisible(has_meaning)
        for box in (self.spelling, self.synonyms):
            box.toggled.connect(self.changed)
        for number in (self.per_file, self.threshold, self.meaning):
            number.valueChanged.connect(self.changed)
        self.retranslate()

    def trial(self) -> Trial:
        settings = SearchSettings(
            self.spelling.isChecked(), self.synonyms.isChecked(), self.meaning.value(), self.per_file.value()
        )
        return Trial(settings, self.threshold.value())

    def retranslate(self) -> None:
        self.spelling.setText(self.tr("Mend spelling"))
        self.synonyms.setText(self.tr("Synonyms"))
        self.per_file_label.setText(self.tr("Passages per file"))
        self.threshold_label.setText(self.tr("Least score"))
        self.meaning_label.setText(self.tr("Weight of meaning"))


class LabColumn(QWidget):
    def __init__(self, parent: QWidget | None = None, *, has_meaning: bool) -> None:
        super().__init__(parent)
        self.heading = QLabel(self)
        self.heading.setProperty("role", "heading")
        self.switches = TrialSwitches(self, has_meaning=has_meaning)
        self.model = PassageListModel(self)
        self.results = PassageList(self.model, self)
        self.empty = EmptyState(self)
        self.legend = MatchLegend(self)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.results)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.heading)
        layout.addWidget(self.switches)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self.legend)

    def show_found(self, found: Found) -> None:
        self.model.set_passages(found.passages, found.explanations)
        self.legend.show_kinds(self.model.kinds())
        self._stack.setCurrentIndex(1 if found.passages else 0)

    def show_moves(self, moved: list[int | None]) -> None:
        """See `moves`: what is only here, higher or lower than on the other side."""
        self.model.set_remarks([self._remark(places) for places in moved])

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.switches.retranslate()
        super().changeEvent(event)

    def _remark(self, places: int | None) -> str:
        if places is None:
            return self.tr("only here")
        if places > 0:
            return self.tr("↑ %n higher", "", places)
        return self.tr("↓ %n lower", "", -places) if places else ""


def _share(parent: QWidget, value: float) -> QDoubleSpinBox:
    field = QDoubleSpinBox(parent)
    field.setRange(0.0, 1.0)
    field.setSingleStep(0.05)
    field.setValue(value)
    return field
