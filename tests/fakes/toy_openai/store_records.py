"""What the toy server knows of a vector store, and how the API tells it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.toy_openai.cursor_pages import Body, new_id

_DAY = 86400


def _now() -> int:
    return int(time.time())


@dataclass(slots=True)
class AttachedFile:
    """`attached_at` is of the monotonic clock."""

    file_id: str
    store_id: str
    name: str
    attributes: dict[str, Any]
    chunking: Body
    attached_at: float
    text: str = ""
    status: str = "in_progress"
    last_error: Body | None = None
    created_at: int = field(default_factory=_now)

    @property
    def usage_bytes(self) -> int:
        return len(self.text.encode()) if self.status == "completed" else 0

    def fail(self, code: str, message: str) -> None:
        self.status, self.last_error = "failed", {"code": code, "message": message}

    def body(self) -> Body:
        return {
            "id": self.file_id,
            "object": "vector_store.file",
            "usage_bytes": self.usage_bytes,
            "created_at": self.created_at,
            "vector_store_id": self.store_id,
            "status": self.status,
            "last_error": self.last_error,
            "chunking_strategy": self.chunking,
            "attributes": self.attributes,
        }


@dataclass(slots=True)
class Batch:
    store_id: str
    files: list[AttachedFile]
    is_cancelled: bool = False
    id: str = field(default_factory=lambda: new_id("vsfb_"))
    created_at: int = field(default_factory=_now)

    def cancel(self) -> None:
        self.is_cancelled = True
        for file in self.files:
            if file.status == "in_progress":
                file.status = "cancelled"

    def body(self) -> Body:
        counts = file_counts(self.files)
        ended = "cancelled" if self.is_cancelled else "completed"
        return {
            "id": self.id,
            "object": "vector_store.files_batch",
            "created_at": self.created_at,
            "vector_store_id": self.store_id,
            "status": "in_progress" if counts["in_progress"] else ended,
            "file_counts": counts,
        }


@dataclass(slots=True)
class Store:
    name: str
    metadata: dict[str, str]
    expires_after: Body | None
    files: dict[str, AttachedFile] = field(default_factory=dict)
    batches: dict[str, Batch] = field(default_factory=dict)
    id: str = field(default_factory=lambda: new_id("vs_"))
    created_at: int = field(default_factory=_now)
    last_active_at: int = field(default_factory=_now)

    @property
    def expires_at(self) -> int | None:
        return self.last_active_at + self.expires_after["days"] * _DAY if self.expires_after else None

    @property
    def is_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= _now()

    def body(self) -> Body:
        counts = file_counts(self.files.values())
        ready = "in_progress" if counts["in_progress"] else "completed"
        return {
            "id": self.id,
            "object": "vector_store",
            "created_at": self.created_at,
            "name": self.name,
            "usage_bytes": sum(file.usage_bytes for file in self.files.values()),
            "file_counts": counts,
            "status": "expired" if self.is_expired else ready,
            "expires_after": self.expires_after,
            "expires_at": self.expires_at,
            "last_active_at": self.last_active_at,
            "metadata": self.metadata,
        }


def file_counts(files: Iterable[AttachedFile]) -> dict[str, int]:
    counts = Counter(file.status for file in files)
    states = ("in_progress", "completed", "failed", "cancelled")
    return {state: counts[state] for state in states} | {"total": counts.total()}
