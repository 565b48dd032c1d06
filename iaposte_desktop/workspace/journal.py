"""Runs as the events they consist of.

Each append writes the events, and moves the run's row on: status, sequence, usage. The run itself is written once,
when it is over; until then it is replayed from its events, so that a stream of text costs no more the longer it gets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from iaposte_desktop.domain.errors import NotFound, StorageError
from iaposte_desktop.domain.events import JournalEntry, StepEnded, UsageCounted
from iaposte_desktop.domain.reducer import replay
from iaposte_desktop.domain.runs import RunStatus
from iaposte_desktop.domain.usage import Cost, Usage, Used
from iaposte_desktop.workspace import codec
from iaposte_desktop.workspace.rows import columns_of, row_of, value_of
from iaposte_desktop.workspace.tables import events, run_steps, runs, usage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Row, Select

    from iaposte_desktop.domain.runs import Run
    from iaposte_desktop.workspace.database import Database

_ACTIVE = [status for status in RunStatus if not status.is_terminal]
_RUN = select(runs.c.id, runs.c.snapshot)
_NEWEST = (runs.c.created_at.desc(), runs.c.number.desc())


def row_of_run(run: Run) -> dict[str, Any]:
    """The run's row in `runs`, which holds it whole only once it is over."""
    return row_of(
        run,
        runs,
        provider=run.model.provider,
        model=run.model.model,
        **row_of(run.usage, runs),
        cost_usd=run.cost.usd,
        snapshot=run if run.status.is_terminal else None,
    )


def entry_of_row(row: Row[Any]) -> JournalEntry:
    """Raises StorageError for an event that this version cannot read."""
    return JournalEntry(row.run_id, row.sequence, row.at, codec.decode_event(row.kind, row.payload))


class SqlRunJournal:
    """See `RunJournal`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(self, entries: Sequence[JournalEntry], run: Run) -> None:
        """Raises StorageError also where `entries` do not follow what is stored, or do not lead to `run`."""
        if entries:
            _check(entries, run)
            await self._database.write(lambda connection: _append(connection, entries, run))

    async def entries(self, run_id: str) -> tuple[JournalEntry, ...]:
        return await self._database.read(lambda connection: _entries(connection, run_id))

    async def retrieve(self, run_id: str) -> Run:
        found = await self._runs(_RUN.where(runs.c.id == run_id))
        if not found:
            raise NotFound(run_id)
        return found[0]

    async def runs_of(self, thread_id: str) -> tuple[Run, ...]:
        return await self._runs(_RUN.where(runs.c.thread_id == thread_id).order_by(*_NEWEST))

    async def unfinished(self) -> tuple[Run, ...]:
        return await self._runs(_RUN.where(runs.c.status.in_(_ACTIVE)).order_by(*_NEWEST))

    async def used_by_assistant(self, assistant_id: str) -> Used:
        query: Select[Any] = select(*columns_of(runs, Usage), runs.c.cost_usd).where(
            runs.c.assistant_id == assistant_id
        )
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        used = Used()
        for row in rows:
            used = used.with_run(value_of(row, Usage), Cost(row.cost_usd))
        return used

    async def _runs(self, query: Select[Any]) -> tuple[Run, ...]:
        return await self._database.read(
            lambda connection: tuple(_run(connection, row) for row in connection.execute(query).all())
        )


def _check(entries: Sequence[JournalEntry], run: Run) -> None:
    sequences = [entry.sequence for entry in entries]
    expected = list(range(run.sequence - len(entries) + 1, run.sequence + 1))
    if sequences != expected or any(entry.run_id != run.id for entry in entries):
        raise StorageError(f"entries {sequences} do not lead to #{run.sequence} of {run.id}")


def _append(connection: Connection, entries: Sequence[JournalEntry], run: Run) -> None:
    before = entries[0].sequence - 1
    row = row_of_run(run)
    if before == 0:
        connection.execute(insert(runs), row)
    else:
        moved = connection.execute(update(runs).where(runs.c.id == run.id, runs.c.sequence == before).values(row))
        if moved.rowcount != 1:
            raise StorageError(f"#{before + 1} does not follow what is stored of {run.id}")
    connection.execute(insert(events), [_event(entry) for entry in entries])
    _write_steps(connection, entries, run)
    if counted := [_usage(entry, entry.event) for entry in entries if isinstance(entry.event, UsageCounted)]:
        connection.execute(insert(usage), counted)


def _event(entry: JournalEntry) -> dict[str, Any]:
    return row_of(entry, events, kind=entry.event.kind, payload=codec.encode(entry.event))


def _usage(entry: JournalEntry, event: UsageCounted) -> dict[str, Any]:
    return row_of(entry, usage, **row_of(event.usage, usage), cost_usd=event.cost.usd)


def _write_steps(connection: Connection, entries: Sequence[JournalEntry], run: Run) -> None:
    """The steps that ended with these entries; the end of a run ends all of them."""
    ended = {entry.event.step_id for entry in entries if isinstance(entry.event, StepEnded)}
    # By id: a journal may name a step twice, and its last state is the one that counts.
    steps = list({step.id: step for step in run.steps if run.status.is_terminal or step.id in ended}.values())
    if not steps:
        return
    mine = (run_steps.c.run_id == run.id) & run_steps.c.id.in_([step.id for step in steps])
    connection.execute(delete(run_steps).where(mine))
    connection.execute(insert(run_steps), [row_of(step, run_steps, run_id=run.id) for step in steps])


def _entries(connection: Connection, run_id: str) -> tuple[JournalEntry, ...]:
    rows = connection.execute(select(events).where(events.c.run_id == run_id).order_by(events.c.sequence))
    return tuple(map(entry_of_row, rows))


def _run(connection: Connection, row: Row[Any]) -> Run:
    return row.snapshot or replay(_entries(connection, row.id))
