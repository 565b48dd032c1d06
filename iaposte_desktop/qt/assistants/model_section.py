from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from iaposte_desktop.qt.assistants.fields import Choice, Field
from iaposte_desktop.qt.assistants.section import Section
from iaposte_desktop.qt.assistants.texts import model_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from iaposte_desktop.domain.assistants import AssistantSettings, ModelRef


class ModelSection(Section):
    """A model that no provider offers any more stays chosen, and says so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: dict[ModelRef, bool] = {}
        self._listed: list[ModelRef] = []
        self.model = Choice(self)
        self.fields = {"model": Field(self.model, self)}
        self.heading.hide()
        self.fields["model"].be_a_group()
        self.column.addWidget(self.fields["model"])
        self.model.currentIndexChanged.connect(self._on_chosen)
        self.retranslate()

    def set_models(self, models: Sequence[tuple[ModelRef, bool]]) -> None:
        self._offered = dict(models)
        self._list(self._chosen())

    def show_settings(self, settings: AssistantSettings) -> None:
        self._list(settings.model)

    def applied_to(self, settings: AssistantSettings) -> AssistantSettings:
        return replace(settings, model=self._chosen() or settings.model)

    def retranslate(self) -> None:
        self._list(self._chosen())

    def _chosen(self) -> ModelRef | None:
        index = self.model.currentIndex()
        return self._listed[index] if index >= 0 else None

    def _list(self, chosen: ModelRef | None) -> None:
        self._listed = list(self._offered)
        if chosen is not None and chosen not in self._offered:
            self._listed.append(chosen)
        was_blocked = self.model.blockSignals(True)
        self.model.clear()
        self.model.addItems([model_text(model, self._offered.get(model)) for model in self._listed])
        self.model.setCurrentIndex(-1 if chosen is None else self._listed.index(chosen))
        self.model.blockSignals(was_blocked)
        self._explain()

    def _on_chosen(self) -> None:
        self._explain()
        self.changed.emit()

    def _explain(self) -> None:
        chosen = self._chosen()
        is_quoting = chosen is not None and self._offered.get(chosen) is False
        self.fields["model"].set_texts(
            self.tr("Model"),
            self.tr(
                "It finds the sentences that answer and quotes them, in the language, form of address and length "
                "chosen above. Instructions, guardrails and tone are for language models."
            )
            if is_quoting
            else "",
        )
