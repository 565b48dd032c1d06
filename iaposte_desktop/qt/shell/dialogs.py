"""The window's own small dialogs: who signs the replies, and what this program is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout

from iaposte_desktop import __version__
from iaposte_desktop.qt.lib.foreign_text import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class SignatureDialog(QDialog):
    """`chosen` carries name and signature. Opened, never run; it deletes itself."""

    chosen = Signal(str, str)

    def __init__(self, name: str, signature: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Your name and signature"))
        self.name = QLineEdit(name, self)
        self.signature = QPlainTextEdit(signature, self)
        self.signature.setProperty("role", "field")
        self.signature.setTabChangesFocus(True)
        self.signature.setFixedHeight(self.fontMetrics().lineSpacing() * 5)
        name_label, signature_label = QLabel(self.tr("Name"), self), QLabel(self.tr("Signature"), self)
        name_label.setBuddy(self.name)
        signature_label.setBuddy(self.signature)
        hint = PlainLabel(
            self.tr("Ends every reply, unless the assistant has a signature of its own. The name is {{agent_name}}."),
            self,
        )
        hint.setProperty("role", "caption")
        hint.setWordWrap(True)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        for widget in (name_label, self.name, signature_label, self.signature, hint, buttons):
            layout.addWidget(widget)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 60)

    def _on_accepted(self) -> None:
        self.chosen.emit(self.name.text().strip(), self.signature.toPlainText().strip())
        self.accept()


class AboutDialog(QDialog):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About IAPoste Desktop"))
        title = PlainLabel(f"IAPoste Desktop {__version__}", self)
        title.setProperty("role", "title")
        what = PlainLabel(
            self.tr("Cited draft replies, on your own machine. Nothing leaves it, and nothing is counted or reported."),
            self,
        )
        licences = PlainLabel(
            self.tr(
                "MIT licence. Uses Qt and PySide6 under the LGPL 3.0, icons of Lucide under the ISC licence, and the "
                "packages listed in THIRD_PARTY_NOTICES.md."
            ),
            self,
        )
        licences.setProperty("role", "quiet")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        for label in (title, what, licences):
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addWidget(buttons)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 60)
