"""What the server tells, as domain values, and back."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from iaposte_desktop.domain.errors import FileProblem, InvalidValue
from iaposte_desktop.domain.json import metadata_problem
from iaposte_desktop.domain.knowledge import (
    ExpiresAfter,
    FileCounts,
    FileError,
    FileStatus,
    VectorStore,
    VectorStoreFile,
)
from iaposte_desktop.providers.hosted import attributes_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openai.types import VectorStore as ServerStore
    from openai.types.vector_stores import VectorStoreFile as ServerFile

    from iaposte_desktop.domain.knowledge import Attribute
    from iaposte_desktop.domain.ports.vector_stores import StoreDetails
    from iaposte_desktop.domain.uploads import Upload
    from iaposte_desktop.providers.vector_stores.rows import StoreRows

_INTERNAL: Final = "iaposte_internal"
_SERVERS_OWN: Final = frozenset({"provider_id", "provider_vector_store_id", "embedding_model", "embedding_dimension"})
"""What OGX keeps among a store's metadata and cannot do without."""


def store_of(found: ServerStore, provider: str, rows: StoreRows) -> VectorStore:
    metadata = found.metadata or {}
    created_at = time_of(found.created_at)
    return VectorStore(
        id=found.id,
        provider=provider,
        name=found.name or "",
        created_at=created_at,
        last_active_at=time_of(found.last_active_at) if found.last_active_at else created_at,
        is_internal=is_internal(found),
        expires_after=ExpiresAfter(found.expires_after.days) if found.expires_after else None,
        metadata={key: str(value) for key, value in metadata.items() if key not in _SERVERS_OWN | {_INTERNAL}},
        counts=_counts(found, rows),
        bytes=found.usage_bytes or 0,
    )


def _counts(found: ServerStore, rows: StoreRows) -> FileCounts:
    """Those of `files()`: the server's, and what never got there. A file that is ready at the server and not settled
    here is in progress; one that was not ready in time has failed here. Of one that a killed program was uploading, it
    is not known here whether it was attached: most likely it was."""
    told = found.file_counts
    counts = {status.value: int(getattr(told, status.value, 0) or 0) for status in FileStatus}
    apart: Counter[str] = Counter()
    unsettled = late = 0
    for row in rows.by_id.values():
        if row.status is FileStatus.IN_PROGRESS and row.file_id is not None:
            unsettled += 1
        elif not row.is_attached:
            apart[row.status] += 1
        elif row.status is FileStatus.FAILED and row.error is not None:
            late += row.error.problem is FileProblem.TIME_LIMIT
    late = min(late, counts["in_progress"])
    counts["in_progress"] -= late
    counts["failed"] += late
    ready = max(0, unsettled - counts["in_progress"])
    counts["in_progress"] += ready
    counts["completed"] -= min(ready, counts["completed"])
    return FileCounts(**{status: count + apart[status] for status, count in counts.items()})


def is_internal(found: ServerStore) -> bool:
    return _INTERNAL in (found.metadata or {})


def is_expired(found: ServerStore) -> bool:
    return found.status == "expired"


def metadata_for(details: StoreDetails, before: ServerStore | None = None) -> dict[str, str]:
    """The whole of a store's metadata. Raises InvalidValue."""
    kept = (before.metadata or {}) if before is not None else {}
    metadata = {key: value for key, value in kept.items() if key in _SERVERS_OWN} | dict(details.metadata or {})
    metadata.pop(_INTERNAL, None)
    if details.is_internal:
        metadata[_INTERNAL] = "true"
    if (problem := metadata_problem(metadata)) is not None:
        raise InvalidValue("metadata", problem)
    return metadata


def expiry_for(details: StoreDetails) -> dict[str, Any] | None:
    """Raises InvalidValue."""
    if details.expires_after is None:
        return None
    if not 1 <= details.expires_after.days <= 365:
        raise InvalidValue("expires_after", str(details.expires_after.days))
    return {"anchor": "last_active_at", "days": details.expires_after.days}


def name_for(details: StoreDetails) -> str:
    """Raises InvalidValue."""
    if not details.name.strip():
        raise InvalidValue("name", "empty")
    return details.name.strip()


def check_attributes(attributes: Mapping[str, Attribute]) -> None:
    """The limits are those of metadata. Raises InvalidValue."""
    spelled = {key: value if isinstance(value, str) else "" for key, value in attributes.items()}
    if (problem := metadata_problem(spelled)) is not None:
        raise InvalidValue("attributes", problem)


def file_of_row(row: Upload, at_server: ServerFile | None = None) -> VectorStoreFile:
    """`at_server`: what the server says now. A file that was ready there after its time was up is completed."""
    is_late = row.status in {FileStatus.FAILED, FileStatus.CANCELLED} and row.is_attached and row.replaces is None
    has_come = is_late and at_server is not None and at_server.status == "completed"
    return VectorStoreFile(
        id=row.id,
        store_id=row.store_id,
        name=row.name,
        source_path=row.source_path,
        sha256=row.sha256,
        bytes=row.bytes,
        status=FileStatus.COMPLETED if has_come else row.status,
        created_at=row.created_at,
        error=None if has_come else row.error,
        attributes=row.attributes,
        is_converted=row.is_converted,
        replaces=row.replaces,
    )


def file_of_server(found: ServerFile, store_id: str, name: str, size: int) -> VectorStoreFile:
    """One that this ledger does not know."""
    return VectorStoreFile(
        id=found.id,
        store_id=store_id,
        name=name,
        source_path="",
        sha256="",
        bytes=size,
        status=FileStatus(found.status),
        created_at=time_of(found.created_at),
        error=error_of(found) if found.status == "failed" else None,
        attributes=attributes_of(found.attributes or {}),
    )


def error_of(found: ServerFile) -> FileError:
    return FileError(FileProblem.SERVER, found.last_error.message if found.last_error else found.status)


def time_of(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
