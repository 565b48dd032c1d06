"""What those who do not see the screen are told of runs: each wait once, and how it ended."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from iaposte_desktop.domain.runs import RunStatus
from iaposte_desktop.qt.threads.run_texts import wait_announcement
from iaposte_desktop.qt.threads.texts import ending_text

if TYPE_CHECKING:
    from iaposte_desktop.domain.runs import Run


class RunNews(QObject):
    """`told` carries a sentence; `draft_ready` the Run that wrote it."""

    told = Signal(str)
    draft_ready = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._told_wait = ""

    def hear(self, run: Run) -> None:
        if run.status is RunStatus.COMPLETED:
            self.told.emit(self.tr("The draft is ready."))
            self.draft_ready.emit(run)
        elif run.status.is_terminal:
            self.told.emit(ending_text(run))
        elif (wait := run.waiting) is not None and wait.id != self._told_wait:
            self._told_wait = wait.id
            self.told.emit(wait_announcement(wait, datetime.now(UTC)))
