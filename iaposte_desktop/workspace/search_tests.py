from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from iaposte_desktop.domain.search import SearchTest
from iaposte_desktop.workspace.rows import chunks, columns_of, row_of, upsert, value_of
from iaposte_desktop.workspace.tables import search_tests

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from iaposte_desktop.workspace.database import Database


class SqlSearchTests:
    """See `SearchTestRepository`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, tests: Sequence[SearchTest]) -> None:
        rows = [row_of(test, search_tests) for test in tests]
        await self._database.write(lambda connection: upsert(connection, search_tests, rows))

    async def of_store(self, store_id: str) -> tuple[SearchTest, ...]:
        query = (
            select(*columns_of(search_tests, SearchTest))
            .where(search_tests.c.store_id == store_id)
            .order_by(search_tests.c.number)
        )
        return await self._database.read(
            lambda connection: tuple(value_of(row, SearchTest) for row in connection.execute(query))
        )

    async def delete(self, test_ids: Sequence[str]) -> None:
        def remove(connection: Connection) -> None:
            for some in chunks(test_ids):
                connection.execute(delete(search_tests).where(search_tests.c.id.in_(some)))

        await self._database.write(remove)

    async def forget(self, store_id: str) -> None:
        await self._database.write(
            lambda connection: connection.execute(delete(search_tests).where(search_tests.c.store_id == store_id))
        )
