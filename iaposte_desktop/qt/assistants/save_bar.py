"""Below the form: whether there is something to save, a note for it, and what saving makes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from iaposte_desktop.qt.lib.fields import StatusLine
from iaposte_desktop.qt.lib.keys import with_key

_NOTE_CHARACTERS = 500


class SaveBar(QWidget):
    """`save_requested` by the button, or Return in the note."""

    save_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._next_version = 1
        self._has_edits = False
        self._problem = ""
        self._is_saving = False
        self.status = StatusLine(self)
        self.label = QLabel(self)
        self.note = QLineEdit(self)
        self.note.setMaxLength(_NOTE_CHARACTERS)
        self.label.setBuddy(self.note)
        self.save = QPushButton(self)
        self.save.setProperty("role", "primary")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 8, 24, 8)
        layout.setSpacing(8)
        layout.addWidget(self.status, 3, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.label)
        layout.addWidget(self.note, 4)
        layout.addWidget(self.save)
        self.save.clicked.connect(self.save_requested)
        self.note.returnPressed.connect(self.save.click)
        self.retranslate()

    def show_state(self, next_version: int, *, has_edits: bool, problem: str, is_saving: bool = False) -> None:
        self._next_version, self._has_edits, self._problem = next_version, has_edits, problem
        self._is_saving = is_saving
        self.retranslate()

    def can_save(self) -> bool:
        return self._has_edits and not self._problem and not self._is_saving

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.label.setText(self.tr("Note"))
        self.note.setAccessibleName(self.tr("Note on the new version"))
        self.note.setPlaceholderText(self.tr("What changed (optional)"))
        self.save.setText(self.tr("Save as version {0}").format(self._next_version))
        self.save.setEnabled(self.can_save())
        self.note.setEnabled(self._has_edits)
        if self._is_saving:
            self.status.say(self.tr("Saving…"))
        elif self._problem:
            self.status.say(self._problem, "failed")
        elif self._has_edits:
            self.status.say(self.tr("Not saved yet"), "attention")
        else:
            self.status.say(self.tr("Nothing changed since the last version"))
        reason = "" if self.can_save() else self.status.text.text()
        self.save.setToolTip(reason or with_key(self.tr("Keep these settings as a new version"), "save"))
        self.save.setAccessibleDescription(reason)
