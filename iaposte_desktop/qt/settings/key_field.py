"""The key: typed in dots, shown on demand, and said where it will be kept."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLineEdit, QToolButton, QVBoxLayout, QWidget

from iaposte_desktop.domain.ports.secrets import Keeping
from iaposte_desktop.domain.secrets import Secret
from iaposte_desktop.qt.lib.fields import Field
from iaposte_desktop.qt.lib.icons import icon


class KeyField(QWidget):
    """Empty means: the key that is kept, if there is one. A kept key is never shown."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit(self)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.show_key = QToolButton(self)
        self.show_key.setCheckable(True)
        self.field = Field(self.edit, self, beside=self.show_key)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.field)
        self._keeping = Keeping.KEYRING
        self._has_kept = False
        self._changed_from = ""
        self.edit.textChanged.connect(self.edited)
        self.show_key.toggled.connect(self._on_toggled)
        self.retranslate()

    def key(self) -> Secret | None:
        typed = self.edit.text().strip()
        return Secret(typed) if typed else None

    def clear(self) -> None:
        self.edit.clear()
        self.show_key.setChecked(False)

    def show_kept(self, keeping: Keeping, *, has_kept: bool, changed_from: str = "") -> None:
        """`keeping`: where a key goes now. `changed_from`: the host that the kept key is for, once another is typed."""
        self._keeping, self._has_kept, self._changed_from = keeping, has_kept, changed_from
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._make_icons()
        super().changeEvent(event)

    def retranslate(self) -> None:
        is_in_keyring = self._keeping is Keeping.KEYRING
        where = (
            self.tr("It is kept in the system’s keyring, never in a file.")
            if is_in_keyring
            else self.tr("No keyring was found: it is kept in memory until you close the program.")
        )
        self.field.set_texts(self.tr("Key"), where)
        kept = self.tr("kept in the system’s keyring") if is_in_keyring else self.tr("kept in memory")
        self.edit.setPlaceholderText(kept if self._has_kept and not self._changed_from else "")
        changed = self.tr("The address has changed: enter the key again. The kept one is for {0} alone.")
        self.field.set_problem(changed.format(self._changed_from) if self._changed_from else "", "attention")
        name = self.tr("Hide the key") if self.show_key.isChecked() else self.tr("Show the key")
        self.show_key.setAccessibleName(name)
        self.show_key.setToolTip(name)
        self._make_icons()

    def _on_toggled(self, is_shown: bool) -> None:
        self.edit.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)
        self.retranslate()

    def _make_icons(self) -> None:
        self.show_key.setIcon(icon("eye-off" if self.show_key.isChecked() else "eye"))
