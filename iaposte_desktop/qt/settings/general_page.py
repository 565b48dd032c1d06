"""Language, look, and who signs the replies. What is changed takes effect at once: there is nothing to save."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from iaposte_desktop.domain.ports.settings import LANGUAGE, THEME
from iaposte_desktop.qt.lib.fields import Choice, Field, TextArea
from iaposte_desktop.qt.lib.foreign_text import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QComboBox

_COLUMN_CHARACTERS: Final = 80


class GeneralPage(QScrollArea):
    """The signals follow the user alone."""

    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    name_edited = Signal(str)
    signature_edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.language, self.theme = Choice(self), Choice(self)
        self.name, self.signature = QLineEdit(self), TextArea(4, 10, self)
        self.fields = {
            "language": Field(self.language, self),
            "theme": Field(self.theme, self),
            "name": Field(self.name, self),
            "signature": Field(self.signature, self),
        }
        self.note = PlainLabel(parent=self)
        self.note.setProperty("role", "quiet")
        self._interface, self._signing = (QLabel(self) for _ in range(2))
        for setting, choice in ((LANGUAGE, self.language), (THEME, self.theme)):
            for value in setting.choices:
                choice.addItem("", value)
        self._is_showing = False
        self._lay_out()
        self.language.activated.connect(lambda: self.language_chosen.emit(self.language.currentData()))
        self.theme.activated.connect(lambda: self.theme_chosen.emit(self.theme.currentData()))
        self.name.textEdited.connect(lambda text: self.name_edited.emit(text.strip()))
        self.signature.textChanged.connect(self._on_signature)
        self.retranslate()

    def show_values(self, language: str, theme: str, name: str, signature: str) -> None:
        self._is_showing = True
        self.language.choose(language)
        self.theme.choose(theme)
        self.name.setText(name)
        self.signature.setPlainText(signature)
        self._is_showing = False

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self._interface.setText(self.tr("Interface"))
        self._signing.setText(self.tr("Your replies"))
        languages = {"system": self.tr("As the system"), "fr": "Français", "en": "English"}
        themes = {"system": self.tr("As the system"), "light": self.tr("Light"), "dark": self.tr("Dark")}
        _retitle(self.language, languages)
        _retitle(self.theme, themes)
        self.fields["language"].set_texts(
            self.tr("Language"), self.tr("Of the interface; replies are written in the customer’s language.")
        )
        self.fields["theme"].set_texts(self.tr("Theme"))
        self.fields["name"].set_texts(self.tr("Your name"), self.tr("Assistants use it where they say {{agent_name}}."))
        self.fields["signature"].set_texts(
            self.tr("Signature"), self.tr("Ends every reply, unless the assistant has a signature of its own.")
        )
        self.note.setText(self.tr("Changes on this page take effect at once."))

    def _on_signature(self) -> None:
        if not self._is_showing:
            self.signature_edited.emit(self.signature.text().strip())

    def _lay_out(self) -> None:
        page = QWidget()
        page.setMaximumWidth(self.fontMetrics().averageCharWidth() * _COLUMN_CHARACTERS)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for heading, names in ((self._interface, ("language", "theme")), (self._signing, ("name", "signature"))):
            heading.setProperty("role", "heading")
            column.addWidget(heading)
            for name in names:
                column.addWidget(self.fields[name])
            column.addSpacing(12)
        column.addWidget(self.note)
        column.addStretch(1)
        outer = QWidget(self)
        outer.setProperty("role", "paper")
        row = QHBoxLayout(outer)
        row.setContentsMargins(24, 16, 24, 16)
        row.addWidget(page, 1)
        row.addStretch()
        self.setWidget(outer)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)


def _retitle(choice: QComboBox, texts: dict[str, str]) -> None:
    for index in range(choice.count()):
        choice.setItemText(index, texts[choice.itemData(index)])
