"""The left of the tab: filter, threads, what was refused, and what to do while there is nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView, QVBoxLayout, QWidget

from iaposte_desktop.qt.lib.foreign_text import PlainLabel
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.keys import bind, with_key
from iaposte_desktop.qt.lib.theme import colours
from iaposte_desktop.qt.threads.list_delegate import ThreadDelegate
from iaposte_desktop.qt.threads.list_model import SectionRow, ThreadListModel, ThreadRole
from iaposte_desktop.qt.threads.notice import MailNotice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from iaposte_desktop.domain.threads import ThreadStatus, ThreadSummary

_AGES_GROW_MS = 60_000


class FilterBox(QLineEdit):
    """Escape empties it; down goes to the list."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return) and not event.modifiers():
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ThreadListView(QListView):
    """Sections fold with a click, Return, Space, Left and Right."""

    toggled = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().data(ThreadRole.ROW)
        if isinstance(row, SectionRow) and not event.modifiers():
            folds = {Qt.Key.Key_Left: True, Qt.Key.Key_Right: False}.get(Qt.Key(event.key()))
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Space) or folds is row.is_expanded:
                self.toggled.emit(row.status)
                return
        super().keyPressEvent(event)


class ListPane(QWidget):
    thread_selected = Signal(str)
    delete_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = ThreadListModel(self)
        self.filter = FilterBox(self)
        self.filter.setClearButtonEnabled(True)
        self.list = ThreadListView(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(ThreadDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delete = bind(QAction(self.list), "delete")
        self._delete.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._delete.triggered.connect(self._on_delete)
        self.list.addAction(self._delete)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.nothing = PlainLabel(parent=self)
        self.nothing.setProperty("role", "quiet")
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.notice = MailNotice(self)
        self._selected: str | None = None
        self._is_changing = False
        self._filter_icon = self.filter.addAction(icon("funnel"), QLineEdit.ActionPosition.LeadingPosition)
        self._lay_out()
        self._ages = QTimer(self)
        self._ages.setInterval(_AGES_GROW_MS)
        self._ages.timeout.connect(self.list.viewport().update)
        self._ages.start()
        self.filter.textChanged.connect(self._on_filter)
        self.filter.left.connect(self.list.setFocus)
        self.list.toggled.connect(self._on_toggled)
        self.list.clicked.connect(self._on_clicked)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.retranslate()
        self._show_state()

    def show_threads(self, summaries: Sequence[ThreadSummary]) -> None:
        self._changing(lambda: self.model.set_summaries(summaries))

    def show_writing(self, thread_ids: frozenset[str]) -> None:
        self._changing(lambda: self.model.set_writing(thread_ids))

    def select(self, thread_id: str | None) -> None:
        """Mark the row, if it is shown, without telling anyone."""
        self._selected = thread_id
        self._mark_selected()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._filter_icon.setIcon(icon("funnel", colours().quiet))
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.filter.setPlaceholderText(self.tr("Filter threads"))
        self.filter.setAccessibleName(self.tr("Filter threads"))
        self.filter.setToolTip(with_key(self.tr("Filter by subject, customer or text"), "find"))
        self.list.setAccessibleName(self.tr("Threads"))
        self._delete.setText(self.tr("Delete thread"))
        self._show_state()

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(8, 8, 8, 4)
        top.addWidget(self.filter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.nothing, 1)
        layout.addWidget(self.notice)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 26)

    def _changing(self, change: Callable[[], None]) -> None:
        """A reset forgets current row and scroll position; neither is the reader's wish."""
        bar = self.list.verticalScrollBar()
        at = bar.value()
        self._is_changing = True
        change()
        self._mark_selected()
        self._is_changing = False
        bar.setValue(at)
        self._show_state()

    def _mark_selected(self) -> None:
        index = self.model.index_of(self._selected) if self._selected else QModelIndex()
        if index != self.list.currentIndex():
            was_changing, self._is_changing = self._is_changing, True
            self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self._is_changing = was_changing

    def _show_state(self) -> None:
        self.list.setVisible(self.model.has_matches())
        self.nothing.setVisible(not self.model.has_matches())
        is_filtered = bool(self.filter.text()) and not self.model.is_empty()
        self.nothing.setText(
            self.tr("No thread matches this filter.") if is_filtered else self.tr("Threads appear here.")
        )

    def _on_filter(self, text: str) -> None:
        self._changing(lambda: self.model.set_filter(text))

    def _on_toggled(self, status: ThreadStatus) -> None:
        row = self.list.currentIndex().row()
        self._changing(lambda: self.model.toggle(status))
        # The heading itself stays current, for the next key.
        self.list.selectionModel().setCurrentIndex(self.model.index(row), QItemSelectionModel.SelectionFlag.NoUpdate)

    def _on_clicked(self, index: QModelIndex) -> None:
        row = index.data(ThreadRole.ROW)
        if isinstance(row, SectionRow):
            self._on_toggled(row.status)

    def _on_current(self, index: QModelIndex) -> None:
        thread_id = index.data(ThreadRole.THREAD_ID)
        if thread_id and thread_id != self._selected and not self._is_changing:
            self._selected = thread_id
            self.thread_selected.emit(thread_id)

    def _on_delete(self) -> None:
        thread_id = self.list.currentIndex().data(ThreadRole.THREAD_ID)
        if thread_id:
            self.delete_requested.emit(thread_id)
