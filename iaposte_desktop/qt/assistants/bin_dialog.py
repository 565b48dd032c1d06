"""The bin: deleted assistants, to be brought back with all their versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from iaposte_desktop.qt.assistants.list_model import AssistantListModel
from iaposte_desktop.qt.lib.bin_dialog import BinDialog
from iaposte_desktop.qt.lib.two_lines import TwoLineDelegate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from iaposte_desktop.domain.assistants import Assistant


class AssistantBin(BinDialog):
    """The signal carries an assistant's id."""

    restore_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        model = AssistantListModel()
        super().__init__(model, TwoLineDelegate(), parent)
        self.model = model
        self.restore.clicked.connect(lambda: self.restore_requested.emit(model.assistant_at(self.chosen_row()).id))
        self.retranslate()

    def set_assistants(self, assistants: Sequence[Assistant], now: datetime) -> None:
        row = self.chosen_row()
        self.model.set_assistants(assistants, "", now)
        self.choose(row)

    def retranslate(self) -> None:
        super().retranslate()
        self.set_texts(self.tr("Deleted assistants"), self.tr("Assistants that you delete wait here."))
        self.model.retranslate()
