"""The list of found passages, as the trial search and the lab show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QListView

from iaposte_desktop.qt.vector_stores.passage_delegate import PassageDelegate

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from iaposte_desktop.qt.vector_stores.passage_model import PassageListModel


class PassageList(QListView):
    def __init__(self, model: PassageListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(PassageDelegate(self))
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
