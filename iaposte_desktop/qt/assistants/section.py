"""What the sections of the form have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from iaposte_desktop.domain.assistants import AssistantSettings
    from iaposte_desktop.qt.lib.fields import Field


class Section(QWidget):
    """A heading and its fields. Shows its part of an assistant's settings and reads it back; `fields` by the name
    under which InvalidValue speaks of them."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, Field] = {}
        self.heading = QLabel(self)
        self.heading.setProperty("role", "heading")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.column.addWidget(self.heading)

    def controls(self) -> list[QWidget]:
        """In tab order."""
        return [field.control for field in self.fields.values()]

    def show_settings(self, settings: AssistantSettings) -> None:
        raise NotImplementedError

    def applied_to(self, settings: AssistantSettings) -> AssistantSettings:
        """`settings` with what the fields hold. Raises InvalidValue for a field that cannot be read; a
        detail it carries is a sentence for the reader."""
        raise NotImplementedError

    def retranslate(self) -> None:
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
