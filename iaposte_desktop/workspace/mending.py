"""Make the rows that were recovered fit together again: readable values, runs that are what their events add up to,
and no reference that leads nowhere. What belonged to a lost customer or thread is kept under a nameless one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, func, insert, select, text, union, update

from iaposte_desktop.domain.errors import IllegalTransition, StorageError
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.knowledge import VectorStore
from iaposte_desktop.domain.reducer import reduce
from iaposte_desktop.domain.threads import Customer, Thread, ThreadStatus
from iaposte_desktop.workspace.backups import quoted
from iaposte_desktop.workspace.engine import sqlite_engine
from iaposte_desktop.workspace.journal import entry_of_row, row_of_run
from iaposte_desktop.workspace.rows import row_of, upsert
from iaposte_desktop.workspace.tables import (
    assistant_versions,
    assistants,
    customers,
    draft_revisions,
    drafts,
    events,
    files,
    messages,
    metadata,
    runs,
    threads,
    usage,
    vector_stores,
)

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Column, Connection, Table

    from iaposte_desktop.domain.runs import Run


def mend(path: Path, now: datetime) -> None:
    """`path` is a recovered database of the newest revision; `now` dates what has to be made up."""
    engine = sqlite_engine(path, foreign_keys=False)
    try:
        with engine.execution_options(writes=True).begin() as connection:
            for table in metadata.sorted_tables:
                _drop_unreadable(connection, table)
            for run_id in connection.scalars(union(select(runs.c.id), select(events.c.run_id))).all():
                _mend_run(connection, run_id)
            _adopt_orphans(connection, now)
            _mend_current_versions(connection)
            _drop_dangling(connection)
    finally:
        engine.dispose()


def _drop_unreadable(connection: Connection, table: Table) -> None:
    """A run's snapshot is left out: the run can be replayed without it."""
    columns = [column for column in table.c if column is not runs.c.snapshot]
    try:
        for _ in connection.execute(select(*columns)):
            pass
    except StorageError:
        keys = list(table.primary_key.columns)
        for row in connection.execute(select(*keys)).all():
            this = and_(*(column == value for column, value in zip(keys, row, strict=True)))
            if not _is_readable(connection, columns, this):
                connection.execute(delete(table).where(this))


def _is_readable(connection: Connection, columns: list[Column[Any]], this: Any) -> bool:
    try:
        connection.execute(select(*columns).where(this)).one()
    except StorageError:
        return False
    return True


def _mend_run(connection: Connection, run_id: str) -> None:
    if _has_snapshot(connection, run_id):
        return
    run = _readable_part(connection, run_id)
    if run is None:
        connection.execute(delete(runs).where(runs.c.id == run_id))
        return
    for table in (events, usage):
        connection.execute(delete(table).where(table.c.run_id == run_id, table.c.sequence > run.sequence))
    upsert(connection, runs, [row_of_run(run)])


def _has_snapshot(connection: Connection, run_id: str) -> bool:
    try:
        return connection.scalar(select(runs.c.snapshot).where(runs.c.id == run_id)) is not None
    except StorageError:
        return False


def _readable_part(connection: Connection, run_id: str) -> Run | None:
    """The run as far as its events follow each other."""
    run: Run | None = None
    for row in connection.execute(select(events).where(events.c.run_id == run_id).order_by(events.c.sequence)):
        try:
            run = reduce(run, entry_of_row(row))
        except (StorageError, IllegalTransition):
            break
    return run


def _adopt_orphans(connection: Connection, now: datetime) -> None:
    of_threads = [table.c.thread_id for table in (messages, drafts, draft_revisions, runs)]
    customer_id = new_id("cust")
    for thread_id in _missing(connection, threads.c.id, of_threads):
        thread = Thread(thread_id, customer_id, "", ThreadStatus.TO_ANSWER, now, now)
        connection.execute(insert(threads), row_of(thread, threads, normalised_subject=""))
    for lost in _missing(connection, customers.c.id, [threads.c.customer_id]):
        connection.execute(insert(customers), row_of(Customer(lost, "", "", now), customers, email_folded=""))
    for lost in _missing(connection, vector_stores.c.id, [files.c.store_id]):
        store = VectorStore(lost, "embedded", lost, now, now)
        connection.execute(insert(vector_stores), row_of(store, vector_stores))
    for lost in _missing(connection, assistants.c.id, [assistant_versions.c.assistant_id]):
        row = {"id": lost, "current_version": 0, "created_at": now}
        connection.execute(insert(assistants), row)


def _missing(connection: Connection, parent: Column[str], references: list[Column[str]]) -> list[str]:
    wanted = union(*(select(column) for column in references)).subquery()
    return list(connection.scalars(select(wanted.c[0]).where(wanted.c[0].not_in(select(parent))).distinct()))


def _mend_current_versions(connection: Connection) -> None:
    """An assistant without its current version goes back to the newest that is left, and without any is gone."""
    mine = assistant_versions.c.assistant_id == assistants.c.id
    current = select(assistant_versions.c.number).where(
        mine, assistant_versions.c.number == assistants.c.current_version
    )
    newest = select(func.max(assistant_versions.c.number)).where(mine).scalar_subquery()
    connection.execute(delete(assistants).where(newest.is_(None)))
    connection.execute(update(assistants).where(~current.exists()).values(current_version=newest))


def _drop_dangling(connection: Connection) -> None:
    while found := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        for table, rowid, *_ in found:
            connection.execute(text(f"DELETE FROM {quoted(table)} WHERE rowid = :rowid"), {"rowid": rowid})
