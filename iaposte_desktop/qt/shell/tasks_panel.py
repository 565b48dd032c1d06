"""The tasks panel: uploads and drafts of all tabs, with progress, reason, cancel and retry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from iaposte_desktop.domain.tasks import TaskKind, TaskStatus
from iaposte_desktop.qt.lib.counts import COUNTS
from iaposte_desktop.qt.lib.empty_state import EmptyState
from iaposte_desktop.qt.lib.foreign_text import PlainLabel
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.theme import colours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.domain.tasks import Task

_SHOWN = 50


class TaskRow(QFrame):
    """One task; `update_task` repaints only what changed."""

    cancel_requested = Signal(str)
    retry_requested = Signal(object)

    def __init__(self, task: Task, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task = task
        self._icon = PlainLabel(parent=self)
        self._title = PlainLabel(parent=self)
        self._state = PlainLabel(parent=self)
        self._state.setProperty("role", "caption")
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setMaximumHeight(self.fontMetrics().height() // 2)
        self._cancel = QToolButton(self)
        self._cancel.clicked.connect(lambda: self.cancel_requested.emit(self._task.id))
        self._retry = QToolButton(self)
        self._retry.clicked.connect(lambda: self.retry_requested.emit(self._task))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._title)
        texts.addWidget(self._state)
        texts.addWidget(self._bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.addWidget(self._icon)
        layout.addLayout(texts, 1)
        layout.addWidget(self._retry)
        layout.addWidget(self._cancel)
        self.retranslate()

    def update_task(self, task: Task) -> None:
        self._task = task
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self._cancel.setToolTip(self.tr("Cancel"))
        self._cancel.setAccessibleName(self.tr("Cancel"))
        self._cancel.setIcon(icon("x"))
        self._retry.setToolTip(self.tr("Try what failed again"))
        self._retry.setAccessibleName(self.tr("Try what failed again"))
        self._retry.setIcon(icon("rotate-ccw"))
        self._bar.setAccessibleName(self.tr("Progress"))
        self._show()

    def _show(self) -> None:
        task = self._task
        self._title.setText(self._title_text(task))
        self._state.setText(self._state_text(task))
        name, colour = self._sign(task)
        self._icon.setPixmap(icon(name, colour).pixmap(16, 16))
        is_running = not task.is_over
        self._cancel.setVisible(is_running)
        self._bar.setVisible(is_running)
        has_failed = task.is_over and (task.failed > 0 or task.status is TaskStatus.FAILED)
        was_stopped = task.kind is TaskKind.EMBED and task.status is TaskStatus.CANCELLED
        is_repeatable = task.kind not in (TaskKind.EXPORT, TaskKind.IMPORT)
        self._retry.setVisible((has_failed and is_repeatable) or was_stopped)
        self._bar.setRange(0, task.total or 0)
        self._bar.setValue(task.done)

    def _title_text(self, task: Task) -> str:
        words = {
            TaskKind.UPLOAD: self.tr("Files into “{0}”"),
            TaskKind.COPY: self.tr("Copy into “{0}”"),
            TaskKind.EXPORT: self.tr("Export of “{0}”"),
            TaskKind.IMPORT: self.tr("Import of “{0}”"),
            TaskKind.EMBED: self.tr("Meaning of “{0}”"),
            TaskKind.DRAFT: self.tr("Draft for “{0}”"),
        }
        return words[task.kind].format(task.subject)

    def _state_text(self, task: Task) -> str:
        words = {
            TaskStatus.RUNNING: self.tr("under way"),
            TaskStatus.COMPLETED: self.tr("done"),
            TaskStatus.FAILED: self.tr("failed"),
            TaskStatus.CANCELLED: self.tr("cancelled"),
            TaskStatus.INTERRUPTED: self.tr("interrupted"),
        }
        parts = [words[task.status]]
        if task.total is not None:
            parts.append(self.tr("{0} of {1}").format(task.done, task.total))
        if task.failed:
            parts.append(COUNTS.failed(task.failed))
        return " · ".join(parts)

    def _sign(self, task: Task) -> tuple[str, str]:
        now = colours()
        if task.status is TaskStatus.COMPLETED and not task.failed:
            return "circle-check", now.good
        if task.status is TaskStatus.RUNNING:
            return "loader", now.accent
        if task.status is TaskStatus.FAILED:
            return "circle-x", now.failed
        return "circle-alert", now.attention


class TasksPanel(QWidget):
    cancel_requested = Signal(str)
    retry_requested = Signal(object)
    clear_requested = Signal()
    running_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, TaskRow] = {}
        self._running: set[str] = set()
        self._empty = EmptyState(self)
        self._list = QWidget(self)
        self._layout = QVBoxLayout(self._list)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addStretch()
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._list)
        self._clear = QPushButton(self)
        self._clear.clicked.connect(self._on_clear)
        filled = QWidget(self)
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 8)
        column.addWidget(scroll, 1)
        column.addWidget(self._clear, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(filled)
        self.retranslate()

    def show_tasks(self, tasks: Sequence[Task]) -> None:
        """All of them, newest first."""
        for task in reversed(tasks[:_SHOWN]):
            self.show_task(task)

    def show_task(self, task: Task) -> None:
        row = self._rows.get(task.id)
        if row is None:
            row = self._rows[task.id] = TaskRow(task, self._list)
            row.cancel_requested.connect(self.cancel_requested)
            row.retry_requested.connect(self.retry_requested)
            self._layout.insertWidget(0, row)
            self._drop_oldest()
        else:
            row.update_task(task)
        before = len(self._running)
        (self._running.discard if task.is_over else self._running.add)(task.id)
        if len(self._running) != before:
            self.running_changed.emit(len(self._running))
        self._stack.setCurrentIndex(1)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self._empty.set_texts(
            self.tr("Nothing is running"), self.tr("Uploads, copies and drafts appear here, with their progress.")
        )
        self._clear.setText(self.tr("Clear what is done"))

    def _on_clear(self) -> None:
        for task_id in [key for key in self._rows if key not in self._running]:
            self._remove(task_id)
        self._stack.setCurrentIndex(1 if self._rows else 0)
        self.clear_requested.emit()

    def _drop_oldest(self) -> None:
        over = [key for key in self._rows if key not in self._running][: max(0, len(self._rows) - _SHOWN)]
        for task_id in over:
            self._remove(task_id)

    def _remove(self, task_id: str) -> None:
        row = self._rows.pop(task_id)
        self._layout.removeWidget(row)
        row.deleteLater()
