"""The stores as a list: a row says the name and where it is kept and, below, files, size and what failed."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from iaposte_desktop.qt.lib.foreign_text import plain_tooltip, visible
from iaposte_desktop.qt.vector_stores.places import Place
from iaposte_desktop.qt.vector_stores.texts import store_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iaposte_desktop.domain.knowledge import VectorStore

Index = QModelIndex | QPersistentModelIndex


class StoreRole(IntEnum):
    STORE = Qt.ItemDataRole.UserRole
    PLACE = Qt.ItemDataRole.UserRole + 1


class StoreListModel(QAbstractListModel):
    """Editing a row renames nothing by itself: `rename_requested` carries the store's id and the name asked for."""

    rename_requested = Signal(str, str)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._stores: list[VectorStore] = []
        self._places: Mapping[str, Place] = {}

    def set_stores(self, stores: Sequence[VectorStore], places: Mapping[str, Place]) -> None:
        """Rows whose store stands at the same place of the list are updated; any other difference resets it. `places`
        by provider."""
        have_moved, self._places = self._places != places, dict(places)
        if [store.id for store in stores] == [store.id for store in self._stores]:
            for row, (old, new) in enumerate(zip(self._stores, stores, strict=True)):
                if old != new or have_moved:
                    self._stores[row] = new
                    self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginResetModel()
        self._stores = list(stores)
        self.endResetModel()

    def retranslate(self) -> None:
        if self._stores:
            self.dataChanged.emit(self.index(0), self.index(len(self._stores) - 1))

    def row_of(self, store_id: str) -> int | None:
        return next((row for row, store in enumerate(self._stores) if store.id == store_id), None)

    def store_at(self, row: int) -> VectorStore:
        return self._stores[row]

    def place_of(self, store: VectorStore) -> Place:
        return self._places.get(store.provider) or Place(store.provider)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature.
        return 0 if parent.isValid() else len(self._stores)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        store = self._stores[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return visible(store.name)
        if role == Qt.ItemDataRole.EditRole:
            return store.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{store.name}\n{store_text(store, self.place_of(store))}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{visible(store.name)}, {store_text(store, self.place_of(store))}"
        if role == StoreRole.PLACE:
            return self.place_of(store)
        return store if role == StoreRole.STORE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        store = self._stores[index.row()]
        name = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not name or name == store.name:
            return False
        self.rename_requested.emit(store.id, name)
        return True
