"""What a row of the thread list says about its draft: that one is being written, or is there."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from iaposte_desktop.domain.threads import ThreadStatus

if TYPE_CHECKING:
    from iaposte_desktop.domain.threads import ThreadSummary


class Badge(StrEnum):
    WRITING = "writing"
    DRAFT = "draft"


BADGE_ICONS: Final = {Badge.WRITING: "loader", Badge.DRAFT: "pen-line"}


def badge_of(summary: ThreadSummary, *, is_writing: bool) -> Badge | None:
    if is_writing:
        return Badge.WRITING
    is_open = summary.thread.status in (ThreadStatus.TO_ANSWER, ThreadStatus.DRAFTED)
    return Badge.DRAFT if summary.has_draft and is_open else None


def badge_text(badge: Badge) -> str:
    return {
        Badge.WRITING: QCoreApplication.translate("Threads", "writing…"),
        Badge.DRAFT: QCoreApplication.translate("Threads", "draft"),
    }[badge]
