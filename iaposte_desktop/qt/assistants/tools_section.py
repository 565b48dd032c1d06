from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QCheckBox, QLabel, QStyle, QWidget

from iaposte_desktop.domain.assistants import OutputFormat
from iaposte_desktop.domain.errors import InvalidValue
from iaposte_desktop.qt.assistants.json_schema import schema_problem
from iaposte_desktop.qt.assistants.section import Section
from iaposte_desktop.qt.lib.fields import Field, TextArea

if TYPE_CHECKING:
    from iaposte_desktop.domain.assistants import AssistantSettings


class ToolsSection(Section):
    """A schema is kept, and not judged, while JSON output is off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column.setSpacing(4)
        self.search, self.json = QCheckBox(self), QCheckBox(self)
        self.search_help, self.json_help = QLabel(self), QLabel(self)
        self.schema = TextArea(6, 20, self)
        self.schema.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.fields = {"json_schema": Field(self.schema, self)}
        for check, help_line in ((self.search, self.search_help), (self.json, self.json_help)):
            help_line.setProperty("role", "caption")
            help_line.setWordWrap(True)
            help_line.setIndent(self.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth) + 6)
            self.column.addWidget(check)
            self.column.addWidget(help_line)
            check.toggled.connect(self._on_edited)
        self.column.addWidget(self.fields["json_schema"])
        self.schema.textChanged.connect(self._on_edited)
        self.retranslate()

    def controls(self) -> list[QWidget]:
        return [self.search, self.json, self.schema]

    def show_settings(self, settings: AssistantSettings) -> None:
        self.search.setChecked(settings.knowledge_search)
        self.json.setChecked(settings.output_format is OutputFormat.JSON)
        self.schema.setPlainText(settings.json_schema)
        self._show_facts()

    def applied_to(self, settings: AssistantSettings) -> AssistantSettings:
        if self.json.isChecked() and (problem := schema_problem(self.schema.text())):
            raise InvalidValue("json_schema", problem)
        return replace(
            settings,
            knowledge_search=self.search.isChecked(),
            output_format=OutputFormat.JSON if self.json.isChecked() else OutputFormat.REPLY,
            json_schema=self.schema.text(),
        )

    def retranslate(self) -> None:
        self.heading.setText(self.tr("Tools"))
        self.search.setText(self.tr("Knowledge search"))
        self.search_help.setText(self.tr("Look for passages in the vector stores before answering."))
        self.json.setText(self.tr("JSON output"))
        self.json_help.setText(
            self.tr("Answer with a JSON object, for sorting mail; not with a reply. It searches no files.")
        )
        self.fields["json_schema"].set_texts(
            self.tr("JSON schema"), self.tr("The shape of the object. Left empty, any object will do.")
        )
        self._show_facts()

    def _on_edited(self) -> None:
        self._show_facts()
        self.changed.emit()

    def _show_facts(self) -> None:
        self.fields["json_schema"].setVisible(self.json.isChecked())
