"""Search by meaning, as a store's settings offer it: off, or a model of a connection, and what that means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from iaposte_desktop.application.explain import explain
from iaposte_desktop.domain.assistants import ModelRef
from iaposte_desktop.qt.lib.amounts import cost_text, tokens_text
from iaposte_desktop.qt.lib.fields import Choice, Field, StatusLine
from iaposte_desktop.qt.lib.foreign_text import visible
from iaposte_desktop.qt.lib.language import current_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.application.meaning import MeaningEstimate, MeaningState


@dataclass(frozen=True, slots=True)
class MeaningOffer:
    """A connection, and those of its models that look like embedding models."""

    provider: str
    name: str
    models: tuple[str, ...] = ()
    is_remote: bool = True


class MeaningChoice(QWidget):
    """A model that is not listed can be typed. `chosen_changed`: it is another, by the user or by what is offered."""

    chosen_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offers: tuple[MeaningOffer, ...] = ()
        self._state: MeaningState | None = None
        self._estimate: MeaningEstimate | None = None
        self.connection = Choice(self)
        self.connection_field = Field(self.connection, self)
        self.model = Choice(self)
        self.model.setEditable(True)
        self.model.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.model_field = Field(self.model, self)
        self.leaves = StatusLine(self)
        self.progress = StatusLine(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self.connection_field, self.model_field, self.leaves, self.progress):
            layout.addWidget(widget)
        self.connection.addItem("", "")
        self.connection.currentIndexChanged.connect(self._on_connection)
        self.model.editTextChanged.connect(self._on_model)
        self.retranslate()

    @property
    def chosen(self) -> ModelRef | None:
        """None: off, or no model is named."""
        provider, model = self.connection.currentData(), self.model.currentText().strip()
        return ModelRef(provider, model) if provider and model else None

    @property
    def is_complete(self) -> bool:
        """False where a connection is chosen, and no model."""
        return not self.connection.currentData() or self.chosen is not None

    def choose(self, ref: ModelRef | None) -> None:
        was_blocked = self.blockSignals(True)
        if ref is not None and self.connection.findData(ref.provider) < 0:
            self.set_offers((*self._offers, MeaningOffer(ref.provider, "")))
        self.connection.choose(ref.provider if ref is not None else "")
        self.model.setEditText(ref.model if ref is not None else "")
        self.blockSignals(was_blocked)
        self._show()

    def set_offers(self, offers: Sequence[MeaningOffer]) -> None:
        """What is chosen stays chosen; where no model is yet, the first of its connection is."""
        chosen, provider = self.chosen, self.connection.currentData()
        if chosen is not None and chosen.provider not in {offer.provider for offer in offers}:
            offers = (*offers, MeaningOffer(chosen.provider, ""))
        self._offers = tuple(offers)
        for control in (self.connection, self.model):
            control.blockSignals(True)
        while self.connection.count() > 1:
            self.connection.removeItem(1)
        for offer in self._offers:
            self.connection.addItem(visible(offer.name), offer.provider)
        self.connection.choose(provider if self.connection.findData(provider) >= 0 else "")
        self._fill_models()
        if chosen is not None:
            self.model.setEditText(chosen.model)
        for control in (self.connection, self.model):
            control.blockSignals(False)
        self.retranslate()
        if self.chosen != chosen:
            self.chosen_changed.emit()

    def set_estimate(self, estimate: MeaningEstimate | None) -> None:
        self._estimate = estimate
        self._show()

    def set_state(self, state: MeaningState | None) -> None:
        self._state = state
        self._show()

    def show_incomplete(self) -> None:
        self.model_field.set_problem(self.tr("Choose or type a model."))
        self.model.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.connection_field.set_texts(self.tr("Search by meaning"))
        self.model_field.set_texts(self.tr("Embedding model"))
        self.connection.setItemText(0, self.tr("Off: by words alone"))
        for row, offer in enumerate(self._offers, start=1):
            self.connection.setItemText(row, visible(offer.name) or self.tr("A connection that is gone"))
        self._show()

    def _fill_models(self) -> None:
        self.model.clear()
        offer = self._offer()
        if offer is not None:
            self.model.addItems(list(offer.models))

    def _offer(self) -> MeaningOffer | None:
        return next((each for each in self._offers if each.provider == self.connection.currentData()), None)

    def _on_connection(self) -> None:
        was_blocked = self.model.blockSignals(True)
        self._fill_models()
        self.model.blockSignals(was_blocked)
        self._estimate = None
        self._show()
        self.chosen_changed.emit()

    def _on_model(self) -> None:
        self._show()
        self.chosen_changed.emit()

    def _show(self) -> None:
        offer = self._offer()
        self.model_field.setVisible(offer is not None)
        if self.chosen is not None:
            self.model_field.set_problem("")
        self.leaves.say("" if offer is None else self._leaving(offer))
        self.progress.say(*self._progress())

    def _leaving(self, offer: MeaningOffer) -> str:
        if offer.is_remote:
            said = self.tr("The text of its files, and every search in it, are sent to {0}.")
        else:
            said = self.tr("The text of its files, and every search in it, are sent to {0}, on this machine.")
        sentence = said.format(visible(offer.name))
        if self._estimate is not None and self._estimate.tokens:
            tokens = tokens_text(self._estimate.tokens, estimated=True)
            sentence += " " + self.tr("For its files as they are: {0}, {1}.").format(
                tokens, cost_text(self._estimate.cost, estimated=True)
            )
        return sentence

    def _progress(self) -> tuple[str, str]:
        state = self._state
        if state is None or self._offer() is None:
            return "", ""
        if state.error is not None:
            return self.tr("By words alone for now: {0}").format(explain(state.error, current_language())), "attention"
        if state.done < state.total:
            words = self.tr("By words alone until all is ready: {0} of {1} passages.")
            return words.format(state.done, state.total), ""
        return self.tr("All passages are ready."), "good"
