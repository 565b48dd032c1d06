"""Values for tests of this tab."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from PySide6.QtWidgets import QTextEdit

from iaposte_desktop.domain.knowledge import (
    Anchor,
    ContentPart,
    FileContent,
    FileStatus,
    Passage,
    UploadEvent,
    UploadStage,
    VectorStore,
    VectorStoreFile,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def store(store_id: str = "vs_1", name: str = "Terms", **changes: Any) -> VectorStore:
    return replace(VectorStore(store_id, "embedded", name, NOON, NOON), **changes)


def file(name: str, status: FileStatus = FileStatus.COMPLETED, **changes: Any) -> VectorStoreFile:
    made = VectorStoreFile(f"file_{name}", "vs_1", name, f"/desk/{name}", "", 1000, status, NOON)
    return replace(made, **changes)


def progress(name: str, stage: UploadStage, fraction: float | None = None) -> UploadEvent:
    status = FileStatus.COMPLETED if stage is UploadStage.DONE else FileStatus.IN_PROGRESS
    return UploadEvent(file(name, status), stage, fraction)


def content(*texts: str) -> FileContent:
    """One part a text, as pages."""
    parts = []
    at = 0
    for page, text in enumerate(texts, start=1):
        parts.append(ContentPart(at, text, Anchor(page=page)))
        at += len(text)
    return FileContent(file("guide.pdf"), tuple(parts))


def passage(text: str, score: float = 0.5, **changes: Any) -> Passage:
    return replace(Passage("vs_1", "file_a", "a.md", text, 0, len(text), score), **changes)


def highlighted(text: QTextEdit) -> str:
    """What is highlighted of the page that is shown."""
    selections = text.extraSelections()
    return selections[0].cursor.selectedText().replace("\u2029", "\n") if selections else ""
