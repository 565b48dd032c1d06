"""The versions of an assistant: what each changed, compared with any other, and the way back to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from iaposte_desktop.application.version_diff import diff_settings
from iaposte_desktop.qt.assistants.diff_view import DiffView
from iaposte_desktop.qt.assistants.version_model import VersionListModel, version_title
from iaposte_desktop.qt.lib.fields import Choice
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.theme import colours
from iaposte_desktop.qt.lib.two_lines import TwoLineDelegate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from iaposte_desktop.domain.assistants import AssistantVersion


class HistoryDialog(QDialog):
    """`versions` newest first, at least one. `restore_requested` carries a version's number."""

    restore_requested = Signal(int)

    def __init__(
        self,
        name: str,
        versions: Sequence[AssistantVersion],
        store_names: Mapping[str, str],
        now: datetime,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._versions = tuple(versions)
        self.model = VersionListModel(versions, now, self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(TwoLineDelegate(self.list))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.against_label = QLabel(self)
        self.against = Choice(self)
        self.against_label.setBuddy(self.against)
        self.diff = DiffView(store_names)
        self.restore = QPushButton(self)
        self.restore.setProperty("role", "primary")
        self.close_button = QPushButton(self)
        for button in (self.restore, self.close_button):
            button.setAutoDefault(False)
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._on_version)
        self.against.currentIndexChanged.connect(self._compare)
        self.restore.clicked.connect(lambda: self.restore_requested.emit(self._chosen().number))
        self.close_button.clicked.connect(self.reject)
        self.list.setCurrentIndex(self.model.index(0))
        self.retranslate()
        self.list.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self.restore.setIcon(icon("rotate-ccw", colours().on_accent))
            self._compare()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("History of {0}").format(self._name))
        self.list.setAccessibleName(self.tr("Versions"))
        self.diff.setAccessibleName(self.tr("What differs"))
        self.against_label.setText(self.tr("Compared with"))
        self.close_button.setText(self.tr("Close"))
        self._on_version()

    def _lay_out(self) -> None:
        character, line = self.fontMetrics().averageCharWidth(), self.fontMetrics().lineSpacing()
        self.diff.setMinimumWidth(character * 44)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(16, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.against_label)
        head.addWidget(self.against, 1)
        column.addLayout(head)
        column.addWidget(self.diff, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.addWidget(self.list)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        self.list.setMinimumWidth(character * 26)
        splitter.setSizes([character * 34, character * 76])
        foot = QHBoxLayout()
        foot.addWidget(self.restore)
        foot.addStretch()
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(splitter, 1)
        layout.addLayout(foot)
        self.resize(character * 116, line * 32)

    def _chosen(self) -> AssistantVersion:
        return self.model.version_at(max(self.list.currentIndex().row(), 0))

    def _on_version(self) -> None:
        """Offer every other version to compare with; the one before it first."""
        chosen = self._chosen()
        is_current = chosen is self._versions[0]
        self.restore.setEnabled(not is_current)
        self.restore.setText(self.tr("Restore version {0}").format(chosen.number))
        self.restore.setToolTip(
            self.tr("This is the current version")
            if is_current
            else self.tr("Makes version {0} with these settings; nothing is taken back").format(
                self._versions[0].number + 1
            )
        )
        self.restore.setIcon(icon("rotate-ccw", colours().on_accent))
        others = [version for version in self._versions if version is not chosen]
        was_blocked = self.against.blockSignals(True)
        self.against.clear()
        for version in others:
            self.against.addItem(version_title(version), version.number)
        before = next((row for row, version in enumerate(others) if version.number < chosen.number), 0)
        self.against.setCurrentIndex(before if others else -1)
        self.against.setEnabled(bool(others))
        self.against.blockSignals(was_blocked)
        self._compare()

    def _compare(self) -> None:
        number = self.against.currentData()
        other = next((version for version in self._versions if version.number == number), None)
        if other is None:
            self.diff.show_text(self.tr("This is the only version: nothing to compare it with yet."))
        else:
            self.diff.show_differences(diff_settings(other.settings, self._chosen().settings))
