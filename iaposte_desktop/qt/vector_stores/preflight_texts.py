"""Words for a look at files: what each is, what becomes of it, and what all of them come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLocale, QObject

from iaposte_desktop.application.explain import explain_file
from iaposte_desktop.application.labels import personal_data
from iaposte_desktop.application.preflight import Choice, Finding
from iaposte_desktop.qt.lib.amounts import tokens_text
from iaposte_desktop.qt.lib.foreign_text import visible
from iaposte_desktop.qt.lib.language import current_language

if TYPE_CHECKING:
    from iaposte_desktop.application.preflight import Candidate, Summary
    from iaposte_desktop.domain.usage import Cost


class LookCounts(QObject):
    def added(self, count: int) -> str:
        return self.tr("%Ln file(s) will be added", "", count)

    def unreadable(self, count: int) -> str:
        return self.tr("%Ln cannot be read", "", count)

    def present(self, count: int) -> str:
        return self.tr("%Ln already there", "", count)

    def skipped(self, count: int) -> str:
        return self.tr("%Ln left out", "", count)

    def scanned(self, count: int) -> str:
        return self.tr("%Ln page(s) without text", "", count)


_COUNTS: Final = LookCounts()


def summary_text(summary: Summary) -> str:
    """`287 files will be added · 9 cannot be read · ≈ 1.2 M tokens · 31 e-mail addresses`."""
    parts = [_COUNTS.added(summary.added)]
    if summary.unreadable:
        parts.append(_COUNTS.unreadable(summary.unreadable))
    if summary.present:
        parts.append(_COUNTS.present(summary.present))
    if summary.skipped:
        parts.append(_COUNTS.skipped(summary.skipped))
    if summary.tokens:
        parts.append(tokens_text(summary.tokens, estimated=True))
    parts.append(personal_data(summary.personal_data, current_language()))
    return " · ".join(filter(None, parts))


def storage_text(cost: Cost) -> str:
    """What a hosted store asks for keeping the files."""
    if cost.usd is None:
        return QCoreApplication.translate("Preflight", "What it costs to keep them there is not known.")
    if not cost.usd:
        return QCoreApplication.translate("Preflight", "Keeping them there costs nothing more.")
    daily = QLocale().toString(float(cost.usd), "f", 2)
    return QCoreApplication.translate("Preflight", "Keeping them there costs about {0} $ a day.").format(daily)


def finding_text(candidate: Candidate) -> str:
    match candidate.finding:
        case Finding.UNREADABLE:
            return _reason(candidate)[0]
        case Finding.TWICE:
            text = QCoreApplication.translate("Preflight", "the same as “{0}” in this list")
            return text.format(visible(candidate.twin))
        case Finding.PRESENT:
            return QCoreApplication.translate("Preflight", "already there as “{0}”").format(_like(candidate))
        case Finding.OTHER_CONTENT:
            return QCoreApplication.translate("Preflight", "another version of “{0}”").format(_like(candidate))
        case Finding.NEW:
            if not candidate.report.is_read:
                return QCoreApplication.translate("Preflight", "taken as it is: this machine cannot read its type")
            scanned = candidate.report.scanned_pages
            return _COUNTS.scanned(scanned) if scanned else QCoreApplication.translate("Preflight", "good")


def tooltip_text(candidate: Candidate) -> str:
    """The whole path, what can be done about a problem, and how the text begins."""
    opening = f"« {candidate.report.opening} »" if candidate.report.opening else ""
    return "\n".join(filter(None, (str(candidate.report.path), *_reason(candidate), opening)))


def choice_text(choice: Choice) -> str:
    words = {
        Choice.ADD: QCoreApplication.translate("Preflight", "add"),
        Choice.REPLACE: QCoreApplication.translate("Preflight", "replace"),
        Choice.SKIP: QCoreApplication.translate("Preflight", "leave out"),
    }
    return words[choice]


def _reason(candidate: Candidate) -> tuple[str, str]:
    if candidate.report.error is None:
        return "", ""
    explanation = explain_file(candidate.report.error, current_language())
    return explanation.what, explanation.next


def _like(candidate: Candidate) -> str:
    return visible(candidate.like.name) if candidate.like is not None else ""
