"""Read what can be read of a damaged database, row by row, into a new one of the same schema."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from iaposte_desktop.workspace.backups import names, quoted
from iaposte_desktop.workspace.migrate import create
from iaposte_desktop.workspace.sqlite_errors import UNREADABLE
from iaposte_desktop.workspace.sqlite_files import connect, connect_to_recover, private_file, side_files
from iaposte_desktop.workspace.tables import REVISION, alembic_version, metadata

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HEADER_BYTES = 100
_PAGE_BYTES = 4096  # SQLite's default, which our databases have.
_LARGEST_ROWID = 2**40


def recover(damaged: Path, target: Path) -> None:
    """Make `target` of the rows that are readable. References between them may lead nowhere.

    Works on a copy beside `target`: the damaged file is only read. Raises sqlite3.DatabaseError or UnicodeDecodeError
    where no table can be found.
    """
    working_copy = target.with_suffix(".damaged")
    for old, new in zip(side_files(damaged)[:2], side_files(working_copy)[:2], strict=True):
        if old.exists():
            private_file(new)
            shutil.copyfile(old, new)
    template = target.with_suffix(".template")
    create(template)
    for remedy in (_with_new_header, _with_new_schema):
        try:
            _copy_rows(working_copy, target)
        except UNREADABLE:
            for each in side_files(target):
                each.unlink(missing_ok=True)
            remedy(working_copy, template)
        else:
            return
    _copy_rows(working_copy, target)


def _with_new_header(working_copy: Path, template: Path) -> None:
    """Without its first bytes SQLite reads no page; they are much the same in every database of ours."""
    header = bytearray(template.read_bytes()[:_HEADER_BYTES])
    pages = working_copy.stat().st_size // _PAGE_BYTES
    header[28:32] = pages.to_bytes(4, "big")
    header[32:40] = bytes(8)  # No free pages.
    with working_copy.open("r+b") as file:
        file.write(header)


def _with_new_schema(working_copy: Path, template: Path) -> None:
    """A database that was made at `REVISION` has its schema, and the roots of its tables, where every such one has."""
    content = template.read_bytes()
    with working_copy.open("r+b") as file:
        for page in _schema_pages(content):
            start = max((page - 1) * _PAGE_BYTES, _HEADER_BYTES)
            file.seek(start)
            file.write(content[start : page * _PAGE_BYTES])
    _with_new_header(working_copy, template)  # Again, as the file may have grown.


def _schema_pages(content: bytes) -> list[int]:
    """The numbers of the pages that hold the schema: the first, an inner page of the b-tree, and its leaves."""
    cells = int.from_bytes(content[103:105], "big")
    places = [int.from_bytes(content[112 + 2 * cell : 114 + 2 * cell], "big") for cell in range(cells)]
    return [1, *(int.from_bytes(content[place : place + 4], "big") for place in [*places, 108])]


def _copy_rows(damaged: Path, target: Path) -> None:
    with closing(connect_to_recover(damaged)) as source:
        definitions = list(source.execute("SELECT type, sql FROM sqlite_master WHERE typeof(sql) = 'text'"))
        if not names(source):
            raise sqlite3.DatabaseError("no table can be found")
        if is_todays := _is_todays(source):
            create(target)
        with closing(connect(target, foreign_keys=False)) as made:
            made.execute("BEGIN")
            if not is_todays:
                _define(made, definitions)
            for table in names(made):
                if table != alembic_version.name or not is_todays:
                    _copy_table(source, made, table)
            made.execute("COMMIT")


def _is_todays(source: sqlite3.Connection) -> bool:
    """Whether the tables are those of `REVISION`: by its number, or where that is lost by their columns."""
    name = alembic_version.name
    revision = next(_readable_rows(source, name, ["version_num"]), None)
    if revision is not None:
        return revision == (REVISION,)
    today = {table.name: list(table.columns.keys()) for table in metadata.sorted_tables}
    there = {table: _columns(source, table) for table in names(source)}
    return all(today.get(table) == columns for table, columns in there.items())


def _define(made: sqlite3.Connection, definitions: list[tuple[str, str]]) -> None:
    for kind, sql in sorted(definitions, key=lambda definition: definition[0] != "table"):
        if kind in ("table", "index"):
            with suppress(*UNREADABLE):
                made.execute(sql)


def _copy_table(source: sqlite3.Connection, made: sqlite3.Connection, table: str) -> None:
    columns = [each for each in _columns(made, table) if each in _columns(source, table)]
    marks = ", ".join("?" * len(columns))
    insertion = f"INSERT OR IGNORE INTO {quoted(table)} ({', '.join(map(quoted, columns))}) VALUES ({marks})"
    for row in _readable_rows(source, table, columns):
        if not any(isinstance(value, bytes) for value in row):  # None of ours holds any: its type is damaged.
            made.execute(insertion, row)


def _readable_rows(source: sqlite3.Connection, table: str, columns: list[str]) -> Iterator[tuple[object, ...]]:
    if not columns:
        return  # The table itself cannot be found.
    wanted = ", ".join(map(quoted, columns))
    query = f"SELECT rowid, {wanted} FROM {quoted(table)} NOT INDEXED WHERE rowid >= ? ORDER BY rowid"
    start: int | None = 0
    while start is not None:
        last = start - 1
        try:
            for rowid, *row in source.execute(query, (start,)):
                if rowid <= last:
                    raise sqlite3.DatabaseError("rows out of order")
                last = rowid
                yield tuple(row)
            return
        except UNREADABLE:
            start = _next_readable(source, query, last + 1)


def _next_readable(source: sqlite3.Connection, query: str, unreadable: int) -> int | None:
    """The first rowid after `unreadable` from which a row can be read: found in growing steps, then by halving."""
    step = 1
    while not _is_readable(source, query, unreadable + step):
        step *= 2
        if unreadable + step > _LARGEST_ROWID:
            return None
    bad, good = unreadable + step // 2, unreadable + step
    while good - bad > 1:
        middle = (bad + good) // 2
        if _is_readable(source, query, middle):
            good = middle
        else:
            bad = middle
    return good


def _is_readable(source: sqlite3.Connection, query: str, start: int) -> bool:
    try:
        source.execute(f"{query} LIMIT 1", (start,)).fetchone()
    except UNREADABLE:
        return False
    return True


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({quoted(table)})")]
