"""A part of a form that is rarely needed: a line to unfold it by, and what is behind it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from iaposte_desktop.qt.lib.icons import icon


class Fold(QWidget):
    """Widgets go into `column`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.toggle = QToolButton(self)
        self.toggle.setCheckable(True)
        self.toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._body = QWidget(self)
        self.column = QVBoxLayout(self._body)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.toggle, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._body)
        self.toggle.toggled.connect(self._on_toggled)
        self._on_toggled(False)

    def unfold(self) -> None:
        self.toggle.setChecked(True)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._make_icon()
        super().changeEvent(event)

    def _on_toggled(self, is_open: bool) -> None:
        self._body.setVisible(is_open)
        self._make_icon()

    def _make_icon(self) -> None:
        self.toggle.setIcon(icon("chevron-down" if self.toggle.isChecked() else "chevron-right"))
