"""Vector stores and files of this machine. A store's counts and bytes are summed from its files by the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, case, delete, func, select, update

from iaposte_desktop.domain.knowledge import FileCounts, FileStatus, VectorStore, VectorStoreFile
from iaposte_desktop.workspace.rows import chunks, columns_of, one, row_of, upsert, value_of
from iaposte_desktop.workspace.tables import files as file_table
from iaposte_desktop.workspace.tables import replaced_files, vector_stores

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from sqlalchemy import Connection, Row, Select

    from iaposte_desktop.workspace.database import Database

_FILE = select(*columns_of(file_table, VectorStoreFile))


def _stores() -> Select[Any]:
    counts = [
        func.sum(case((file_table.c.status == status, 1), else_=0)).label(f"{status}_files") for status in FileStatus
    ]
    held = func.sum(case((file_table.c.status == FileStatus.COMPLETED, file_table.c.bytes), else_=0)).label(
        "held_bytes"
    )
    columns = columns_of(vector_stores, VectorStore)
    return (
        select(*columns, *counts, held)
        .outerjoin(file_table, file_table.c.store_id == vector_stores.c.id)
        .group_by(*columns)
    )


_STORE = _stores()


def _store(row: Row[Any]) -> VectorStore:
    counts = FileCounts(**{status.value: row._mapping[f"{status}_files"] for status in FileStatus})
    return value_of(row, VectorStore, counts=counts, bytes=int(row.held_bytes))


class SqlStoreCatalog:
    """See `StoreCatalog`. A store's bytes are those of its completed files."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save_store(self, store: VectorStore) -> None:
        row = row_of(store, vector_stores)
        await self._database.write(lambda connection: upsert(connection, vector_stores, [row]))

    async def retrieve_store(self, store_id: str) -> VectorStore:
        query = _STORE.where(vector_stores.c.id == store_id)
        return await self._database.read(lambda connection: _store(one(connection, query, store_id)))

    async def list_stores(self, provider: str, *, deleted: bool = False) -> tuple[VectorStore, ...]:
        """By name."""
        bin_only = vector_stores.c.deleted_at.is_not(None) if deleted else vector_stores.c.deleted_at.is_(None)
        query = _STORE.where(vector_stores.c.provider == provider, bin_only)
        found = await self._database.read(lambda connection: [_store(row) for row in connection.execute(query)])
        return tuple(sorted(found, key=lambda store: (store.name.casefold(), store.id)))

    async def delete_store(self, store_id: str) -> None:
        await self._database.write(
            lambda connection: connection.execute(delete(vector_stores).where(vector_stores.c.id == store_id))
        )

    async def save_files(self, files: Sequence[VectorStoreFile]) -> None:
        rows = [row_of(file, file_table) for file in files]
        replaced = [
            {"file_id": file.replaces, "by_file_id": file.id}
            for file in files
            if file.replaces is not None and file.status is FileStatus.COMPLETED
        ]

        def write(connection: Connection) -> None:
            upsert(connection, file_table, rows)
            upsert(connection, replaced_files, replaced, "file_id")

        await self._database.write(write)

    async def retrieve_file(self, file_id: str) -> VectorStoreFile:
        query = _FILE.where(file_table.c.id == file_id)
        return await self._database.read(lambda connection: value_of(one(connection, query, file_id), VectorStoreFile))

    async def files(self, store_id: str) -> tuple[VectorStoreFile, ...]:
        """By name."""
        query = _FILE.where(file_table.c.store_id == store_id)
        found = await self._database.read(
            lambda connection: [value_of(row, VectorStoreFile) for row in connection.execute(query)]
        )
        return tuple(sorted(found, key=lambda file: (file.name.casefold(), file.id)))

    async def delete_files(self, file_ids: Sequence[str]) -> None:
        def remove(connection: Connection) -> None:
            for some in chunks(file_ids):
                connection.execute(delete(file_table).where(file_table.c.id.in_(some)))

        await self._database.write(remove)

    async def mark_cited(self, cited: Mapping[str, datetime]) -> None:
        if not cited:
            return
        statement = (
            update(file_table)
            .where(file_table.c.id == bindparam("file"))
            .values(last_cited_at=bindparam("last_cited_at"), citations=file_table.c.citations + 1)
        )
        rows = [{"file": file_id, "last_cited_at": at} for file_id, at in cited.items()]
        await self._database.write(lambda connection: connection.execute(statement, rows))

    async def replacement(self, file_id: str) -> VectorStoreFile | None:
        def follow(connection: Connection) -> VectorStoreFile | None:
            latest = file_id
            # A file that was copied back under an old id would lead in a circle: each is followed once.
            followed = set()
            while latest not in followed:
                followed.add(latest)
                by = select(replaced_files.c.by_file_id).where(replaced_files.c.file_id == latest)
                latest = connection.scalar(by) or latest
            row = connection.execute(_FILE.where(file_table.c.id == latest)).first()
            return value_of(row, VectorStoreFile) if row is not None and latest != file_id else None

        return await self._database.read(follow)
