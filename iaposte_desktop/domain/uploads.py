"""What is known of a file on its way to a hosted vector store, so that a restart goes on and leaves no orphan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from iaposte_desktop.domain.knowledge import Attribute, FileError, FileStatus


@dataclass(frozen=True, slots=True)
class Upload:
    """`id` is ours; `file_id` the server's, once the file is there. A row stays as long as the file is in the store:
    it knows the file's original path, name and hash, which the server does not. `is_converted`: its text was sent
    instead of the file, whose type the server does not take."""

    id: str
    provider: str
    store_id: str
    name: str
    source_path: str
    sha256: str
    bytes: int
    status: FileStatus
    created_at: datetime
    file_id: str | None = None
    is_attached: bool = False
    is_converted: bool = False
    error: FileError | None = None
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    replaces: str | None = None
