"""The status bar: which model answers and where it runs, what this thread used, and how many tasks run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QStatusBar, QToolButton, QWidget

from iaposte_desktop.qt.lib.amounts import usage_text
from iaposte_desktop.qt.lib.foreign_text import PlainLabel
from iaposte_desktop.qt.lib.icons import icon

if TYPE_CHECKING:
    from iaposte_desktop.domain.usage import Cost, Usage


class ThreadUse(Protocol):
    """What the open thread runs on, and what it used so far."""

    @property
    def model(self) -> str: ...
    @property
    def is_remote(self) -> bool: ...
    @property
    def is_language_model(self) -> bool: ...
    @property
    def usage(self) -> Usage: ...
    @property
    def cost(self) -> Cost: ...


class StatusBar(QStatusBar):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._place = QLabel(self)
        self._model = PlainLabel(parent=self)
        self._usage = PlainLabel(parent=self)
        self._usage.setProperty("role", "quiet")
        self.tasks = QToolButton(self)
        self.tasks.setAutoRaise(True)
        self.tasks.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.addWidget(self._place)
        self.addWidget(self._model)
        self.addPermanentWidget(self._usage)
        self.addPermanentWidget(self.tasks)
        self._running = 0
        self._shown: tuple[str, bool, bool] | None = None
        self._is_of_thread = False
        self._used: tuple[Usage, Cost] | None = None
        self.retranslate()

    def show_summary(self, summary: ThreadUse) -> None:
        self._is_of_thread = True
        self.show_model(summary.model, is_remote=summary.is_remote, is_language_model=summary.is_language_model)
        self.show_usage(summary.usage, summary.cost)

    def show_first_model(self, model: str, *, is_remote: bool, is_language_model: bool) -> None:
        """What a draft would run on, until a thread says so itself."""
        if not self._is_of_thread:
            self.show_model(model, is_remote=is_remote, is_language_model=is_language_model)

    def show_model(self, model: str, *, is_remote: bool, is_language_model: bool) -> None:
        self._shown = (model, is_remote, is_language_model)
        self._show_model()

    def show_usage(self, usage: Usage, cost: Cost) -> None:
        """Of the open thread, all its runs together."""
        self._used = (usage, cost)
        self._show_usage()

    def show_running(self, tasks: int) -> None:
        self._running = tasks
        self._show_running()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._show_model()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self._model.setAccessibleName(self.tr("Model"))
        self._usage.setAccessibleName(self.tr("Tokens and cost of this thread"))
        self._show_model()
        self._show_usage()
        self._show_running()

    def _show_model(self) -> None:
        if self._shown is None:
            self._model.setText(self.tr("Opening…"))
            return
        model, is_remote, is_language_model = self._shown
        place = self.tr("Cloud") if is_remote else self.tr("This machine")
        self._place.setPixmap(icon("cloud" if is_remote else "monitor").pixmap(16, 16))
        note = "" if is_language_model else self.tr("no language model: quotes your files")
        self._model.setText(" · ".join(filter(None, (place, model, note))))

    def _show_usage(self) -> None:
        if self._used is None or self._used[0].total_tokens == 0:
            self._usage.setText("")
            return
        self._usage.setText(usage_text(*self._used))

    def _show_running(self) -> None:
        self.tasks.setText(self.tr("%n task(s)", "", self._running) if self._running else self.tr("Tasks"))
