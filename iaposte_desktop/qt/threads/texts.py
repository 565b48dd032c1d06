"""Words for states of threads, runs, steps and citations, with the icons that go with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLocale

from iaposte_desktop.application.explain import explain
from iaposte_desktop.application.labels import strength
from iaposte_desktop.domain.citations import CitationMatch
from iaposte_desktop.domain.runs import RunStatus, StepStatus
from iaposte_desktop.domain.threads import ThreadStatus
from iaposte_desktop.qt.lib.language import current_language

if TYPE_CHECKING:
    from datetime import datetime

    from iaposte_desktop.domain.runs import Run

STATUS_ICONS: Final = {
    ThreadStatus.TO_ANSWER: "inbox",
    ThreadStatus.DRAFTED: "pen-line",
    ThreadStatus.SENT: "send",
    ThreadStatus.CLOSED: "archive",
}
MATCH_SIGNS: Final = {
    CitationMatch.UNCHECKED: ("loader", ""),
    CitationMatch.EXACT: ("circle-check", "good"),
    CitationMatch.APPROXIMATE: ("circle-alert", "attention"),
    CitationMatch.NOT_FOUND: ("circle-x", "failed"),
}
STEP_SIGNS: Final = {
    StepStatus.IN_PROGRESS: ("loader", ""),
    StepStatus.COMPLETED: ("circle-check", "good"),
    StepStatus.FAILED: ("circle-x", "failed"),
    StepStatus.CANCELLED: ("square", "attention"),
}
RUN_SIGNS: Final = {
    RunStatus.COMPLETED: ("circle-check", "good"),
    RunStatus.FAILED: ("circle-x", "failed"),
    RunStatus.EXPIRED: ("circle-x", "failed"),
    RunStatus.CANCELLED: ("square", "attention"),
    RunStatus.INCOMPLETE: ("triangle-alert", "attention"),
    RunStatus.INTERRUPTED: ("triangle-alert", "attention"),
}
RUNNING_SIGN: Final = ("loader", "")


def status_text(status: ThreadStatus) -> str:
    return {
        ThreadStatus.TO_ANSWER: QCoreApplication.translate("Threads", "To answer"),
        ThreadStatus.DRAFTED: QCoreApplication.translate("Threads", "Drafted"),
        ThreadStatus.SENT: QCoreApplication.translate("Threads", "Sent"),
        ThreadStatus.CLOSED: QCoreApplication.translate("Threads", "Closed"),
    }[status]


def subject_text(subject: str) -> str:
    return subject or QCoreApplication.translate("Threads", "(no subject)")


def customer_text(name: str, email: str) -> str:
    return name or email or QCoreApplication.translate("Threads", "unknown sender")


def language_text(code: str | None) -> str:
    """A language by its own name in the interface's words; the code where it is not one of ours."""
    names = {
        "fr": QCoreApplication.translate("Threads", "French"),
        "en": QCoreApplication.translate("Threads", "English"),
    }
    return names.get(code or "", (code or "").upper())


def match_text(match: CitationMatch) -> str:
    return {
        CitationMatch.UNCHECKED: QCoreApplication.translate("Threads", "being checked"),
        CitationMatch.EXACT: QCoreApplication.translate("Threads", "exact"),
        CitationMatch.APPROXIMATE: QCoreApplication.translate("Threads", "approximate"),
        CitationMatch.NOT_FOUND: QCoreApplication.translate("Threads", "not found in the file"),
    }[match]


def score_text(score: float) -> str:
    """`strong · 0.82`."""
    words = {
        "strong": QCoreApplication.translate("Threads", "strong"),
        "good": QCoreApplication.translate("Threads", "good"),
        "weak": QCoreApplication.translate("Threads", "weak"),
    }
    return f"{words[strength(score)]} · {QLocale().toString(score, 'f', 2)}"


def run_status_text(status: RunStatus) -> str:
    return {
        RunStatus.QUEUED: QCoreApplication.translate("Threads", "waiting"),
        RunStatus.IN_PROGRESS: QCoreApplication.translate("Threads", "running"),
        RunStatus.REQUIRES_ACTION: QCoreApplication.translate("Threads", "waits for you"),
        RunStatus.CANCELLING: QCoreApplication.translate("Threads", "stopping"),
        RunStatus.CANCELLED: QCoreApplication.translate("Threads", "stopped"),
        RunStatus.COMPLETED: QCoreApplication.translate("Threads", "done"),
        RunStatus.FAILED: QCoreApplication.translate("Threads", "failed"),
        RunStatus.INCOMPLETE: QCoreApplication.translate("Threads", "incomplete"),
        RunStatus.EXPIRED: QCoreApplication.translate("Threads", "expired"),
        RunStatus.INTERRUPTED: QCoreApplication.translate("Threads", "interrupted"),
    }[status]


def step_status_text(status: StepStatus) -> str:
    return {
        StepStatus.IN_PROGRESS: QCoreApplication.translate("Threads", "running"),
        StepStatus.COMPLETED: QCoreApplication.translate("Threads", "done"),
        StepStatus.FAILED: QCoreApplication.translate("Threads", "failed"),
        StepStatus.CANCELLED: QCoreApplication.translate("Threads", "stopped"),
    }[status]


def seconds_text(start: datetime, end: datetime) -> str:
    seconds = max(0.0, (end - start).total_seconds())
    return QCoreApplication.translate("Threads", "{0} s").format(QLocale().toString(seconds, "f", 1))


def ending_text(run: Run) -> str:
    """What to say of a run that did not end well; nothing of one that did, or goes on."""
    if run.error is not None:
        return str(explain(run.error, current_language()))
    sentences = {
        RunStatus.FAILED: QCoreApplication.translate("Threads", "The run failed."),
        RunStatus.CANCELLED: QCoreApplication.translate("Threads", "You stopped it: this is the text so far."),
        RunStatus.INTERRUPTED: QCoreApplication.translate("Threads", "It was interrupted: this is the text so far."),
        RunStatus.INCOMPLETE: QCoreApplication.translate("Threads", "A limit was reached: the text is incomplete."),
        RunStatus.EXPIRED: QCoreApplication.translate("Threads", "The run expired before it ended."),
    }
    return sentences.get(run.status, "")
