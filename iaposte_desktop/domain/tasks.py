"""Long work that the tasks panel shows: what it is, how far it is, how it ended and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from iaposte_desktop.domain.json import Metadata


class TaskKind(StrEnum):
    UPLOAD = "upload"
    DRAFT = "draft"
    COPY = "copy"
    EXPORT = "export"
    IMPORT = "import"
    EMBED = "embed"


class TaskStatus(StrEnum):
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Task:
    """`subject` is what it works on, for a title (a store's name, a thread's subject); `target_id` its id. `done` of
    `total` are files, or steps of a draft; total None while unknown. `reason` is an error code."""

    id: str
    kind: TaskKind
    subject: str
    target_id: str
    status: TaskStatus
    created_at: datetime
    updated_at: datetime
    done: int = 0
    total: int | None = None
    failed: int = 0
    reason: str = ""
    details: Metadata = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        return self.status is not TaskStatus.RUNNING
