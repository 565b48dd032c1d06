"""The editor of a knowledge note: what was proposed, to be read, corrected and approved."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QDate, QEvent, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from iaposte_desktop.domain.file_attributes import INTERNAL, PUBLIC
from iaposte_desktop.domain.notes import Note
from iaposte_desktop.qt.lib.fields import Choice, Field, StatusLine
from iaposte_desktop.qt.lib.foreign_text import PlainTextEdit, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.domain.knowledge import VectorStore

_PAUSE_MS: Final = 250
_USUAL_DAYS: Final = 365
_AUDIENCES: Final = ("", PUBLIC, INTERNAL)


class NoteDialog(QDialog):
    """Shown with `open`; stays until its owner accepts it. `edited` carries the Note as it stands, at most four times a
    second while somebody types; `submitted` the one that is approved; `left` asks to close without saving."""

    edited = Signal(object)
    submitted = Signal(object)
    left = Signal()

    def __init__(self, note: Note, stores: Sequence[VectorStore], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note = note
        self._is_saving = False
        self.promise = StatusLine(self)
        self.title = QLineEdit(self)
        self.text = PlainTextEdit(self)
        self.text.setProperty("role", "field")
        self.store = Choice(self)
        self.audience = Choice(self)
        self.expires = QCheckBox(self)
        self.valid_until = QDateEdit(self)
        self.valid_until.setCalendarPopup(True)
        self.title_field, self.text_field = Field(self.title, self), Field(self.text, self)
        self.store_field, self.audience_field = Field(self.store, self), Field(self.audience, self)
        self.failure = StatusLine(self)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        self.save = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        self.save.setProperty("role", "primary")
        self.save.style().polish(self.save)
        self._throttle = QTimer(self)
        self._throttle.setSingleShot(True)
        self._throttle.setInterval(_PAUSE_MS)
        for each in stores:
            self.store.addItem(visible(each.name), each.id)
        for audience in _AUDIENCES:
            self.audience.addItem("", audience)
        self._fill(note)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.title.setFocus()

    @property
    def is_edited(self) -> bool:
        return self.note() != self._note

    def note(self) -> Note:
        last: Any = self.valid_until.date().toPython()
        return Note(
            self.title.text(),
            self.text.toPlainText(),
            self.store.currentData() or "",
            self._note.thread_id,
            self.audience.currentData() or "",
            date(last.year, last.month, last.day) if self.expires.isChecked() else None,
        )

    def show_failure(self, sentence: str) -> None:
        self._set_saving(False)
        self.failure.say(sentence, "failed")

    def reject(self) -> None:
        """Not while it is being saved; else the owner asks what is to become of what was typed."""
        if not self._is_saving:
            self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Knowledge note"))
        self.promise.say(
            self.tr(
                "Nothing is saved before you approve. Read it through: a name or a detail of the customer may remain."
            )
        )
        self.title_field.set_texts(self.tr("&Title"))
        self.text_field.set_texts(self.tr("Te&xt"), self.tr("Markdown: # headings, - lists, **bold**."))
        self.store_field.set_texts(self.tr("&Store"))
        self.audience_field.set_texts(self.tr("For &whom"))
        names = (self.tr("As its store says"), self.tr("Customers"), self.tr("Internal"))
        for row, name in enumerate(names):
            self.audience.setItemText(row, name)
        self.expires.setText(self.tr("&Valid until"))
        self.valid_until.setAccessibleName(self.tr("Valid until"))
        self.save.setText(self.tr("Approve and add to the store"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))

    def _fill(self, note: Note) -> None:
        self.title.setText(visible(note.title))
        self.text.setPlainText(visible(note.text))
        self.store.choose(note.store_id)
        if self.store.currentIndex() < 0:
            self.store.setCurrentIndex(0)
        self.audience.choose(note.audience)
        last = note.valid_until
        self.expires.setChecked(last is not None)
        day = QDate(last.year, last.month, last.day) if last else QDate.currentDate().addDays(_USUAL_DAYS)
        self.valid_until.setDate(day)
        self.valid_until.setEnabled(last is not None)
        # What was proposed counts as edited only once somebody has changed it here.
        self._note = Note(self.title.text(), self.text.toPlainText(), self.store.currentData() or "", note.thread_id,
                          note.audience, last)  # fmt: skip

    def _lay_out(self) -> None:
        validity = QWidget(self)
        column = QVBoxLayout(validity)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.expires)
        column.addWidget(self.valid_until)
        choices = QHBoxLayout()
        choices.setSpacing(16)
        choices.addWidget(self.store_field, 2)
        choices.addWidget(self.audience_field, 1)
        choices.addWidget(validity, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.promise)
        layout.addWidget(self.title_field)
        layout.addWidget(self.text_field, 1)
        layout.addLayout(choices)
        layout.addWidget(self.failure)
        layout.addWidget(self.buttons)
        self.resize(self.fontMetrics().averageCharWidth() * 96, self.fontMetrics().lineSpacing() * 36)

    def _connect(self) -> None:
        self._throttle.timeout.connect(lambda: self.edited.emit(self.note()))
        self.title.textEdited.connect(self._on_edited)
        self.text.textChanged.connect(self._on_edited)
        self.store.activated.connect(self._on_edited)
        self.audience.activated.connect(self._on_edited)
        self.valid_until.dateChanged.connect(self._on_edited)
        self.expires.toggled.connect(self.valid_until.setEnabled)
        self.expires.toggled.connect(self._on_edited)
        self.buttons.accepted.connect(self._on_save)
        self.buttons.rejected.connect(self.reject)

    def _on_edited(self) -> None:
        """A throttle, not a debounce: who types without a pause is saved as well."""
        self.title_field.set_problem("")
        self.text_field.set_problem("")
        if not self._throttle.isActive():
            self._throttle.start()

    def _on_save(self) -> None:
        note = self.note()
        if not note.title.strip():
            self.title_field.set_problem(self.tr("Give the note a title."))
            self.title.setFocus()
        elif not note.text.strip():
            self.text_field.set_problem(self.tr("Write what the next reply should say."))
            self.text.setFocus()
        elif not note.store_id:
            self.store_field.set_problem(self.tr("Make a store first: the note is kept in it."))
        else:
            self._throttle.stop()
            self._set_saving(True)
            self.submitted.emit(note)

    def _set_saving(self, is_saving: bool) -> None:
        self._is_saving = is_saving
        self.save.setEnabled(not is_saving)
