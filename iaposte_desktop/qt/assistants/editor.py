"""Right: one assistant. A header that says what it is, a notice when it changed elsewhere, the form, the save bar."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from iaposte_desktop.qt.assistants.form import AssistantForm
from iaposte_desktop.qt.assistants.save_bar import SaveBar
from iaposte_desktop.qt.assistants.texts import end_text, version_text
from iaposte_desktop.qt.lib.elided_label import ElidedLabel
from iaposte_desktop.qt.lib.fields import ICON, StatusLine, hairline
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.theme import colours
from iaposte_desktop.qt.lib.times import full_time

if TYPE_CHECKING:
    from datetime import date

    from iaposte_desktop.domain.assistants import Assistant
    from iaposte_desktop.domain.usage import Used


class AssistantEditor(QWidget):
    """`notice_accepted`: the button of the notice, whatever it offers now."""

    history_requested = Signal()
    discard_requested = Signal()
    notice_accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._assistant: Assistant | None = None
        self._now: datetime | None = None
        self._model_end: date | None = None
        self._used: Used | None = None
        self.title = ElidedLabel(self)
        self.title.setProperty("role", "title")
        self.default_sign = QLabel(self)
        self.default_text = QLabel(self)
        self.default_text.setProperty("role", "caption")
        self.facts = ElidedLabel(self)
        self.facts.setProperty("role", "quiet")
        self.history = QPushButton(self)
        self.more = QToolButton(self)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.discard = QAction(self)
        self.menu = QMenu(self)
        self.more.setMenu(self.menu)
        self.notice = QWidget(self)
        self.notice_text = StatusLine(self.notice)
        self.notice_button = QPushButton(self.notice)
        self.model_end = StatusLine(self)
        self.model_end.setContentsMargins(24, 8, 24, 8)
        self.form = AssistantForm(self)
        self.bar = SaveBar(self)
        self._lay_out()
        self.history.clicked.connect(self.history_requested)
        self.discard.triggered.connect(self.discard_requested)
        self.notice_button.clicked.connect(self.notice_accepted)
        self.set_notice("")
        self.retranslate()

    def set_actions(self, actions: list[QAction]) -> None:
        """What can be done with the assistant shown; the list offers the same."""
        self.menu.addAction(self.discard)
        self.menu.addSeparator()
        self.menu.addActions(actions)

    def show_facts(self, assistant: Assistant, now: datetime, *, is_default: bool) -> None:
        self._assistant, self._now = assistant, now
        self.default_sign.setVisible(is_default)
        self.default_text.setVisible(is_default)
        self.retranslate()

    def show_used(self, used: Used | None) -> None:
        """What all runs of the assistant came to."""
        self._used = used
        self._show_facts()

    def show_model_end(self, end: date | None) -> None:
        """The day on which its model ends, where that is near or past."""
        self._model_end = end
        self._show_model_end()

    def set_notice(self, text: str, button: str = "") -> None:
        self.notice_text.say(text, "attention")
        self.notice_button.setText(button)
        self.notice_button.setVisible(bool(button))
        self.notice.setVisible(bool(text))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._make_icons()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.history.setText(self.tr("History"))
        self.history.setToolTip(self.tr("Earlier versions: compare and restore"))
        self.more.setAccessibleName(self.tr("More about this assistant"))
        self.more.setToolTip(self.tr("More about this assistant"))
        self.discard.setText(self.tr("Discard my edits"))
        self.default_text.setText(self.tr("default"))
        self._show_facts()
        self._show_model_end()
        self._make_icons()

    def _show_facts(self) -> None:
        if self._assistant is not None and self._now is not None:
            self.title.setText(self._assistant.name)
            self.facts.setText(version_text(self._assistant, self._now, self._used))
            last = self._assistant.last_used_at
            self.facts.set_hint("" if last is None else full_time(last))

    def _show_model_end(self) -> None:
        end, today = self._model_end, datetime.now(UTC).date()
        state = "failed" if end is not None and end <= today else "attention"
        self.model_end.say(end_text(end, today) if end is not None else "", state)

    def _make_icons(self) -> None:
        self.history.setIcon(icon("history"))
        self.more.setIcon(icon("ellipsis"))
        self.discard.setIcon(icon("undo-2"))
        self.default_sign.setPixmap(icon("star", colours().quiet).pixmap(ICON, ICON))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(24, 8, 12, 8)
        head.setSpacing(8)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.title)
        facts = QHBoxLayout()
        facts.setSpacing(4)
        facts.addWidget(self.facts)
        facts.addWidget(self.default_sign)
        facts.addWidget(self.default_text)
        facts.addStretch(1)
        names.addLayout(facts)
        head.addLayout(names, 1)
        head.addWidget(self.history)
        head.addWidget(self.more)
        notice = QHBoxLayout(self.notice)
        notice.setContentsMargins(24, 8, 24, 8)
        notice.addWidget(self.notice_text, 1)
        notice.addWidget(self.notice_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(hairline(self))
        layout.addWidget(self.notice)
        layout.addWidget(self.model_end)
        layout.addWidget(self.form, 1)
        layout.addWidget(hairline(self))
        layout.addWidget(self.bar)
