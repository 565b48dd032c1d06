"""The Threads tab: threads on the left, conversation and draft in the middle, sources and the run on the right.

Widgets and keys, no logic: what the reader wants goes out as signals.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QHideEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QSplitter, QStackedWidget, QWidget

from iaposte_desktop.domain.threads import ThreadStatus
from iaposte_desktop.qt.lib.drop_hint import DropHint, dropped_paths
from iaposte_desktop.qt.lib.keys import sequence
from iaposte_desktop.qt.lib.pane_cycle import focus_next_pane
from iaposte_desktop.qt.threads.conversation_pane import ConversationPane
from iaposte_desktop.qt.threads.dialogs import PasteDialog
from iaposte_desktop.qt.threads.draft_pane import DraftPane
from iaposte_desktop.qt.threads.list_pane import ListPane
from iaposte_desktop.qt.threads.side_panes import PANE_KEYS, SidePanes
from iaposte_desktop.qt.threads.welcome import Welcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_PREFIX: Final = "threads."
_SIZES: Final = {"columns": (280, 640, 360), "rows": (45, 55)}


class ThreadsView(QWidget):
    mails_chosen = Signal(object)
    mail_pasted = Signal(str, str, str)
    sample_requested = Signal()
    step_requested = Signal(int)
    draft_requested = Signal()
    accept_requested = Signal()
    dismiss_requested = Signal()
    stop_requested = Signal()
    skip_requested = Signal()
    options_requested = Signal()
    settings_requested = Signal(str)
    """Carries the id of the connection to be looked at."""
    copy_requested = Signal()
    sent_requested = Signal()
    left = Signal()
    """The tab went out of sight: what is typed is to be saved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.list = ListPane(self)
        self.conversation = ConversationPane(self)
        self.draft = DraftPane(self)
        self.welcome = Welcome(self)
        self.side = SidePanes(self)
        self.wanted_thread: str | None = None
        """The thread that was open when the program was last closed."""
        self._selected: str | None = None
        self._lay_out()
        self._drop_hint = DropHint(self, "mail-open")
        self._make_actions()
        self._connect()
        self.welcome.show_state(has_threads=False, is_ready=False)
        self.setEnabled(False)
        self.show_thread_page(None)

    def come_alive(self) -> None:
        """There is a program behind the tab now."""
        self.setEnabled(True)
        if self.isActiveWindow() and QApplication.focusWidget() is None:
            # Without a focus in it, the tab's keys would be dead.
            self.list.filter.setFocus()

    def show_thread_page(self, thread_id: str | None) -> None:
        """The thread's page, or the welcome where there is none."""
        self._selected = thread_id
        self.list.select(thread_id)
        self._centre.setCurrentIndex(0 if thread_id is None else 1)
        for action in self._thread_actions:
            action.setEnabled(thread_id is not None)

    def can_decide(self, is_possible: bool) -> None:
        """Whether a suggestion waits for Accept or Keep mine."""
        self._accept.setEnabled(is_possible)
        self._dismiss.setEnabled(is_possible)

    def open_mail_dialog(self) -> None:
        dialog = QFileDialog(self, self.tr("Open mails"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([self.tr("Mails (*.eml)"), self.tr("All files (*)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.mails_chosen.emit([Path(name) for name in names]))
        dialog.open()

    def paste_mail(self) -> None:
        """The clipboard's text is offered; the sender may be filled in."""
        data = QGuiApplication.clipboard().mimeData()
        dialog = PasteDialog(self, data.text() if data.hasText() and not data.hasUrls() else "")
        dialog.pasted.connect(self.mail_pasted)
        dialog.open()

    def save_state(self) -> dict[str, str]:
        state = {
            "columns": _packed(self._columns),
            "rows": _packed(self._rows),
            "filter": self.list.filter.text(),
            "pane": str(self.side.currentIndex()),
            "collapsed": " ".join(self.list.model.collapsed()),
            "thread": self._selected or self.wanted_thread or "",
        }
        return {_PREFIX + key: value for key, value in state.items()}

    def restore_state(self, state: Mapping[str, str]) -> None:
        own = {key.removeprefix(_PREFIX): value for key, value in state.items() if key.startswith(_PREFIX)}
        for name, split in (("columns", self._columns), ("rows", self._rows)):
            if packed := own.get(name):
                split.restoreState(QByteArray.fromBase64(packed.encode()))
        self.list.filter.setText(own.get("filter", ""))
        if own.get("pane", "").isdecimal():
            self.side.setCurrentIndex(int(own["pane"]))
        if "collapsed" in own:
            known = set(ThreadStatus)
            self.list.model.set_collapsed(ThreadStatus(each) for each in own["collapsed"].split() if each in known)
        self.wanted_thread = own.get("thread") or None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()
            self._drop_hint.show_over(self.tr("Drop to add these mails"))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop_hint.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop_hint.hide()
        paths = dropped_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.mails_chosen.emit(paths)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._drop_hint.setGeometry(self.rect())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Threads"))

    def _lay_out(self) -> None:
        self._rows = QSplitter(Qt.Orientation.Vertical)
        self._rows.addWidget(self.conversation)
        self._rows.addWidget(self.draft)
        self._centre = QStackedWidget(self)
        self._centre.addWidget(self.welcome)
        self._centre.addWidget(self._rows)
        self._columns = QSplitter(Qt.Orientation.Horizontal, self)
        for widget in (self.list, self._centre, self.side):
            self._columns.addWidget(widget)
        for split in (self._rows, self._columns):
            split.setHandleWidth(1)
            split.setChildrenCollapsible(False)
        self._columns.setStretchFactor(1, 1)
        self._columns.setSizes(list(_SIZES["columns"]))
        self._rows.setStretchFactor(0, _SIZES["rows"][0])
        self._rows.setStretchFactor(1, _SIZES["rows"][1])
        self.conversation.setMinimumHeight(self.fontMetrics().lineSpacing() * 7)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._columns)
        self.retranslate()

    def _make_actions(self) -> None:
        self._accept = self._action("accept", self.accept_requested.emit)
        self._dismiss = self._action("dismiss", self.dismiss_requested.emit)
        self._thread_actions = [
            self._action("draft", self.draft_requested.emit),
            self._action("draft_options", self.options_requested.emit),
            self._action("stop", self.stop_requested.emit),
            self._action("try_now", self.draft.suggestion.wait.skip.click),
            self._action("copy_reply", self.copy_requested.emit),
            self._action("mark_sent", self.sent_requested.emit),
        ]
        self._action("next_thread", lambda: self.step_requested.emit(1))
        self._action("previous_thread", lambda: self.step_requested.emit(-1))
        self._action("find", self._on_find)
        self._action("next_pane", self._on_next_pane)
        for at, key in enumerate(PANE_KEYS):
            self._action(key, partial(self.side.show_pane, at, focus=True))
        self.addAction(self.conversation.rename)
        self.can_decide(False)

    def _action(self, key: str, do: Callable[[], None]) -> QAction:
        action = QAction(self)
        keys = [sequence(key)]
        if "Return" in (text := keys[0].toString(QKeySequence.SequenceFormat.PortableText)):
            keys.append(QKeySequence(text.replace("Return", "Enter")))  # The keypad's.
        action.setShortcuts(keys)
        # Wherever the focus is, the tab bar included: a dropped mail is drafted without a click first.
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda: do())
        self.addAction(action)
        return action

    def _connect(self) -> None:
        self.welcome.open_requested.connect(self.open_mail_dialog)
        self.welcome.paste_requested.connect(self.paste_mail)
        self.welcome.sample_requested.connect(self.sample_requested)
        foot, suggestion = self.draft.foot, self.draft.suggestion
        for source, target in (
            (foot.draft_clicked, self.draft_requested),
            (self.draft.source_notice.draft_clicked, self.draft_requested),
            (foot.options_clicked, self.options_requested),
            (foot.stop_clicked, self.stop_requested),
            (foot.copy_clicked, self.copy_requested),
            (foot.sent_clicked, self.sent_requested),
            (suggestion.accepted, self.accept_requested),
            (suggestion.dismissed, self.dismiss_requested),
            (suggestion.wait.skipped, self.skip_requested),
            (suggestion.settings_requested, self.settings_requested),
        ):
            source.connect(target)

    def _on_find(self) -> None:
        self.list.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.filter.selectAll()

    def _on_next_pane(self) -> None:
        """Threads, conversation, draft, right side, and round again."""
        panes = (
            (self.list, self.list.list if self.list.list.isVisible() else self.list.filter),
            (self.conversation, self.conversation.text),
            (self.draft, self.draft.editor),
            (self.side, self.side.tabBar()),
        )
        focus_next_pane(panes)


def _packed(split: QSplitter) -> str:
    return bytes(split.saveState().toBase64().data()).decode("ascii")
