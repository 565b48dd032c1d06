"""Sentences that stay until they are read or what they tell is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from iaposte_desktop.qt.lib.foreign_text import ForeignText, PlainLabel
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.theme import colours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent


class Notice(QWidget):
    """Hidden while it has nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._sign = QLabel(self)
        self.title = PlainLabel(parent=self)
        self.title.setWordWrap(True)
        self.title.setProperty("state", "attention")
        self.dismiss = QToolButton(self)
        self.dismiss.clicked.connect(self.hide)
        self.text = ForeignText(self)
        self.most_lines = 10
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(self._sign)
        self.head.addWidget(self.title, 1)
        self.head.addWidget(self.dismiss)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(4)
        layout.addLayout(self.head)
        layout.addWidget(self.text)
        self.hide()

    def say(self, title: str, sentences: Sequence[str]) -> None:
        self.title.setText(title)
        self.text.show_text("\n\n".join(sentences))
        self._fit()
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._make_icons()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.dismiss.setAccessibleName(self.tr("Close this message"))
        self.dismiss.setToolTip(self.tr("Close this message"))
        self._make_icons()

    def _fit(self) -> None:
        """As high as its text, to a point: from there on it scrolls."""
        document = self.text.document()
        document.setTextWidth(self.text.viewport().width())
        line = self.fontMetrics().lineSpacing()
        self.text.setFixedHeight(min(round(document.size().height()) + 2, line * self.most_lines))

    def _make_icons(self) -> None:
        self._sign.setPixmap(icon("triangle-alert", colours().attention).pixmap(16, 16))
        self.dismiss.setIcon(icon("x"))


class MailNotice(Notice):
    """Mails that were refused, one by one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.retranslate()

    def show_refused(self, sentences: Sequence[str]) -> None:
        """Each begins with the name of what was refused."""
        self.say(self.tr("%n mail(s) could not be opened", "", len(sentences)), sentences)

    def retranslate(self) -> None:
        super().retranslate()
        self.text.setAccessibleName(self.tr("Mails that could not be opened"))
