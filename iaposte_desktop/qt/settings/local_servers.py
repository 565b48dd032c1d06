"""One quiet line for each server that was found on this machine, with a button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from iaposte_desktop.qt.lib.fields import StatusLine
from iaposte_desktop.qt.settings.texts import server_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.domain.connections import LocalServer


class LocalServers(QWidget):
    """`chosen` carries a LocalServer. Hidden while there is none."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ServerRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 8, 16, 8)
        self._column.setSpacing(4)
        self.hide()

    def buttons(self) -> list[QPushButton]:
        return [row.use for row in self._rows]

    def set_servers(self, servers: Sequence[LocalServer]) -> None:
        if [row.server for row in self._rows] == list(servers):
            return
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [ServerRow(server, self) for server in servers]
        for row in self._rows:
            self._column.addWidget(row)
            row.use.clicked.connect(lambda _=False, chosen=row.server: self.chosen.emit(chosen))
        self.setVisible(bool(servers))


class ServerRow(QWidget):
    def __init__(self, server: LocalServer, parent: QWidget) -> None:
        super().__init__(parent)
        self.server = server
        self._line = StatusLine(self)
        self.use = QPushButton(self)
        self.use.setAutoDefault(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._line, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.use)
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self._line.say(server_text(self.server))
        self.use.setText(self.tr("Use it"))
        self.use.setAccessibleName(self.tr("Use {0}").format(self.server.name))
