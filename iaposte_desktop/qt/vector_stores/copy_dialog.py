"""Where a store's files are copied to, and what that means: how many, how much, who gets them, what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from iaposte_desktop.qt.lib.fields import Choice, StatusLine
from iaposte_desktop.qt.lib.foreign_text import PlainLabel, visible
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.vector_stores.places import Place
from iaposte_desktop.qt.vector_stores.texts import files_text, size_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iaposte_desktop.application.copying import CopyPlan, Destination
    from iaposte_desktop.domain.knowledge import VectorStore


class CopyDialog(QDialog):
    """Shown with `open`. Signals carry a Destination: `plan_wanted` asks for a `show_plan` or `show_failure`, `agreed`
    is the answer."""

    plan_wanted = Signal(object)
    agreed = Signal(object)

    def __init__(
        self,
        store: VectorStore,
        destinations: Sequence[Destination],
        places: Mapping[str, Place],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._destinations = destinations
        self._places = places
        self.label = QLabel(self)
        self.choice = Choice(self)
        self.label.setBuddy(self.choice)
        self.facts = PlainLabel(parent=self)
        self.facts.setWordWrap(True)
        self.facts.setMinimumHeight(self.fontMetrics().lineSpacing() * 3)
        self.facts.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.texts = StatusLine(self)
        self.continued = StatusLine(self)
        self.failure = StatusLine(self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.copy = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.copy.setProperty("role", "primary")
        self.copy.style().polish(self.copy)
        self.setWindowTitle(self.tr("Copy “{0}”").format(visible(store.name)))
        self.label.setText(self.tr("To"))
        self.choice.setAccessibleName(self.tr("Where the files are copied to"))
        self.copy.setText(self.tr("Copy"))
        for destination in destinations:
            self.choice.addItem(icon(self._place(destination).icon), self._name(destination))
        self._lay_out()
        self.choice.currentIndexChanged.connect(self._on_chosen)
        self.buttons.accepted.connect(self._on_agreed)
        self.buttons.rejected.connect(self.reject)

    def open(self) -> None:
        super().open()
        self._on_chosen()

    @property
    def chosen(self) -> Destination:
        return self._destinations[max(0, self.choice.currentIndex())]

    def show_plan(self, plan: CopyPlan) -> None:
        """Of the destination that is chosen."""
        place = self._place(self.chosen)
        what = f"{files_text(plan.files)} · {size_text(plan.bytes)}"
        if not plan.files:
            self.facts.setText(self.tr("Every file is there already."))
        elif place.is_remote:
            told = self.tr("{0} will be sent to {1} ({2}).").format(what, visible(place.name), visible(place.host))
            self.facts.setText(f"{told} {self._cost(plan)}")
        else:
            self.facts.setText(self.tr("{0} will be kept on this machine.").format(what))
        self.texts.say(self.tr("Of %n file(s) only the text can be had.", "", plan.texts) if plan.texts else "")
        is_continued = bool(plan.files) and self.chosen.store is not None
        self.continued.say(self.tr("What is there already is not copied again.") if is_continued else "")
        self.copy.setEnabled(bool(plan.files))

    def show_failure(self, sentence: str) -> None:
        self.facts.clear()
        self.failure.say(sentence, "failed")

    def _on_chosen(self) -> None:
        self.facts.setText(self.tr("Counting…"))
        for line in (self.texts, self.continued, self.failure):
            line.say("")
        self.copy.setEnabled(False)
        self.plan_wanted.emit(self.chosen)

    def _on_agreed(self) -> None:
        self.agreed.emit(self.chosen)
        self.accept()

    def _cost(self, plan: CopyPlan) -> str:
        if plan.usd_per_day is None:
            return self.tr("What that server asks for storage is not known here.")
        if not plan.usd_per_day:
            return self.tr("Storing them costs nothing more.")
        amount = QLocale().toString(float(max(plan.usd_per_day, type(plan.usd_per_day)("0.01"))), "f", 2)
        return self.tr("Storing them costs about {0} $ more a day.").format(amount)

    def _place(self, destination: Destination) -> Place:
        return self._places.get(destination.place) or Place(destination.place)

    def _name(self, destination: Destination) -> str:
        place = visible(self._place(destination).name)
        if destination.store is None:
            return self.tr("A new store at {0}").format(place) if place else self.tr("A new store on this machine")
        name = visible(destination.store.name)
        return self.tr("“{0}” at {1}").format(name, place) if place else self.tr("“{0}” on this machine").format(name)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        for widget in (self.label, self.choice, self.facts, self.texts, self.continued, self.failure):
            layout.addWidget(widget)
        layout.addStretch()
        layout.addWidget(self.buttons)
        self.resize(self.fontMetrics().averageCharWidth() * 64, self.fontMetrics().lineSpacing() * 17)
