from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QStyle, QVBoxLayout, QWidget

from iaposte_desktop.domain.assistants import Generation, PromptRef
from iaposte_desktop.domain.errors import InvalidValue
from iaposte_desktop.qt.assistants.model_choice import ModelChooser
from iaposte_desktop.qt.assistants.section import Section
from iaposte_desktop.qt.assistants.texts import effort_text
from iaposte_desktop.qt.lib.fields import Choice, Field, short_line
from iaposte_desktop.qt.lib.fold import Fold
from iaposte_desktop.qt.lib.metadata_editor import MetadataEditor
from iaposte_desktop.qt.lib.numbers import shown_number, typed_decimal

if TYPE_CHECKING:
    from iaposte_desktop.application.models import ModelList
    from iaposte_desktop.domain.assistants import AssistantSettings

EFFORTS: Final = ("", "none", "minimal", "low", "medium", "high", "xhigh")


class GenerationSection(Section):
    """How the model is asked. What the chosen connection cannot do is not asked of it, whatever stands here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fallback = ModelChooser(self, allows_none=True)
        self.effort = Choice(self)
        for effort in EFFORTS:
            self.effort.addItem("", effort)
        self.temperature = short_line(self)
        self.background = QCheckBox(self)
        self.background_help = QLabel(self)
        self.background_help.setProperty("role", "caption")
        self.background_help.setWordWrap(True)
        self.background_help.setIndent(self.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth) + 6)
        self.prompt, self.prompt_version = QLineEdit(self), short_line(self)
        self.variables = MetadataEditor(self)
        names = ("fallback", "reasoning_effort", "temperature", "prompt", "prompt_version", "prompt_variables")
        controls: tuple[QWidget, ...] = (
            self.fallback, self.effort, self.temperature, self.prompt, self.prompt_version, self.variables,
        )  # fmt: skip
        self.fields = {name: Field(control, self) for name, control in zip(names, controls, strict=True)}
        for name in names[:3]:
            self.column.addWidget(self.fields[name])
        background = QVBoxLayout()
        background.setSpacing(4)
        background.addWidget(self.background)
        background.addWidget(self.background_help)
        self.column.addLayout(background)
        self.fold = Fold(self)
        for name in names[3:]:
            self.fold.column.addWidget(self.fields[name])
        self.column.addWidget(self.fold)
        self.fallback.chosen_changed.connect(self.changed)
        self.effort.currentIndexChanged.connect(self.changed)
        self.background.toggled.connect(self.changed)
        for edit in (self.temperature, self.prompt, self.prompt_version):
            edit.textChanged.connect(self.changed)
        self.prompt.textChanged.connect(self._show_prompt)
        self.variables.changed.connect(self.changed)
        self.retranslate()
        self._show_prompt()

    def controls(self) -> list[QWidget]:
        return [
            self.fallback, self.effort, self.temperature, self.background, self.fold.toggle, self.prompt,
            self.prompt_version, *self.variables.controls(),
        ]  # fmt: skip

    def set_models(self, listed: ModelList) -> None:
        self.fallback.set_models(listed)

    def show_settings(self, settings: AssistantSettings) -> None:
        generation = settings.generation
        self.fallback.choose_model(generation.fallback)
        if self.effort.findData(generation.reasoning_effort) < 0:
            self.effort.addItem(effort_text(generation.reasoning_effort), generation.reasoning_effort)
        self.effort.choose(generation.reasoning_effort)
        self.temperature.setText("" if generation.temperature is None else shown_number(generation.temperature))
        self.background.setChecked(generation.background)
        prompt = generation.prompt or PromptRef("")
        self.prompt.setText(prompt.id)
        self.prompt_version.setText(prompt.version)
        self.variables.set_metadata(prompt.variables)
        self.fold.toggle.setChecked(bool(prompt.id))

    def applied_to(self, settings: AssistantSettings) -> AssistantSettings:
        typed = self.temperature.text().strip()
        prompt_id = self.prompt.text().strip()
        if prompt_id and not self.variables.is_valid():
            raise InvalidValue("prompt_variables", self.tr("A pair is not complete: see the sentence under it."))
        generation = Generation(
            temperature=float(typed_decimal("temperature", typed)) if typed else None,
            reasoning_effort=self.effort.currentData() or "",
            background=self.background.isChecked(),
            fallback=self.fallback.chosen,
            prompt=PromptRef(prompt_id, self.prompt_version.text().strip(), self.variables.metadata())
            if prompt_id
            else None,
        )
        return replace(settings, generation=generation)

    def retranslate(self) -> None:
        self.heading.setText(self.tr("Generation"))
        self.fallback.set_none_text(self.tr("None: the run fails and says why"))
        for at in range(self.effort.count()):
            self.effort.setItemText(at, effort_text(self.effort.itemData(at)))
        self.fields["fallback"].set_texts(
            self.tr("Fallback model"), self.tr("Asked where the model above fails before it has written anything.")
        )
        self.fields["reasoning_effort"].set_texts(self.tr("Reasoning effort"))
        self.fields["temperature"].set_texts(
            self.tr("Temperature"), self.tr("From 0 to 2. Left empty, or where the model takes none, its own.")
        )
        self.temperature.setPlaceholderText(effort_text(""))
        self.background.setText(self.tr("Run in the background"))
        self.background_help.setText(
            self.tr(
                "A long run goes on at the server when the connection is cut or the program is closed, and is found "
                "again. The server keeps mails and replies for a while."
            )
        )
        self.background.setAccessibleDescription(self.background_help.text())
        self.fold.toggle.setText(self.tr("Prompt kept by the server"))
        self.fields["prompt"].set_texts(
            self.tr("Identifier of the prompt"),
            self.tr("It often begins with pmpt_. OpenAI’s own prompts end on 30 November 2026."),
        )
        self.fields["prompt_version"].set_texts(self.tr("Version of the prompt"))
        self.fields["prompt_variables"].set_texts(self.tr("Variables of the prompt"))

    def _show_prompt(self) -> None:
        has_prompt = bool(self.prompt.text().strip())
        for name in ("prompt_version", "prompt_variables"):
            self.fields[name].setVisible(has_prompt)
