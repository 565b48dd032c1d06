from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from iaposte_desktop.qt.settings.price_model import PriceModel

if TYPE_CHECKING:
    from iaposte_desktop.qt.lib.two_lines import Index


class ProviderDelegate(QStyledItemDelegate):
    """Chosen from a list: kinds of connections, and the connections there are."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002  # Qt's signature.
        editor = QComboBox(parent)
        model = index.model()
        assert isinstance(model, PriceModel)
        names = dict(model.providers)
        current = index.data(Qt.ItemDataRole.EditRole)
        names.setdefault(current, current)
        for value, name in names.items():
            editor.addItem(name, value)
        editor.setAccessibleName(self.tr("Provider"))
        editor.activated.connect(lambda: self.commitData.emit(editor))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QComboBox)
        model.setData(index, editor.currentData())
