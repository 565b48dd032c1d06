"""Words for stores, files and scores, in the interface's language."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from iaposte_desktop.application.explain import explain_file
from iaposte_desktop.application.labels import strength
from iaposte_desktop.domain.file_attributes import is_stale, valid_until
from iaposte_desktop.domain.knowledge import FileStatus, UploadStage
from iaposte_desktop.qt.lib.counts import COUNTS
from iaposte_desktop.qt.lib.language import current_language

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from iaposte_desktop.domain.knowledge import VectorStore, VectorStoreFile
    from iaposte_desktop.qt.vector_stores.places import Place


def files_text(count: int) -> str:
    return COUNTS.files(count)


def failed_text(count: int) -> str:
    return COUNTS.failed(count)


def size_text(size: int) -> str:
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def internal_text() -> str:
    return QCoreApplication.translate("VectorStores", "internal")


def place_text(place: Place) -> str:
    """`at Team`; nothing for this machine's own."""
    return QCoreApplication.translate("VectorStores", "at {0}").format(place.name) if place.name else ""


def store_text(store: VectorStore, place: Place) -> str:
    """The store's line of facts: `23 files · 4.1 MB · 1 failed · internal · at Team`."""
    parts = [files_text(store.counts.total), size_text(store.bytes)]
    if store.counts.failed:
        parts.append(failed_text(store.counts.failed))
    if store.is_internal:
        parts.append(internal_text())
    if place.name:
        parts.append(place_text(place))
    return " · ".join(parts)


def stage_text(stage: UploadStage, fraction: float | None) -> str:
    words = {
        UploadStage.QUEUED: QCoreApplication.translate("VectorStores", "waiting"),
        UploadStage.PREFLIGHT: QCoreApplication.translate("VectorStores", "checking"),
        UploadStage.READING: QCoreApplication.translate("VectorStores", "reading"),
        UploadStage.UPLOADING: QCoreApplication.translate("VectorStores", "sending"),
        UploadStage.INDEXING: QCoreApplication.translate("VectorStores", "indexing"),
        UploadStage.DONE: QCoreApplication.translate("VectorStores", "finishing"),
    }
    if fraction is None or stage in (UploadStage.QUEUED, UploadStage.DONE):
        return words[stage]
    percent = QLocale().toString(round(fraction * 100))
    return QCoreApplication.translate("VectorStores", "{0} {1}%").format(words[stage], percent)


def state_text(file: VectorStoreFile, stage: UploadStage, fraction: float | None) -> str:
    """What the State column says: a stage, `ready`, `expired on …`, `cancelled`, or the reason of a failure."""
    if (day := expired_on(file)) is not None:
        text = QCoreApplication.translate("VectorStores", "expired on {0}")
        return text.format(QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat))
    if file.status is FileStatus.COMPLETED and file.is_converted:
        return QCoreApplication.translate("VectorStores", "ready, sent as text")
    if file.status is FileStatus.COMPLETED:
        return QCoreApplication.translate("VectorStores", "ready")
    if file.status is FileStatus.CANCELLED:
        return QCoreApplication.translate("VectorStores", "cancelled")
    if file.status is FileStatus.FAILED:
        return failure_text(file)[0]
    return stage_text(stage, fraction)


def expired_on(file: VectorStoreFile) -> date | None:
    """The last day on which a file that is ready was valid; None where it still is."""
    is_over = file.status is FileStatus.COMPLETED and is_stale(file.attributes, datetime.now().astimezone().date())
    return valid_until(file.attributes) if is_over else None


def expired_text() -> str:
    return QCoreApplication.translate(
        "VectorStores", "It is still found by searches. Replace it, or give it another day under Attributes."
    )


def failure_text(file: VectorStoreFile) -> tuple[str, str]:
    """What happened to a failed file, and what to do next."""
    if file.error is None:
        return QCoreApplication.translate("VectorStores", "failed"), ""
    explanation = explain_file(file.error, current_language())
    return explanation.what, explanation.next


def converted_text() -> str:
    return QCoreApplication.translate(
        "VectorStores", "The server does not take files of this type: the text that was read from it was sent."
    )


def score_text(score: float) -> str:
    """`0.82 · strong`."""
    words = {
        "strong": QCoreApplication.translate("VectorStores", "strong"),
        "good": QCoreApplication.translate("VectorStores", "good"),
        "weak": QCoreApplication.translate("VectorStores", "weak"),
    }
    return f"{QLocale().toString(score, 'f', 2)} · {words[strength(score)]}"


def file_filters(suffixes: Iterable[str]) -> tuple[str, str]:
    """For a file dialog: files of a type that can be read first; others may be chosen, and their row says why they
    fail."""
    readable = QCoreApplication.translate("VectorStores", "Files that can be read")
    every = QCoreApplication.translate("VectorStores", "All files")
    patterns = " ".join(f"*{suffix}" for suffix in sorted(suffixes))
    return f"{readable} ({patterns})", f"{every} (*)"
