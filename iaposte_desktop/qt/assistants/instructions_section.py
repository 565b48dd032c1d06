from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from iaposte_desktop.application.variables import KNOWN_VARIABLES
from iaposte_desktop.qt.assistants.section import Section
from iaposte_desktop.qt.assistants.variables import VariableHighlighter, unknown_variables
from iaposte_desktop.qt.lib.fields import Field, StatusLine, TextArea
from iaposte_desktop.qt.lib.icons import icon

if TYPE_CHECKING:
    from iaposte_desktop.domain.assistants import AssistantSettings


class InstructionsSection(Section):
    """Instructions and guardrails; both may hold variables, the instructions show them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.instructions = TextArea(8, 24, self)
        self.guardrails = TextArea(3, 12, self)
        self.fields = {
            "instructions": Field(self.instructions, self),
            "guardrails": Field(self.guardrails, self),
        }
        self.unknown = StatusLine(self)
        self.count = QLabel(self)
        self.count.setProperty("role", "caption")
        self.insert = QToolButton(self)
        self.insert.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.insert.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        for name in KNOWN_VARIABLES:
            self._menu.addAction("").setData(name)
        self.insert.setMenu(self._menu)
        self._highlighter = VariableHighlighter(self.instructions.document())
        self._lay_out()
        self._menu.triggered.connect(lambda action: self._insert(action.data()))
        self.instructions.textChanged.connect(self._on_instructions)
        self.guardrails.textChanged.connect(self.changed)
        self.retranslate()

    def controls(self) -> list[QWidget]:
        return [self.insert, self.instructions, self.guardrails]

    def show_settings(self, settings: AssistantSettings) -> None:
        self.instructions.setPlainText(settings.instructions)
        self.guardrails.setPlainText(settings.guardrails)

    def applied_to(self, settings: AssistantSettings) -> AssistantSettings:
        return replace(settings, instructions=self.instructions.text(), guardrails=self.guardrails.text())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._highlighter.use_palette()
            self.insert.setIcon(icon("plus"))
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.fields["instructions"].set_texts(self.tr("Instructions"))
        self.instructions.setPlaceholderText(self.tr("What the assistant is for, and how it answers"))
        self.fields["guardrails"].set_texts(
            self.tr("Guardrails"), self.tr("What it must never do or promise; added after the instructions.")
        )
        self.insert.setIcon(icon("plus"))
        self.insert.setText(self.tr("Insert a variable"))
        self.insert.setToolTip(self.tr("A variable is filled from the thread when a reply is drafted"))
        texts = {
            "customer_name": self.tr("the customer’s name"),
            "customer_email": self.tr("the customer’s address"),
            "subject": self.tr("the thread’s subject"),
            "agent_name": self.tr("your name, from the settings"),
            "date": self.tr("today’s date"),
            "language": self.tr("the language of the reply"),
        }
        for action in self._menu.actions():
            action.setText(f"{{{{{action.data()}}}}} – {texts[action.data()]}")
        self._show_facts()

    def _lay_out(self) -> None:
        instructions = self.fields["instructions"]
        instructions.head.addWidget(self.insert)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.unknown, 1)
        foot.addStretch()
        foot.addWidget(self.count)
        instructions.column.addLayout(foot)
        self.heading.hide()
        for field in self.fields.values():
            field.be_a_group()
            self.column.addWidget(field)

    def _on_instructions(self) -> None:
        self._show_facts()
        self.changed.emit()

    def _show_facts(self) -> None:
        text = self.instructions.text()
        self.count.setText(self.tr("%Ln character(s)", "", len(text)))
        unknown = unknown_variables(text)
        names = ", ".join(f"{{{{{name}}}}}" for name in unknown)
        self.unknown.say(self.tr("Not known, left as it stands: {0}").format(names) if unknown else "", "attention")

    def _insert(self, name: str) -> None:
        self.instructions.insertPlainText(f"{{{{{name}}}}}")
        self.instructions.setFocus()
