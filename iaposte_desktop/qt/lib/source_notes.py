"""What a reader must know who followed a citation to its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from iaposte_desktop.domain.citations import CitationMatch

if TYPE_CHECKING:
    from iaposte_desktop.application.sources import OpenSource


def note_text(source: OpenSource) -> str:
    """Nothing where all is as it was cited."""
    if source.is_newer:
        return _newer(source.match)
    if source.match is CitationMatch.APPROXIMATE:
        return QCoreApplication.translate(
            "SourceViewer", "The quote is not word for word: what the file says is marked."
        )
    if source.match is CitationMatch.NOT_FOUND:
        return QCoreApplication.translate(
            "SourceViewer", "The quote is not in the file: the passage it was said to be from is shown."
        )
    return ""


def _newer(match: CitationMatch | None) -> str:
    if match is CitationMatch.EXACT:
        return QCoreApplication.translate(
            "SourceViewer", "This is a newer version of the file that was cited: the quote is still there."
        )
    if match is CitationMatch.APPROXIMATE:
        return QCoreApplication.translate(
            "SourceViewer", "This is a newer version of the file that was cited: it says this otherwise now."
        )
    if match is CitationMatch.NOT_FOUND:
        return QCoreApplication.translate(
            "SourceViewer", "This is a newer version of the file that was cited: the quote is gone from it."
        )
    return QCoreApplication.translate("SourceViewer", "This is a newer version of the file.")
