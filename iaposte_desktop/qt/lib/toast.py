"""Short messages beside the tabs, where nothing else is: what was done, with an Undo where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from iaposte_desktop.qt.lib.foreign_text import PlainLabel
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.theme import colours

if TYPE_CHECKING:
    from collections.abc import Callable

_SECONDS: Final = 8
_WIDTH: Final = 560


class Toast(QFrame):
    """One at a time: a new message replaces the one before, whose Undo is then gone."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.text = PlainLabel(parent=self)
        self.text.setWordWrap(True)
        self.button = QPushButton(self)
        self.dismiss = QToolButton(self)
        self.dismiss.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 4, 4)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.button)
        layout.addWidget(self.dismiss)
        self._action: Callable[[], None] | None = None
        self.button.clicked.connect(self._on_button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.retranslate()
        self.hide()

    def show_message(self, text: str, action_text: str = "", action: Callable[[], None] | None = None) -> None:
        self._action = action
        self.text.setText(text)
        self.button.setText(action_text)
        self.button.setVisible(action is not None)
        self.dismiss.setIcon(icon("x"))
        now = colours()
        self.setStyleSheet(f"Toast {{ background: {now.paper}; border: 1px solid {now.line}; border-radius: 6px; }}")
        self._place()
        self.show()
        self.raise_()
        self._timer.start(_SECONDS * 1000)
        QAccessible.updateAccessibility(QAccessibleEvent(self.text, QAccessible.Event.Alert))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.dismiss.setToolTip(self.tr("Close this message"))
        self.dismiss.setAccessibleName(self.tr("Close this message"))

    def _place(self) -> None:
        layout = self.layout()
        assert layout is not None
        width = min(_WIDTH, self._over.width() // 2)
        self.setFixedWidth(width)
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else 0
        self.resize(width, max(height, self.sizeHint().height()))
        self.move(self._over.width() - width - 8, 8)

    def _on_button(self) -> None:
        self.hide()
        if self._action is not None:
            self._action()
