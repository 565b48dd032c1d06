from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, select, update

from iaposte_desktop.domain.knowledge import FileStatus
from iaposte_desktop.domain.uploads import Upload
from iaposte_desktop.workspace.rows import chunks, columns_of, row_of, upsert, value_of
from iaposte_desktop.workspace.tables import uploads as upload_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Connection

    from iaposte_desktop.workspace.database import Database


_REPLACE = update(upload_table).where(upload_table.c.id == bindparam("row"))


class SqlUploads:
    """See `UploadLedger`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, uploads: Sequence[Upload]) -> None:
        rows = [row_of(upload, upload_table) for upload in uploads]

        def write(connection: Connection) -> None:
            # Nearly all of them are there already: a thousand files are three thousand writes.
            if rows and connection.execute(_REPLACE, [{**row, "row": row["id"]} for row in rows]).rowcount < len(rows):
                upsert(connection, upload_table, rows)

        await self._database.write(write)

    async def of_store(self, provider: str, store_id: str) -> tuple[Upload, ...]:
        return await self._where(_of(provider, store_id))

    async def unfinished(self, provider: str) -> tuple[Upload, ...]:
        in_progress = upload_table.c.status == FileStatus.IN_PROGRESS
        return await self._where((upload_table.c.provider == provider) & in_progress)

    async def _where(self, condition: ColumnElement[bool]) -> tuple[Upload, ...]:
        query = (
            select(*columns_of(upload_table, Upload))
            .where(condition)
            .order_by(upload_table.c.created_at, upload_table.c.number)
        )
        return await self._database.read(
            lambda connection: tuple(value_of(row, Upload) for row in connection.execute(query))
        )

    async def delete(self, upload_ids: Sequence[str]) -> None:
        def remove(connection: Connection) -> None:
            for some in chunks(upload_ids):
                connection.execute(delete(upload_table).where(upload_table.c.id.in_(some)))

        await self._database.write(remove)

    async def forget(self, provider: str, store_id: str) -> None:
        await self._database.write(
            lambda connection: connection.execute(delete(upload_table).where(_of(provider, store_id)))
        )


def _of(provider: str, store_id: str) -> ColumnElement[bool]:
    return (upload_table.c.provider == provider) & (upload_table.c.store_id == store_id)
