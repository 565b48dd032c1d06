"""Below the form: trying a connection, what came of it, and saving."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from iaposte_desktop.qt.lib.fields import StatusLine
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.keys import with_key


class ConnectionTestBar(QWidget):
    """`switch_requested`: the button beside a result, which offers another protocol."""

    test_requested = Signal()
    cancel_requested = Signal()
    switch_requested = Signal()
    save_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.result = StatusLine(self)
        self.progress = QProgressBar(self)
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setMaximumHeight(self.fontMetrics().lineSpacing() // 2)
        self.switch, self.test, self.cancel, self.save = (QPushButton(self) for _ in range(4))
        self.save.setProperty("role", "primary")
        for button in (self.switch, self.test, self.cancel, self.save):
            button.setAutoDefault(False)
        told = QHBoxLayout()
        told.setSpacing(8)
        told.addWidget(self.result, 1)
        told.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.test)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.progress, 1)
        buttons.addStretch()
        buttons.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(told)
        layout.addLayout(buttons)
        self.test.clicked.connect(self.test_requested)
        self.cancel.clicked.connect(self.cancel_requested)
        self.switch.clicked.connect(self.switch_requested)
        self.save.clicked.connect(self.save_requested)
        self.say("")
        self.retranslate()

    def say(self, text: str, state: str = "", *, switch_to: str = "") -> None:
        """The end of a test or of saving; `switch_to` names the protocol that is offered instead."""
        self.result.say(text, state)
        self.switch.setText(self.tr("Switch to {0}").format(switch_to))
        self.switch.setVisible(bool(switch_to))
        self._set_testing(False)

    def show_testing(self, host: str) -> None:
        self.say(self.tr("Asking {0}…").format(host))
        self._set_testing(True)

    def set_can_save(self, can_save: bool) -> None:
        self.save.setEnabled(can_save)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.say("")
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._make_icons()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.test.setText(self.tr("Test connection"))
        self.test.setToolTip(self.tr("Asks the server what it offers; nothing that is billed is sent"))
        self.cancel.setText(self.tr("Cancel the test"))
        self.save.setText(self.tr("Save"))
        self.save.setToolTip(with_key(self.tr("Keep this connection"), "save"))
        self.progress.setAccessibleName(self.tr("Test under way"))
        self._make_icons()

    def _set_testing(self, is_testing: bool) -> None:
        had_focus = self.test.hasFocus() or self.cancel.hasFocus()
        self.progress.setVisible(is_testing)
        self.test.setVisible(not is_testing)
        self.cancel.setVisible(is_testing)
        if had_focus:
            (self.cancel if is_testing else self.test).setFocus()

    def _make_icons(self) -> None:
        self.test.setIcon(icon("refresh-cw"))
        self.cancel.setIcon(icon("x"))
