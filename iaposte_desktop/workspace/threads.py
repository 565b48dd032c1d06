"""Threads and their messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import case, delete, func, insert, or_, select

from iaposte_desktop.domain.subjects import normalised_subject
from iaposte_desktop.domain.threads import Message, Thread, ThreadStatus, ThreadSummary
from iaposte_desktop.workspace.rows import chunks, columns_of, one, row_of, upsert, value_of
from iaposte_desktop.workspace.tables import customers, drafts, messages, threads

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection, Row, Select

    from iaposte_desktop.workspace.database import Database

PREVIEW_CHARACTERS = 200

_THREAD = select(*columns_of(threads, Thread))
_MESSAGE = select(*columns_of(messages, Message))
_LATEST = (messages.c.created_at.desc(), messages.c.number.desc())


def _summaries() -> Select[tuple[object, ...]]:
    of_thread = messages.c.thread_id == threads.c.id
    last = select(func.substr(messages.c.text, 1, PREVIEW_CHARACTERS)).where(of_thread).order_by(*_LATEST).limit(1)
    count = select(func.count()).select_from(messages).where(of_thread)
    drafted = or_(func.coalesce(drafts.c.text, "") != "", drafts.c.suggestion_run_id.is_not(None))
    return (
        select(
            *columns_of(threads, Thread),
            customers.c.name.label("customer_name"),
            customers.c.email.label("customer_email"),
            func.coalesce(last.scalar_subquery(), "").label("preview"),
            count.scalar_subquery().label("messages"),
            case((drafted, 1), else_=0).label("has_draft"),
        )
        .join(customers, customers.c.id == threads.c.customer_id)
        .outerjoin(drafts, drafts.c.thread_id == threads.c.id)
        .order_by(threads.c.updated_at.desc(), threads.c.created_at.desc(), threads.c.id)
    )


_SUMMARIES = _summaries()


def _summary(row: Row[tuple[object, ...]]) -> ThreadSummary:
    return ThreadSummary(
        thread=value_of(row, Thread),
        customer_name=row.customer_name,
        customer_email=row.customer_email,
        preview=row.preview,
        messages=row.messages,
        has_draft=bool(row.has_draft),
    )


def _row(thread: Thread) -> dict[str, object]:
    return row_of(thread, threads, normalised_subject=normalised_subject(thread.subject))


class SqlThreads:
    """See `ThreadRepository`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, thread: Thread) -> None:
        await self._database.write(lambda connection: upsert(connection, threads, [_row(thread)]))

    async def retrieve(self, thread_id: str) -> Thread:
        query = _THREAD.where(threads.c.id == thread_id)
        return await self._database.read(lambda connection: value_of(one(connection, query, thread_id), Thread))

    async def change(self, thread_id: str, edit: Callable[[Thread], Thread]) -> Thread:
        query = _THREAD.where(threads.c.id == thread_id)

        def change(connection: Connection) -> Thread:
            changed = edit(value_of(one(connection, query, thread_id), Thread))
            upsert(connection, threads, [_row(changed)])
            return changed

        return await self._database.write(change)

    async def summaries(self, *, deleted: bool = False) -> tuple[ThreadSummary, ...]:
        query = _SUMMARIES.where(threads.c.deleted_at.is_not(None) if deleted else threads.c.deleted_at.is_(None))
        return await self._database.read(lambda connection: tuple(_summary(row) for row in connection.execute(query)))

    async def add_message(self, message: Message) -> bool:
        # A mail without an identity of its own is never a duplicate.
        message_id = (message.headers and message.headers.message_id) or None
        row = row_of(message, messages, message_id=message_id)
        known = select(messages.c.id).where(messages.c.message_id == message_id)

        def add(connection: Connection) -> bool:
            if message_id is not None and connection.scalar(known) is not None:
                return False
            connection.execute(insert(messages), row)
            return True

        return await self._database.write(add)

    async def messages(self, thread_id: str) -> tuple[Message, ...]:
        query = _MESSAGE.where(messages.c.thread_id == thread_id).order_by(messages.c.created_at, messages.c.number)
        return await self._database.read(
            lambda connection: tuple(value_of(row, Message) for row in connection.execute(query))
        )

    async def thread_of_message_ids(self, message_ids: Sequence[str]) -> str | None:
        query = (
            select(messages.c.created_at, messages.c.number, messages.c.thread_id)
            .join(threads, threads.c.id == messages.c.thread_id)
            .where(threads.c.deleted_at.is_(None))
            .order_by(*_LATEST)
            .limit(1)
        )

        def find(connection: Connection) -> str | None:
            found = [
                tuple(row)
                for some in chunks(message_ids)
                for row in connection.execute(query.where(messages.c.message_id.in_(some)))
            ]
            return max(found)[2] if found else None

        return await self._database.read(find)

    async def open_thread(self, customer_id: str, subject: str) -> str | None:
        """None for a subject that is empty once normalised: it tells of no matter."""
        sought = normalised_subject(subject)
        if not sought:
            return None
        query = (
            select(threads.c.id)
            .where(threads.c.customer_id == customer_id, threads.c.normalised_subject == sought)
            .where(threads.c.deleted_at.is_(None), threads.c.status != ThreadStatus.CLOSED)
            .order_by(threads.c.updated_at.desc(), threads.c.created_at.desc())
            .limit(1)
        )
        return await self._database.read(lambda connection: connection.scalar(query))

    async def delete(self, thread_id: str) -> None:
        await self._database.write(
            lambda connection: connection.execute(delete(threads).where(threads.c.id == thread_id))
        )
