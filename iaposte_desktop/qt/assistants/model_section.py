from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from iaposte_desktop.qt.assistants.model_choice import ModelChooser
from iaposte_desktop.qt.assistants.section import Section
from iaposte_desktop.qt.assistants.texts import facts_text
from iaposte_desktop.qt.lib.fields import Field, StatusLine

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from iaposte_desktop.application.models import ModelList
    from iaposte_desktop.domain.assistants import AssistantSettings


class ModelSection(Section):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ModelChooser(self)
        self.fields = {"model": Field(self.model, self)}
        self.heading.hide()
        self.fields["model"].be_a_group()
        self.column.addWidget(self.fields["model"])
        self.missing = StatusLine(self)
        self.column.addWidget(self.missing)
        self.model.chosen_changed.connect(self._on_chosen)
        self.retranslate()

    def set_models(self, listed: ModelList, missing: str = "") -> None:
        self.model.set_models(listed)
        self.missing.say(missing, "attention")
        self._explain()

    def show_settings(self, settings: AssistantSettings) -> None:
        self.model.choose_model(settings.model)
        self._explain()

    def applied_to(self, settings: AssistantSettings) -> AssistantSettings:
        return replace(settings, model=self.model.chosen or settings.model)

    def retranslate(self) -> None:
        self.model.choose_model(self.model.chosen)
        self._explain()

    def _on_chosen(self) -> None:
        self._explain()
        self.changed.emit()

    def _explain(self) -> None:
        choice = self.model.choice_of(self.model.chosen)
        if choice is None:
            help_text = ""
        elif choice.capabilities.is_language_model:
            help_text = facts_text(choice)
        else:
            help_text = self.tr(
                "It finds the sentences that answer and quotes them, in the language, form of address and length "
                "chosen above. Instructions, guardrails and tone are for language models."
            )
        self.fields["model"].set_texts(self.tr("Model"), help_text)
