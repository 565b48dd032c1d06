"""The port that remembers uploads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.domain.uploads import Upload


class UploadLedger(Protocol):
    """Methods that write return after the write is durable. Raises StorageError."""

    async def save(self, uploads: Sequence[Upload]) -> None:
        """Insert or replace, by id, in one transaction."""
        ...

    async def of_store(self, provider: str, store_id: str) -> tuple[Upload, ...]:
        """Oldest first."""
        ...

    async def unfinished(self, provider: str) -> tuple[Upload, ...]:
        """Those in progress, of all its stores, oldest first."""
        ...

    async def delete(self, upload_ids: Sequence[str]) -> None:
        """Unknown ids are not an error."""
        ...

    async def forget(self, provider: str, store_id: str) -> None:
        """Every row of a store that is gone."""
        ...
