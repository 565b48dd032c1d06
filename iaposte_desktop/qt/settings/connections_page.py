"""The connections: which there are at left, one of them at right, servers of this machine above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from iaposte_desktop.domain.connections import ConnectionKind
from iaposte_desktop.qt.lib.empty_state import EmptyState
from iaposte_desktop.qt.lib.fields import hairline
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.keys import bind
from iaposte_desktop.qt.lib.two_lines import TwoLineDelegate
from iaposte_desktop.qt.settings.connection_form import ConnectionForm
from iaposte_desktop.qt.settings.connection_list import BUILT_IN, ConnectionListModel
from iaposte_desktop.qt.settings.connection_test import ConnectionTestBar
from iaposte_desktop.qt.settings.local_servers import LocalServers
from iaposte_desktop.qt.settings.texts import built_in_text, kind_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.qt.settings.connection_list import ConnectionRow


class ConnectionsPage(QWidget):
    """`chosen` follows the user alone and carries a connection's id, BUILT_IN for the engine's own row;
    `add_requested` carries a ConnectionKind."""

    chosen = Signal(str)
    add_requested = Signal(object)
    remove_requested = Signal()
    default_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ConnectionListModel(self)
        self.list = QListView(self)
        self.servers = LocalServers(self)
        self.form = ConnectionForm(self)
        self.bar = ConnectionTestBar(self)
        self.about = EmptyState(self)
        self.add, self.remove, self.make_default = (QPushButton(self) for _ in range(3))
        self._current_id = BUILT_IN
        self._default_id = BUILT_IN
        self._is_setting = False
        self._make_actions()
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.remove.clicked.connect(self.remove_requested)
        self._delete.triggered.connect(self.remove.click)
        self.make_default.clicked.connect(self.default_requested)
        self.retranslate()

    def set_rows(self, rows: Sequence[ConnectionRow], default_id: str) -> None:
        self._default_id = default_id
        self._is_setting = True
        self.model.set_rows(rows, default_id)
        self._is_setting = False
        self.select(self._current_id)

    def select(self, connection_id: str) -> None:
        """Show which one is open; `chosen` stays silent."""
        self._current_id = connection_id
        row = self.model.row_of(connection_id)
        self._is_setting = True
        self.list.setCurrentIndex(QModelIndex() if row is None else self.model.index(row))
        self._is_setting = False
        self._right.setCurrentIndex(0 if connection_id == BUILT_IN else 1)
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.model.retranslate()
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._make_icons()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.list.setAccessibleName(self.tr("Connections"))
        self.add.setText(self.tr("Add"))
        for action in self._kinds:
            action.setText(kind_text(ConnectionKind(action.data())))
        self.remove.setText(self.tr("Remove…"))
        self.make_default.setText(self.tr("Make default"))
        self.make_default.setToolTip(self.tr("Assistants that name no model of their own ask the default one"))
        self.remove.setEnabled(self._current_id != BUILT_IN)
        can_be_default = self._current_id != self._default_id and self.model.is_saved(self._current_id)
        self.make_default.setEnabled(can_be_default)
        hint = self.tr(
            "It quotes your files, sends nothing anywhere and costs nothing. The program works without any connection."
        )
        purpose = self.tr(
            "A connection adds a language model that writes: at OpenAI or Azure, at a server of your company, "
            "or one that runs on this machine."
        )
        self.about.set_texts(built_in_text(), f"{hint}\n\n{purpose}", self.tr("Add a connection"))
        self._make_icons()

    def _make_actions(self) -> None:
        self._menu = QMenu(self)
        self._kinds: list[QAction] = []
        for kind in ConnectionKind:
            action = self._menu.addAction("")
            action.setData(kind)
            action.triggered.connect(lambda _=False, chosen=kind: self.add_requested.emit(chosen))
            self._kinds.append(action)
        self.add.setMenu(self._menu)
        self.about.button.setMenu(self._menu)
        for button in (self.add, self.remove, self.make_default, self.about.button):
            button.setAutoDefault(False)
        self._delete = bind(QAction(self), "delete")
        self._delete.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.list.addAction(self._delete)

    def _lay_out(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(TwoLineDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left = QWidget(self)
        left.setProperty("role", "panel")
        left.setMinimumWidth(self.fontMetrics().averageCharWidth() * 50)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.add)
        buttons.addWidget(self.remove)
        buttons.addStretch()
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 8, 12, 12)
        foot.setSpacing(8)
        foot.addLayout(buttons)
        foot.addWidget(self.make_default)
        panel = QVBoxLayout(left)
        panel.setContentsMargins(0, 0, 0, 0)
        panel.setSpacing(0)
        panel.addWidget(self.list, 1)
        panel.addLayout(foot)
        one = QWidget(self)
        column = QVBoxLayout(one)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.form, 1)
        column.addWidget(hairline(one))
        column.addWidget(self.bar)
        self._right = QStackedWidget(self)
        self._right.addWidget(self.about)
        self._right.addWidget(one)
        sides = QSplitter(self)
        sides.setChildrenCollapsible(False)
        sides.setHandleWidth(1)
        sides.addWidget(left)
        sides.addWidget(self._right)
        sides.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.servers)
        layout.addWidget(sides, 1)

    def _make_icons(self) -> None:
        self.add.setIcon(icon("plus"))
        self.remove.setIcon(icon("trash-2"))
        self.make_default.setIcon(icon("star"))

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid() and not self._is_setting:
            self.chosen.emit(self.model.id_at(current.row()))
