"""A store's health in rows: each kind of finding under its heading, with what there is to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QLocale, QObject

from iaposte_desktop.application.questions import Unanswered
from iaposte_desktop.domain.file_attributes import valid_until
from iaposte_desktop.domain.knowledge import VectorStoreFile
from iaposte_desktop.qt.lib.times import relative_time
from iaposte_desktop.qt.vector_stores.care_list import CareRow
from iaposte_desktop.qt.vector_stores.texts import failure_text, size_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from iaposte_desktop.application.health import HealthReport


class FindingKind(StrEnum):
    FAILED = "failed"
    WITHOUT_TEXT = "without_text"
    UNANSWERED = "unanswered"
    STALE = "stale"
    SOON_STALE = "soon_stale"
    DUPLICATES = "duplicates"
    PARTLY_SCANNED = "partly_scanned"
    NEVER_CITED = "never_cited"
    MOST_CITED = "most_cited"


@dataclass(frozen=True, slots=True)
class Finding:
    kind: FindingKind
    files: tuple[VectorStoreFile, ...] = ()
    question: Unanswered | None = None


_SIGNS: Final = {
    FindingKind.FAILED: ("circle-alert", "failed"),
    FindingKind.WITHOUT_TEXT: ("circle-alert", "failed"),
    FindingKind.UNANSWERED: ("triangle-alert", "attention"),
    FindingKind.STALE: ("clock", "failed"),
    FindingKind.SOON_STALE: ("clock", "attention"),
    FindingKind.DUPLICATES: ("copy", "attention"),
    FindingKind.PARTLY_SCANNED: ("eye-off", "attention"),
    FindingKind.NEVER_CITED: ("quote", "quiet"),
    FindingKind.MOST_CITED: ("star", "good"),
}


class HealthRows(QObject):
    def of(self, report: HealthReport, now: datetime) -> list[CareRow]:
        rows: list[CareRow] = []
        for kind, findings in _findings(report).items():
            if findings:
                sign, ink = _SIGNS[kind]
                rows.append(CareRow(self._heading(kind), QLocale().toString(len(findings)), sign, ink))
                rows += [CareRow(_title(each), self._facts(each, now), _sign(each), "quiet", each) for each in findings]
        return rows

    def _heading(self, kind: FindingKind) -> str:
        return {
            FindingKind.FAILED: self.tr("Could not be read"),
            FindingKind.WITHOUT_TEXT: self.tr("Without text"),
            FindingKind.UNANSWERED: self.tr("Questions without an answer"),
            FindingKind.STALE: self.tr("No longer valid"),
            FindingKind.SOON_STALE: self.tr("Valid for 30 days at most"),
            FindingKind.DUPLICATES: self.tr("Nearly the same"),
            FindingKind.PARTLY_SCANNED: self.tr("Partly scanned"),
            FindingKind.NEVER_CITED: self.tr("Never cited"),
            FindingKind.MOST_CITED: self.tr("Most cited"),
        }[kind]

    def _facts(self, finding: Finding, now: datetime) -> str:
        if finding.question is not None:
            return self._asked(finding.question, now)
        file = finding.files[0]
        match finding.kind:
            case FindingKind.FAILED | FindingKind.WITHOUT_TEXT:
                return failure_text(file)[0]
            case FindingKind.STALE | FindingKind.SOON_STALE:
                last = valid_until(file.attributes)
                assert last is not None, "what is stale has a date"
                day = QLocale().toString(QDate(last.year, last.month, last.day), QLocale.FormatType.ShortFormat)
                return self.tr("valid until {0}").format(day)
            case FindingKind.DUPLICATES:
                return self.tr("%n file(s) with almost the same text", "", len(finding.files))
            case FindingKind.PARTLY_SCANNED:
                return self.tr("%n page(s) without text", "", file.scanned_pages)
            case FindingKind.MOST_CITED:
                return self.tr("cited by %n draft(s)", "", file.citations)
        return f"{size_text(file.bytes)} · {relative_time(file.created_at, now)}"

    def _asked(self, question: Unanswered, now: datetime) -> str:
        asked = self.tr("asked %n time(s)", "", question.times)
        if question.best_score:
            found = self.tr("best score {0}").format(QLocale().toString(question.best_score, "f", 2))
        else:
            found = self.tr("nothing found")
        return f"{asked} · {found} · {relative_time(question.asked_at, now)}"


def _findings(report: HealthReport) -> dict[FindingKind, Sequence[Finding]]:
    """In the order they are shown: what hurts most first."""
    by_file = {
        FindingKind.FAILED: report.failed,
        FindingKind.WITHOUT_TEXT: report.without_text,
        FindingKind.STALE: report.stale,
        FindingKind.SOON_STALE: report.soon_stale,
        FindingKind.PARTLY_SCANNED: report.partly_scanned,
        FindingKind.NEVER_CITED: report.never_cited,
        FindingKind.MOST_CITED: report.most_cited,
    }
    found: dict[FindingKind, Sequence[Finding]] = {
        kind: [Finding(kind, (file,)) for file in files] for kind, files in by_file.items()
    }
    found[FindingKind.DUPLICATES] = [Finding(FindingKind.DUPLICATES, group) for group in report.duplicates]
    found[FindingKind.UNANSWERED] = [Finding(FindingKind.UNANSWERED, question=each) for each in report.unanswered]
    return {kind: found[kind] for kind in FindingKind}


def _title(finding: Finding) -> str:
    if finding.question is not None:
        return finding.question.query
    return " = ".join(file.name for file in finding.files)


def _sign(finding: Finding) -> str:
    return "messages-square" if finding.question is not None else "file-text"
