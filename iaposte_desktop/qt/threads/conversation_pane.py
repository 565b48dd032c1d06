"""The conversation with its head: subject, customer, language, state, and what can be done with the thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from iaposte_desktop.application.notes import is_solved
from iaposte_desktop.domain.threads import ThreadStatus
from iaposte_desktop.qt.lib.foreign_text import PlainLabel
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.keys import bind
from iaposte_desktop.qt.threads.conversation_text import ConversationText
from iaposte_desktop.qt.threads.texts import STATUS_ICONS, customer_text, language_text, status_text, subject_text

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from iaposte_desktop.application.threads import OpenThread


class ConversationPane(QWidget):
    status_chosen = Signal(object)
    rename_requested = Signal()
    metadata_requested = Signal()
    note_requested = Signal()
    delete_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.subject = PlainLabel(parent=self)
        self.subject.setProperty("role", "title")
        self.subject.setWordWrap(True)
        self.customer = PlainLabel(parent=self)
        self.customer.setProperty("role", "quiet")
        self.status = QToolButton(self)
        self.status.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.status.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more = QToolButton(self)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.text = ConversationText(self)
        self._opened: OpenThread | None = None
        self._make_menus()
        self._lay_out()
        self.retranslate()

    def show_thread(self, opened: OpenThread) -> None:
        self._opened = opened
        self._show_head()
        self.text.show_messages(opened.messages, opened.customer)

    def show_nothing(self) -> None:
        self._opened = None
        self.text.clear_messages()
        self._show_head()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._show_head()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.text.setAccessibleName(self.tr("Conversation"))
        self.more.setAccessibleName(self.tr("More actions on this thread"))
        self.more.setToolTip(self.tr("Rename, details, note, delete"))
        self.status.setToolTip(self.tr("Change the thread's state"))
        self.rename.setText(self.tr("Rename…"))
        self.metadata.setText(self.tr("Details…"))
        self.note.setText(self.tr("Draft a knowledge note…"))
        self.delete.setText(self.tr("Delete thread"))
        for status, action in self._statuses.items():
            action.setText(status_text(status))
        self._show_head()

    def _make_menus(self) -> None:
        self._status_menu = QMenu(self.status)
        self._statuses: dict[ThreadStatus, QAction] = {}
        for status in ThreadStatus:
            action = self._statuses[status] = self._status_menu.addAction("")
            action.triggered.connect(lambda _=False, chosen=status: self.status_chosen.emit(chosen))
        self.status.setMenu(self._status_menu)
        menu = QMenu(self.more)
        self.rename, self.metadata, self.note, self.delete = (menu.addAction("") for _ in range(4))
        bind(self.rename, "rename")
        self.rename.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.rename.triggered.connect(lambda: self.rename_requested.emit())
        self.metadata.triggered.connect(lambda: self.metadata_requested.emit())
        self.note.triggered.connect(lambda: self.note_requested.emit())
        self.delete.triggered.connect(lambda: self.delete_requested.emit())
        menu.insertSeparator(self.delete)
        self.more.setMenu(menu)

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(4)
        names.addWidget(self.subject)
        names.addWidget(self.customer)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 12, 8)
        head.setSpacing(8)
        head.addLayout(names, 1)
        head.addWidget(self.status, alignment=Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.more, alignment=Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.text, 1)

    def _show_head(self) -> None:
        opened = self._opened
        for button in (self.status, self.more):
            button.setVisible(opened is not None)
        self.rename.setEnabled(opened is not None)
        self.note.setEnabled(opened is not None and is_solved(opened))
        self.more.setIcon(icon("ellipsis"))
        for status, action in self._statuses.items():
            action.setIcon(icon(STATUS_ICONS[status]))
        if opened is None:
            self.subject.setText("")
            self.customer.setText("")
            return
        customer, thread = opened.customer, opened.thread
        self.subject.setText(subject_text(thread.subject))
        address = customer.email if customer.name and customer.email != customer.name else ""
        language = next((m.language for m in reversed(opened.messages) if m.language), None)
        facts = (customer_text(customer.name, customer.email), address, language_text(language))
        self.customer.setText(" · ".join(filter(None, facts)))
        self.status.setText(status_text(thread.status))
        self.status.setIcon(icon(STATUS_ICONS[thread.status]))
        self.status.setAccessibleName(self.tr("State: {0}").format(status_text(thread.status)))
