from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QLineEdit, QWidget

from iaposte_desktop.domain.assistants import Register, ReplyLength, ReplyStyle
from iaposte_desktop.qt.assistants.section import Section
from iaposte_desktop.qt.assistants.texts import language_text, length_text, register_text
from iaposte_desktop.qt.lib.fields import Choice, Field, TextArea
from iaposte_desktop.qt.lib.language import LANGUAGES

if TYPE_CHECKING:
    from iaposte_desktop.domain.assistants import AssistantSettings

_CUSTOMERS: Final = ""
"""No language of its own: the customer's."""


class StyleSection(Section):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.language, self.register, self.length = Choice(self), Choice(self), Choice(self)
        for code in (_CUSTOMERS, *LANGUAGES):
            self.language.addItem("", code)
        for register in Register:
            self.register.addItem("", register)
        for length in ReplyLength:
            self.length.addItem("", length)
        self.tone = QLineEdit(self)
        self.signature = TextArea(3, 8, self)
        controls = (self.language, self.register, self.length, self.tone, self.signature)
        names = ("language", "register", "length", "tone", "signature")
        self.fields = {name: Field(control, self) for name, control in zip(names, controls, strict=True)}
        for field in self.fields.values():
            self.column.addWidget(field)
        for choice in (self.language, self.register, self.length):
            choice.currentIndexChanged.connect(self.changed)
        self.tone.textChanged.connect(self.changed)
        self.signature.textChanged.connect(self.changed)
        self.retranslate()

    def show_settings(self, settings: AssistantSettings) -> None:
        style = settings.reply_style
        language = style.language or _CUSTOMERS
        if self.language.findData(language) < 0:
            self.language.addItem(language_text(language), language)
        self.language.choose(language)
        self.register.choose(style.register)
        self.length.choose(style.length)
        self.tone.setText(style.tone)
        self.signature.setPlainText(style.signature)

    def applied_to(self, settings: AssistantSettings) -> AssistantSettings:
        style = ReplyStyle(
            language=self.language.currentData() or None,
            register=Register(self.register.currentData()),
            length=ReplyLength(self.length.currentData()),
            tone=self.tone.text(),
            signature=self.signature.text(),
        )
        return replace(settings, reply_style=style)

    def retranslate(self) -> None:
        self.heading.setText(self.tr("Reply style"))
        self.fields["language"].set_texts(self.tr("Language"))
        self.fields["register"].set_texts(self.tr("Form of address"))
        self.fields["length"].set_texts(self.tr("Length"))
        self.fields["tone"].set_texts(self.tr("Tone"))
        self.tone.setPlaceholderText(self.tr("For example: warm, factual"))
        self.fields["signature"].set_texts(
            self.tr("Signature"), self.tr("Ends every reply. Left empty, the signature of the settings is used.")
        )
        for choice, text in (
            (self.language, language_text),
            (self.register, register_text),
            (self.length, length_text),
        ):
            for index in range(choice.count()):
                choice.setItemText(index, text(choice.itemData(index)))
