from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from iaposte_desktop.domain.folders import SyncedFolder
from iaposte_desktop.workspace.rows import columns_of, row_of, upsert, value_of
from iaposte_desktop.workspace.tables import synced_folders

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.workspace.database import Database


class SqlSyncedFolders:
    """See `SyncedFolderRepository`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, folder: SyncedFolder) -> None:
        row = row_of(folder, synced_folders)
        await self._database.write(lambda connection: upsert(connection, synced_folders, [row]))

    async def list(self) -> tuple[SyncedFolder, ...]:
        query = select(*columns_of(synced_folders, SyncedFolder)).order_by(synced_folders.c.id)
        return await self._database.read(
            lambda connection: tuple(value_of(row, SyncedFolder) for row in connection.execute(query))
        )

    async def delete(self, folder_ids: Sequence[str]) -> None:
        await self._database.write(
            lambda connection: connection.execute(
                delete(synced_folders).where(synced_folders.c.id.in_(tuple(folder_ids)))
            )
        )
