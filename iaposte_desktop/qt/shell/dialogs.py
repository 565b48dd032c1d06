"""What this program is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout

from iaposte_desktop import __version__
from iaposte_desktop.qt.lib.foreign_text import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class AboutDialog(QDialog):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About IAPoste Desktop"))
        title = PlainLabel(f"IAPoste Desktop {__version__}", self)
        title.setProperty("role", "title")
        what = PlainLabel(
            self.tr(
                "Cited draft replies. Nothing leaves this machine but to the connections you add, and nothing is "
                "counted or reported."
            ),
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
