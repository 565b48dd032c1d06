"""The attributes of one file, or of several at once: what differs among them stays unless it is edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from iaposte_desktop.application.attribute_edits import exceeds_limit, shared
from iaposte_desktop.domain.file_attributes import AUDIENCE, INTERNAL, PUBLIC, TITLE, VALID_UNTIL, VERSION, valid_until
from iaposte_desktop.domain.json import METADATA_PAIRS, METADATA_VALUE_CHARACTERS
from iaposte_desktop.qt.lib.elided_label import ElidedLabel
from iaposte_desktop.qt.lib.fields import Choice, Field, StatusLine, lay_out_form
from iaposte_desktop.qt.lib.foreign_text import visible
from iaposte_desktop.qt.lib.metadata_editor import MetadataEditor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from iaposte_desktop.application.attribute_edits import AttributeEdits
    from iaposte_desktop.domain.knowledge import Attribute, VectorStoreFile

_KNOWN = (TITLE, VERSION, VALID_UNTIL, AUDIENCE)
_MIXED = "mixed"


class AttributesDialog(QDialog):
    """Shown with `open`. `submitted` carries AttributeEdits within the limits; the dialog stays until its owner accepts
    it, or shows why they could not be saved."""

    submitted = Signal(object)

    def __init__(self, files: Sequence[VectorStoreFile], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self._shared = shared(files)
        self.heading = ElidedLabel(self)
        self.heading.setProperty("role", "title")
        self.title = Field(QLineEdit(self), self)
        self.version = Field(QLineEdit(self), self)
        self._lines = {TITLE: self.title, VERSION: self.version}
        self.expires = QCheckBox(self)
        self.last_day = QDateEdit(self)
        self.last_day.setCalendarPopup(True)
        self.expires_hint = QLabel(self)
        self.expires_hint.setProperty("role", "caption")
        self.expires_hint.setWordWrap(True)
        self.audience = Field(Choice(self), self)
        self.own_heading = QLabel(self)
        self.own = MetadataEditor(self)
        self.own_hint = StatusLine(self)
        self.failure = StatusLine(self)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.save = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        self.save.setProperty("role", "primary")
        self.save.style().polish(self.save)
        self.buttons.accepted.connect(self._on_save)
        self.buttons.rejected.connect(self.reject)
        self.expires.checkStateChanged.connect(lambda state: self.last_day.setEnabled(state == Qt.CheckState.Checked))
        self._fill()
        self._lay_out()
        self.retranslate()

    def show_failure(self, sentence: str) -> None:
        self.failure.say(sentence, "failed")
        self.save.setEnabled(True)

    def edits(self) -> AttributeEdits:
        """What differs from what was shown."""
        made: dict[str, Attribute | None] = {}
        for key, field in self._lines.items():
            text = _line(field).text().strip()
            if text != self._shown(key):
                made[key] = text or None
        made |= self._expiry_edit()
        audience = self._choice().currentData()
        if audience != self._shown_audience():
            made[AUDIENCE] = audience or None
        return made | self._own_edits()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Attributes"))
        several = self.tr("%n file(s)", "", len(self._files))
        self.heading.setText(visible(self._files[0].name) if len(self._files) == 1 else several)
        self.title.set_texts(self.tr("Title"), self.tr("What the file is called where its name says little."))
        self.version.set_texts(self.tr("Version"), self.tr("A replaced file counts its last number up."))
        for key, field in self._lines.items():
            _line(field).setPlaceholderText(self._mixed_text() if key in self._shared.mixed else "")
        self.expires.setText(self.tr("Valid until"))
        self.last_day.setAccessibleName(self.tr("The last day on which it is valid"))
        hint = self.tr("After that day the file is marked as expired; it is still found.")
        mixed = self.tr("These files have different days; they stay unless you choose one.")
        self.expires_hint.setText(mixed if VALID_UNTIL in self._shared.mixed else hint)
        self.audience.set_texts(
            self.tr("Audience"), self.tr("Internal text may inform a reply, but is not meant for customers.")
        )
        words = {
            "": self.tr("as the store"),
            PUBLIC: self.tr("for customers"),
            INTERNAL: self.tr("internal"),
            _MIXED: self._mixed_text(),
        }
        for row in range(self._choice().count()):
            self._choice().setItemText(row, words[self._choice().itemData(row)])
        self.own_heading.setText(self.tr("Your own attributes"))
        differing = ", ".join(sorted(visible(key) for key in self._shared.mixed if key not in _KNOWN))
        self.own_hint.say(
            self.tr("Different in these files, and left as they are: {0}").format(differing) if differing else ""
        )
        self.save.setText(self.tr("Save"))

    def _fill(self) -> None:
        for key, field in self._lines.items():
            line = _line(field)
            line.setText(self._shown(key))
            line.textEdited.connect(lambda _, field=field: self._check(field))
        day = valid_until(self._shared.same)
        self.expires.setTristate(VALID_UNTIL in self._shared.mixed)
        state = Qt.CheckState.Checked if day is not None else Qt.CheckState.Unchecked
        self.expires.setCheckState(Qt.CheckState.PartiallyChecked if self.expires.isTristate() else state)
        self.last_day.setDate(_as_qdate(day) if day is not None else QDate.currentDate().addYears(1))
        self.last_day.setEnabled(day is not None)
        for audience in ("", PUBLIC, INTERNAL, *((_MIXED,) if AUDIENCE in self._shared.mixed else ())):
            self._choice().addItem("", audience)
        self._choice().choose(self._shown_audience())
        own = {key: _spelled(value) for key, value in self._shared.same.items() if key not in _KNOWN}
        self.own.set_metadata(own)

    def _lay_out(self) -> None:
        form = QWidget(self)
        column = QVBoxLayout(form)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        day = QHBoxLayout()
        day.addWidget(self.expires)
        day.addWidget(self.last_day)
        day.addStretch()
        for head in (self.heading, self.title, self.version):
            column.addWidget(head)
        column.addLayout(day)
        for widget in (self.expires_hint, self.audience, self.own_heading, self.own_hint, self.own):
            column.addWidget(widget)
        column.addStretch()
        lay_out_form(self, form, self.failure, self.buttons)
        self.resize(self.fontMetrics().averageCharWidth() * 72, self.fontMetrics().lineSpacing() * 36)

    def _on_save(self) -> None:
        faulty = next((field for field in self._lines.values() if not self._check(field)), None)
        if faulty is not None:
            faulty.control.setFocus()
        elif not self.own.is_valid():
            self.own.focus_problem()
        elif exceeds_limit(self._files, self.edits()):
            self.show_failure(self.tr("A file has at most {0} attributes.").format(METADATA_PAIRS))
        else:
            self.save.setEnabled(False)
            self.submitted.emit(self.edits())

    def _check(self, field: Field) -> bool:
        is_fine = len(_line(field).text()) <= METADATA_VALUE_CHARACTERS
        problem = self.tr("A value has at most {0} characters.").format(METADATA_VALUE_CHARACTERS)
        field.set_problem("" if is_fine else problem)
        return is_fine

    def _expiry_edit(self) -> dict[str, Attribute | None]:
        state = self.expires.checkState()
        if state == Qt.CheckState.PartiallyChecked:
            return {}
        day = self.last_day.date().toString(Qt.DateFormat.ISODate) if state == Qt.CheckState.Checked else None
        is_same = VALID_UNTIL not in self._shared.mixed and day == (self._shown(VALID_UNTIL) or None)
        return {} if is_same else {VALID_UNTIL: day}

    def _own_edits(self) -> dict[str, Attribute | None]:
        """A value whose text is what it was keeps its type."""
        now = self.own.metadata()
        before = {key: value for key, value in self._shared.same.items() if key not in _KNOWN}
        changed: dict[str, Attribute | None] = {
            key: text for key, text in now.items() if key not in before or _spelled(before[key]) != text
        }
        return changed | dict.fromkeys(before.keys() - now.keys())

    def _shown(self, key: str) -> str:
        return _spelled(self._shared.same.get(key, ""))

    def _shown_audience(self) -> str:
        value = self._shown(AUDIENCE)
        return _MIXED if AUDIENCE in self._shared.mixed else value if value in (PUBLIC, INTERNAL) else ""

    def _mixed_text(self) -> str:
        return self.tr("several values")

    def _choice(self) -> Choice:
        assert isinstance(self.audience.control, Choice)
        return self.audience.control


def _line(field: Field) -> QLineEdit:
    assert isinstance(field.control, QLineEdit)
    return field.control


def _spelled(value: Attribute) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _as_qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
