"""The bin: deleted stores, to be brought back or removed for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from iaposte_desktop.qt.lib.bin_dialog import BinDialog
from iaposte_desktop.qt.vector_stores.store_delegate import StoreDelegate
from iaposte_desktop.qt.vector_stores.store_model import StoreListModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from iaposte_desktop.domain.knowledge import VectorStore


class StoreBin(BinDialog):
    """Signals carry a VectorStore."""

    restore_requested = Signal(object)
    purge_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        model = StoreListModel()
        super().__init__(model, StoreDelegate(), parent)
        self.model = model
        self.purge = QPushButton(self)
        self.add_row_button(self.purge)
        self.restore.clicked.connect(lambda: self.restore_requested.emit(model.store_at(self.chosen_row())))
        self.purge.clicked.connect(lambda: self.purge_requested.emit(model.store_at(self.chosen_row())))
        self.retranslate()

    def set_stores(self, stores: Sequence[VectorStore]) -> None:
        row = self.chosen_row()
        self.model.set_stores(stores, {})
        self.choose(row)

    def retranslate(self) -> None:
        super().retranslate()
        self.set_texts(self.tr("Deleted stores"), self.tr("Stores that you delete wait here."))
        self.purge.setText(self.tr("Delete for good…"))
        self.model.retranslate()
