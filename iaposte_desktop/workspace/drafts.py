"""Drafts, which an older save never replaces, and their revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from iaposte_desktop.domain.drafts import Draft, DraftRevision
from iaposte_desktop.workspace.rows import columns_of, row_of, upsert, value_of
from iaposte_desktop.workspace.tables import draft_revisions, drafts

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from iaposte_desktop.workspace.database import Database

_DRAFT = select(*columns_of(drafts, Draft))
_REVISION = select(*columns_of(draft_revisions, DraftRevision))


def _stored(connection: Connection, thread_id: str) -> Draft | None:
    row = connection.execute(_DRAFT.where(drafts.c.thread_id == thread_id)).one_or_none()
    return None if row is None else value_of(row, Draft)


class SqlDrafts:
    """See `DraftRepository`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def retrieve(self, thread_id: str) -> Draft | None:
        return await self._database.read(lambda connection: _stored(connection, thread_id))

    async def save(self, draft: Draft, revision: DraftRevision | None = None) -> bool:
        """White space alone counts as empty."""

        def save(connection: Connection) -> bool:
            before = _stored(connection, draft.thread_id)
            if before is not None and before.sequence >= draft.sequence:
                return False
            if before is not None and before.text.strip() and not draft.text.strip() and revision is None:
                raise ValueError(f"the draft of {draft.thread_id} would be emptied without a revision")
            upsert(connection, drafts, [row_of(draft, drafts)], key="thread_id")
            if revision is not None:
                connection.execute(insert(draft_revisions), row_of(revision, draft_revisions))
            return True

        return await self._database.write(save)

    async def revisions(self, thread_id: str) -> tuple[DraftRevision, ...]:
        query = _REVISION.where(draft_revisions.c.thread_id == thread_id).order_by(
            draft_revisions.c.created_at.desc(), draft_revisions.c.number.desc()
        )
        return await self._database.read(
            lambda connection: tuple(value_of(row, DraftRevision) for row in connection.execute(query))
        )
