"""Left: the assistants, a search over them, and what can be made, brought in or done with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from iaposte_desktop.application.templates import Template, template_description, template_name
from iaposte_desktop.qt.assistants.list_model import AssistantListModel
from iaposte_desktop.qt.lib.empty_state import EmptyState
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.keys import bind, with_key
from iaposte_desktop.qt.lib.language import current_language
from iaposte_desktop.qt.lib.two_lines import TwoLineDelegate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from iaposte_desktop.domain.assistants import Assistant


class AssistantList(QWidget):
    """`chosen` follows the user alone and carries an assistant's id, as do the signals that ask for something to be
    done with it; `template_requested` carries a Template."""

    chosen = Signal(str)
    empty_requested = Signal()
    template_requested = Signal(object)
    import_requested = Signal()
    duplicate_requested = Signal(str)
    export_requested = Signal(str)
    default_requested = Signal(str)
    delete_requested = Signal(str)
    bin_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.model = AssistantListModel(self)
        self.heading = QLabel(self)
        self.heading.setProperty("role", "heading")
        self.more = QToolButton(self)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.search = _Search(self)
        self.list = _Rows(self)
        self.empty = EmptyState(self)
        self.new = QPushButton(self)
        self.bring_in = QPushButton(self)
        self._current_id = ""
        self._pointed_id = ""
        self._is_setting = False
        self._is_ready = False
        self._make_actions()
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def actions_on_one(self) -> list[QAction]:
        return [self.duplicate, self.export, self.make_default, self.delete]

    def set_ready(self) -> None:
        """The program is open."""
        self._is_ready = True
        self.retranslate()

    def set_assistants(self, assistants: Sequence[Assistant], default_id: str, now: datetime) -> None:
        self._quietly(lambda: self.model.set_assistants(assistants, default_id, now))
        self._show_current()

    def select(self, assistant_id: str) -> None:
        """Show which one is open; `chosen` stays silent. Nothing for none."""
        self._current_id = assistant_id
        self._show_current()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._make_icons()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.heading.setText(self.tr("Assistants"))
        self.list.setAccessibleName(self.tr("Assistants"))
        self.more.setAccessibleName(self.tr("More about assistants"))
        self.more.setToolTip(self.tr("More about assistants"))
        self.search.setPlaceholderText(self.tr("Search…"))
        self.search.setAccessibleName(self.tr("Search the assistants"))
        self.search.setToolTip(with_key(self.tr("Search the assistants"), "find"))
        self.new.setText(self.tr("New"))
        self.new.setToolTip(self.tr("New assistant, empty or from a template"))
        self.bring_in.setText(self.tr("Import…"))
        self.bring_in.setToolTip(self.tr("From an exported file, or the JSON of an old asst_… assistant"))
        self._empty_action.setText(self.tr("Empty assistant"))
        language = current_language()
        for action, template in zip(self._template_actions, Template, strict=True):
            action.setText(f"{template_name(template, language)} – {template_description(template, language)}")
        self.duplicate.setText(self.tr("Duplicate"))
        self.export.setText(self.tr("Export…"))
        self.make_default.setText(self.tr("Use by default"))
        self.delete.setText(self.tr("Delete"))
        self.deleted.setText(self.tr("Deleted assistants…"))
        self._import_action.setText(self.tr("Import…"))
        self.model.retranslate()
        self._make_icons()
        self._enable()

    def _make_actions(self) -> None:
        self._new_menu = QMenu(self)
        self._empty_action = self._new_menu.addAction("")
        self._new_menu.addSeparator()
        self._template_actions = [self._new_menu.addAction("") for _ in Template]
        self.new.setMenu(self._new_menu)
        self.duplicate, self.export, self.make_default = (QAction(self) for _ in range(3))
        self.delete = bind(QAction(self), "delete")
        self.delete.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.list.addAction(self.delete)
        self._menu = QMenu(self)
        self._menu.addActions(self.actions_on_one)
        self.deleted, self._import_action = QAction(self), QAction(self)
        more = QMenu(self)
        more.addActions([self._import_action, self.deleted])
        self.more.setMenu(more)

    def _lay_out(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(TwoLineDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.search.setClearButtonEnabled(True)
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 8, 4)
        head.addWidget(self.heading, 1)
        head.addWidget(self.more)
        find = QHBoxLayout()
        find.setContentsMargins(12, 0, 12, 8)
        find.addWidget(self.search)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 12)
        foot.setSpacing(8)
        foot.addWidget(self.new)
        foot.addWidget(self.bring_in, 1)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(find)
        layout.addLayout(self._stack, 1)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.customContextMenuRequested.connect(self._on_context_menu)
        # A menu hides before its action is triggered.
        self._menu.aboutToHide.connect(lambda: QTimer.singleShot(0, self, self._forget_pointed))
        self.search.textChanged.connect(self._on_search)
        self.search.left.connect(self.list.setFocus)
        self._empty_action.triggered.connect(self.empty_requested)
        for action, template in zip(self._template_actions, Template, strict=True):
            action.triggered.connect(lambda _=False, chosen=template: self.template_requested.emit(chosen))
        for source in (self.bring_in.clicked, self._import_action.triggered):
            source.connect(self.import_requested)
        for action, signal in (
            (self.duplicate, self.duplicate_requested),
            (self.export, self.export_requested),
            (self.make_default, self.default_requested),
            (self.delete, self.delete_requested),
        ):
            action.triggered.connect(lambda _=False, asked=signal: self._ask(asked))
        self.deleted.triggered.connect(self.bin_requested)

    def _make_icons(self) -> None:
        targets: tuple[tuple[QAction | QAbstractButton, str], ...] = (
            (self.more, "ellipsis"),
            (self.new, "plus"),
            (self.bring_in, "upload"),
            (self._import_action, "upload"),
            (self._empty_action, "bot"),
            (self.duplicate, "copy-plus"),
            (self.export, "download"),
            (self.make_default, "star"),
            (self.delete, "trash-2"),
            (self.deleted, "history"),
            *((action, "layout-template") for action in self._template_actions),
        )
        for target, name in targets:
            target.setIcon(icon(name))

    def _enable(self) -> None:
        for control in (self.new, self.bring_in, self.more, self.search):
            control.setEnabled(self._is_ready)
        for action in self.actions_on_one:
            action.setEnabled(bool(self._current_id))
        self._stack.setCurrentIndex(1 if self.model.rowCount() else 0)
        if self.model.is_filtered:
            self.empty.set_texts(self.tr("Nothing found"), self.tr("No assistant has these words."))
        elif self._is_ready:
            self.empty.set_texts(
                self.tr("No assistant yet"),
                self.tr("An assistant says how replies are written, and from which files. Begin with a template."),
            )
        else:
            self.empty.set_texts("", self.tr("Opening…"))

    def _on_search(self, text: str) -> None:
        self._quietly(lambda: self.model.set_filter(text))
        self._show_current()

    def _show_current(self) -> None:
        row = self.model.row_of(self._current_id)
        index = QModelIndex() if row is None else self.model.index(row)
        self._quietly(lambda: self.list.setCurrentIndex(index))
        self._enable()

    def _quietly(self, change: Callable[[], None]) -> None:
        self._is_setting = True
        try:
            change()
        finally:
            self._is_setting = False

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid() and not self._is_setting:
            self.chosen.emit(self.model.assistant_at(current.row()).id)

    def _on_context_menu(self, at: QPoint) -> None:
        """For the row under the pointer, which need not be the one that is open."""
        index = self.list.indexAt(at)
        if index.isValid():
            self._pointed_id = self.model.assistant_at(index.row()).id
            self._menu.popup(self.list.viewport().mapToGlobal(at))

    def _forget_pointed(self) -> None:
        self._pointed_id = ""

    def _ask(self, signal: SignalInstance) -> None:
        assistant_id = self._pointed_id or self._current_id
        if assistant_id:
            signal.emit(assistant_id)


class _Rows(QListView):
    """The right button asks about a row; it does not open it."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.RightButton:
            super().mousePressEvent(event)


class _Search(QLineEdit):
    """Esc empties it and gives the keyboard back to the list, as does the arrow down."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.left.emit()
        else:
            super().keyPressEvent(event)
