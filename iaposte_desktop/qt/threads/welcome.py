"""What the centre shows while no thread is open: where mails come from."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.keys import with_key
from iaposte_desktop.qt.lib.theme import colours


class Welcome(QWidget):
    open_requested = Signal()
    paste_requested = Signal()
    sample_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._has_threads = False
        self._sign, self.title, self.hint = QLabel(self), QLabel(self), QLabel(self)
        self.title.setProperty("role", "title")
        self.hint.setProperty("role", "quiet")
        for label in (self._sign, self.title, self.hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
        self.open, self.paste, self.sample = (QPushButton(self) for _ in range(3))
        self.open.setProperty("role", "primary")
        for button, signal in (
            (self.open, self.open_requested),
            (self.paste, self.paste_requested),
            (self.sample, self.sample_requested),
        ):
            button.clicked.connect(signal)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        for button in (self.open, self.paste, self.sample):
            buttons.addWidget(button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addStretch(2)
        for label in (self._sign, self.title, self.hint):
            layout.addWidget(label)
        layout.addSpacing(4)
        layout.addLayout(buttons)
        layout.addStretch(3)
        self.retranslate()

    def show_state(self, *, has_threads: bool, is_ready: bool) -> None:
        """`is_ready`: there is a program behind the buttons."""
        self._has_threads = has_threads
        for button in (self.open, self.paste, self.sample):
            button.setEnabled(is_ready)
        self.sample.setVisible(not has_threads)
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._make_icons()
        super().changeEvent(event)

    def retranslate(self) -> None:
        if self._has_threads:
            self.title.setText(self.tr("Choose a thread, or drop a mail here"))
            self.hint.setText(self.tr("A customer’s mail becomes a thread; a reply to it joins the same thread."))
        else:
            self.title.setText(self.tr("Drop a mail here"))
            self.hint.setText(
                self.tr("Drop .eml files anywhere in this tab, open or paste one, or look around with the sample shop.")
            )
        self.open.setText(self.tr("Open mail…"))
        self.open.setToolTip(with_key(self.tr("Choose mails saved as .eml"), "open_mail"))
        self.paste.setText(self.tr("Paste…"))
        self.paste.setToolTip(with_key(self.tr("Paste the text of a mail"), "paste_mail"))
        self.sample.setText(self.tr("Load the sample shop"))
        self._make_icons()

    def _make_icons(self) -> None:
        self._sign.setPixmap(icon("mail-open", colours().quiet).pixmap(40, 40))
        self.open.setIcon(icon("mail-open", colours().on_accent))
        self.paste.setIcon(icon("clipboard-paste"))
        self.sample.setIcon(icon("store"))
