from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from iaposte_desktop.qt.assistants.section import Section
from iaposte_desktop.qt.lib.fields import Field

if TYPE_CHECKING:
    from iaposte_desktop.domain.assistants import AssistantSettings


class IdentitySection(Section):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = QLineEdit(self)
        self.description = QLineEdit(self)
        self.fields = {"name": Field(self.name, self), "description": Field(self.description, self)}
        for field in self.fields.values():
            self.column.addWidget(field)
        self.name.textChanged.connect(self.changed)
        self.description.textChanged.connect(self.changed)
        self.retranslate()

    def show_settings(self, settings: AssistantSettings) -> None:
        self.name.setText(settings.name)
        self.description.setText(settings.description)

    def applied_to(self, settings: AssistantSettings) -> AssistantSettings:
        return replace(settings, name=self.name.text(), description=self.description.text())

    def retranslate(self) -> None:
        self.heading.setText(self.tr("Identity"))
        self.fields["name"].set_texts(self.tr("Name"))
        self.fields["description"].set_texts(
            self.tr("Description"), self.tr("For you and your colleagues; the model does not see it.")
        )
