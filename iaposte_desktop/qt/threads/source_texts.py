"""What became of a source, and how a quote differs from its file, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from iaposte_desktop.application.sources import SourceState
from iaposte_desktop.domain.citations import CitationMatch
from iaposte_desktop.domain.matching import differences
from iaposte_desktop.qt.lib.language import quoted
from iaposte_desktop.qt.lib.times import short_date

if TYPE_CHECKING:
    from iaposte_desktop.application.sources import SourceChange
    from iaposte_desktop.domain.citations import Citation

_MOST_DIFFERENCES = 4


def change_text(change: SourceChange) -> str:
    name = change.source.passage.file_name
    if change.state is SourceState.REMOVED:
        return QCoreApplication.translate("Threads", "{0} was removed from its store.").format(name)
    if change.state is SourceState.ALTERED or change.newer is None:
        return QCoreApplication.translate("Threads", "{0} was read anew: {1}").format(name, _now(change.match))
    when = short_date(change.newer.created_at)
    sentence = QCoreApplication.translate("Threads", "{0} was replaced by a newer version on {1}: {2}")
    return sentence.format(name, when, _now(change.match))


def difference_text(citation: Citation) -> str:
    """`10 → dix`: what the quote says and what the file says, as far as the match is approximate."""
    if citation.match is not CitationMatch.APPROXIMATE or not citation.found:
        return ""
    different = differences(citation.quote, citation.found)
    told = [f"{mine or '…'} → {other or '…'}" for mine, other in different[:_MOST_DIFFERENCES]]
    more = "…" if len(different) > _MOST_DIFFERENCES else ""
    return " · ".join(filter(None, (*told, more)))


def found_text(citation: Citation) -> str:
    """What the file says where the quote is not word for word."""
    sentence = QCoreApplication.translate("Threads", "in the file: {0}")
    return sentence.format(quoted(" ".join(citation.found.split()))) if citation.found else ""


def _now(match: CitationMatch) -> str:
    return {
        CitationMatch.EXACT: QCoreApplication.translate("Threads", "the quote is still there."),
        CitationMatch.APPROXIMATE: QCoreApplication.translate("Threads", "the quote has changed."),
    }.get(match, QCoreApplication.translate("Threads", "the quote is gone."))
