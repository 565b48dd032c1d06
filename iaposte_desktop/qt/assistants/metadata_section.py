from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import InvalidValue
from iaposte_desktop.qt.assistants.section import Section
from iaposte_desktop.qt.lib.fields import Field
from iaposte_desktop.qt.lib.metadata_editor import MetadataEditor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from iaposte_desktop.domain.assistants import AssistantSettings


class MetadataSection(Section):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = MetadataEditor(self)
        self.fields = {"metadata": Field(self.editor, self)}
        self.heading.hide()
        self.fields["metadata"].be_a_group()
        self.column.addWidget(self.fields["metadata"])
        self.editor.changed.connect(self.changed)
        self.retranslate()

    def show_settings(self, settings: AssistantSettings) -> None:
        self.editor.set_metadata(settings.metadata)

    def applied_to(self, settings: AssistantSettings) -> AssistantSettings:
        if not self.editor.is_valid():
            raise InvalidValue("metadata", self.tr("A pair is not complete: see the sentence under it."))
        return replace(settings, metadata=self.editor.metadata())

    def retranslate(self) -> None:
        self.fields["metadata"].set_texts(
            self.tr("Metadata"), self.tr("Pairs of your own, for other programs; exported with the assistant.")
        )
