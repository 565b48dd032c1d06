"""Assistants and their versions, which never change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from iaposte_desktop.domain.assistants import Assistant, AssistantVersion
from iaposte_desktop.workspace.rows import columns_of, one, row_of, upsert, value_of
from iaposte_desktop.workspace.tables import assistant_versions, assistants

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from sqlalchemy import Connection, Row

    from iaposte_desktop.workspace.database import Database

_VERSION = columns_of(assistant_versions, AssistantVersion)
_ASSISTANT = select(
    assistants.c.id,
    assistants.c.created_at.label("assistant_created_at"),
    assistants.c.deleted_at,
    assistants.c.last_used_at,
    *_VERSION,
).join(
    assistant_versions,
    (assistant_versions.c.assistant_id == assistants.c.id)
    & (assistant_versions.c.number == assistants.c.current_version),
)


def _assistant(row: Row[Any]) -> Assistant:
    return Assistant(
        id=row.id,
        version=value_of(row, AssistantVersion),
        created_at=row.assistant_created_at,
        deleted_at=row.deleted_at,
        last_used_at=row.last_used_at,
    )


class SqlAssistants:
    """See `AssistantRepository`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, assistant: Assistant) -> None:
        version = assistant.version
        row = row_of(assistant, assistants, current_version=version.number)
        of_version = row_of(version, assistant_versions, assistant_id=assistant.id, name=assistant.name)
        known = select(assistant_versions.c.number).where(
            assistant_versions.c.assistant_id == assistant.id, assistant_versions.c.number == version.number
        )

        def save(connection: Connection) -> None:
            upsert(connection, assistants, [row])
            if connection.scalar(known) is None:
                connection.execute(insert(assistant_versions), of_version)

        await self._database.write(save)

    async def retrieve(self, assistant_id: str) -> Assistant:
        query = _ASSISTANT.where(assistants.c.id == assistant_id)
        return await self._database.read(lambda connection: _assistant(one(connection, query, assistant_id)))

    async def list(self, *, deleted: bool = False) -> tuple[Assistant, ...]:
        query = _ASSISTANT.where(assistants.c.deleted_at.is_not(None) if deleted else assistants.c.deleted_at.is_(None))
        found = await self._database.read(lambda connection: [_assistant(row) for row in connection.execute(query)])
        return tuple(sorted(found, key=lambda assistant: (assistant.name.casefold(), assistant.id)))

    async def mark_used(self, assistant_id: str, at: datetime) -> None:
        used = update(assistants).where(assistants.c.id == assistant_id).values(last_used_at=at)
        await self._database.write(lambda connection: connection.execute(used))

    async def versions(self, assistant_id: str) -> tuple[AssistantVersion, ...]:
        query = (
            select(*_VERSION)
            .where(assistant_versions.c.assistant_id == assistant_id)
            .order_by(assistant_versions.c.number.desc())
        )
        return await self._database.read(
            lambda connection: tuple(value_of(row, AssistantVersion) for row in connection.execute(query))
        )

    async def delete(self, assistant_id: str) -> None:
        await self._database.write(
            lambda connection: connection.execute(delete(assistants).where(assistants.c.id == assistant_id))
        )
