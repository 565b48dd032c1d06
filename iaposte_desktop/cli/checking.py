"""What a look at files found, as a table or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from iaposte_desktop.application.explain import explain_file
from iaposte_desktop.application.labels import personal_data
from iaposte_desktop.application.preflight import Finding, summary
from iaposte_desktop.cli.console import out
from iaposte_desktop.cli.texts import language, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.application.preflight import Candidate


def print_reports(candidates: Sequence[Candidate]) -> None:
    """A row for each file, and a line of what they come to."""
    table = Table(
        *(text(key) for key in ("name", "state", "pages", "language", "tokens", "personal_data")), show_lines=False
    )
    for candidate in candidates:
        report = candidate.report
        table.add_row(
            report.path.name,
            _state(candidate),
            "" if report.pages is None else str(report.pages),
            report.language or "",
            f"{report.tokens:,}" if report.tokens else "",
            personal_data(report.personal_data, language()),
        )
    out.print(table)
    told = summary(candidates)
    parts = [text("checked", told.added, told.unreadable, told.present), text("tokens_in_all", f"{told.tokens:,}")]
    parts.append(personal_data(told.personal_data, language()))
    out.print(" · ".join(filter(None, parts)))


def report_as_json(candidate: Candidate) -> dict[str, object]:
    report = candidate.report
    return {
        "path": str(report.path),
        "state": candidate.finding.value,
        "problem": report.error.problem.value if report.error else None,
        "same_as": candidate.twin or None,
        "bytes": report.bytes,
        "sha256": report.sha256,
        "pages": report.pages,
        "scanned_pages": report.scanned_pages,
        "language": report.language,
        "tokens": report.tokens,
        "personal_data": {kind.value: count for kind, count in report.personal_data.items()},
        "opening": report.opening,
    }


def _state(candidate: Candidate) -> str:
    report = candidate.report
    if report.error is not None:
        return str(explain_file(report.error, language()))
    if candidate.finding is Finding.TWICE:
        return text("same_as", candidate.twin)
    return text("scanned_pages", report.scanned_pages, report.pages) if report.scanned_pages else text("good")
