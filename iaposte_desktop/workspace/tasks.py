from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from iaposte_desktop.domain.tasks import Task, TaskStatus
from iaposte_desktop.workspace.rows import columns_of, row_of, upsert, value_of
from iaposte_desktop.workspace.tables import tasks

if TYPE_CHECKING:
    from iaposte_desktop.workspace.database import Database


class SqlTasks:
    """See `TaskRepository`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, task: Task) -> None:
        await self._database.write(lambda connection: upsert(connection, tasks, [row_of(task, tasks)]))

    async def list(self, limit: int = 100) -> tuple[Task, ...]:
        query = select(*columns_of(tasks, Task)).order_by(tasks.c.created_at.desc(), tasks.c.number.desc()).limit(limit)
        return await self._database.read(
            lambda connection: tuple(value_of(row, Task) for row in connection.execute(query))
        )

    async def remove_finished(self) -> None:
        await self._database.write(
            lambda connection: connection.execute(delete(tasks).where(tasks.c.status != TaskStatus.RUNNING))
        )
