"""The form: everything a version freezes, in one scrolling column. It can hold what is not valid, and says why."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from iaposte_desktop.application.assistants import refuse_invalid
from iaposte_desktop.domain.assistants import AssistantSettings
from iaposte_desktop.domain.errors import InvalidValue
from iaposte_desktop.qt.assistants.generation_section import GenerationSection
from iaposte_desktop.qt.assistants.identity_section import IdentitySection
from iaposte_desktop.qt.assistants.instructions_section import InstructionsSection
from iaposte_desktop.qt.assistants.limits_section import LimitsSection
from iaposte_desktop.qt.assistants.metadata_section import MetadataSection
from iaposte_desktop.qt.assistants.model_section import ModelSection
from iaposte_desktop.qt.assistants.stores_section import StoresSection
from iaposte_desktop.qt.assistants.style_section import StyleSection
from iaposte_desktop.qt.assistants.tools_section import ToolsSection
from iaposte_desktop.qt.lib.controller import sentence_of
from iaposte_desktop.qt.lib.fields import hairline

if TYPE_CHECKING:
    from iaposte_desktop.application.models import ModelList
    from iaposte_desktop.qt.assistants.section import Section
    from iaposte_desktop.qt.lib.fields import Field

_COLUMN_CHARACTERS = 104


@dataclass(frozen=True, slots=True)
class Reading:
    """What the form holds. `settings` only where there is no problem; `problems` are sentences by field."""

    settings: AssistantSettings | None
    problems: dict[str, str]


class AssistantForm(QScrollArea):
    """`changed` follows edits of the user alone. Each section is judged on its own, on top of what is shown, so that
    one problem does not hide another."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Its fields take the focus; the frame around them has nothing to say.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.identity = IdentitySection()
        self.instructions = InstructionsSection()
        self.style_section = StyleSection()
        self.model = ModelSection()
        self.generation = GenerationSection()
        self.stores = StoresSection()
        self.tools = ToolsSection()
        self.limits = LimitsSection()
        self.metadata_section = MetadataSection()
        self._sections: tuple[Section, ...] = (
            self.identity,
            self.instructions,
            self.style_section,
            self.model,
            self.stores,
            self.tools,
            self.limits,
            self.generation,
            self.metadata_section,
        )
        self.fields: dict[str, Field] = {}
        self._shown: AssistantSettings | None = None
        self._is_showing = False
        self._lay_out()
        self._set_tab_order()
        self.stores.rebuilt.connect(self._set_tab_order)
        for section in self._sections:
            self.fields.update(section.fields)
            section.changed.connect(self._on_changed)

    def set_models(self, listed: ModelList, missing: str = "") -> None:
        """`missing`: why some models are not there."""
        self.model.set_models(listed, missing)
        self.generation.set_models(listed)

    def show_settings(self, settings: AssistantSettings) -> None:
        """Replaces what was typed."""
        self._shown = settings
        self._is_showing = True
        try:
            for section in self._sections:
                section.show_settings(settings)
        finally:
            self._is_showing = False
        self.mark_problems()

    def read(self) -> Reading:
        """Call `show_settings` first."""
        assert self._shown is not None, "the form shows nothing"
        settings = self._shown
        problems: dict[str, str] = {}
        for section in self._sections:
            try:
                refuse_invalid(section.applied_to(self._shown))
                settings = section.applied_to(settings)
            except InvalidValue as error:
                problems.setdefault(error.field, error.detail or sentence_of(error))
        return Reading(None if problems else settings, problems)

    def mark_problems(self) -> Reading:
        """Read, and say beside each field what is wrong with it."""
        reading = self.read()
        for name, field in self.fields.items():
            field.set_problem(reading.problems.get(name, ""))
        return reading

    def to_top(self) -> None:
        self.verticalScrollBar().setValue(0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._shown is not None:
            self.mark_problems()

    def _on_changed(self) -> None:
        if not self._is_showing:
            self.changed.emit()

    def _set_tab_order(self) -> None:
        """The metadata's rows, the last, keep their own."""
        controls = [control for section in self._sections[:-1] for control in section.controls()]
        for before, after in pairwise(controls):
            QWidget.setTabOrder(before, after)

    def _lay_out(self) -> None:
        page = QWidget()
        page.setMaximumWidth(self.fontMetrics().averageCharWidth() * _COLUMN_CHARACTERS)
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(16)
        for section in self._sections:
            if section is not self._sections[0]:
                column.addWidget(hairline(page))
            column.addWidget(section)
        column.addStretch()
        outer = QWidget(self)
        row = QHBoxLayout(outer)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(page, 1)
        row.addStretch()
        outer.setProperty("role", "paper")
        self.setWidget(outer)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
