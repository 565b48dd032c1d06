"""Values to rows and back. A column that holds a field bears its name."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import bindparam, insert, select, update

from iaposte_desktop.domain.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Column, Connection, Row, Select, Table

T = TypeVar("T")

# Fewer than any database's limit of parameters in one statement.
_CHUNK = 500


def columns_of(table: Table, shape: type[Any]) -> list[Column[Any]]:
    """The columns that hold the fields of a dataclass."""
    return [table.c[field.name] for field in fields(shape) if field.name in table.c]


def row_of(value: Any, table: Table, **others: object) -> dict[str, Any]:
    """The fields of a dataclass that have a column, and `others` beside them."""
    return {f.name: getattr(value, f.name) for f in fields(value) if f.name in table.c} | others


def value_of(row: Row[Any], shape: type[T], **others: object) -> T:
    names = shape.__dataclass_fields__  # type: ignore[attr-defined]  # Callers pass dataclasses.
    return shape(**{name: value for name, value in zip(row._fields, row, strict=True) if name in names}, **others)


def chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK))


def one(connection: Connection, query: Select[Any], sought: str) -> Row[Any]:
    """The only row of `query`. Raises NotFound, naming what was sought."""
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound(sought)
    return row


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], key: str = "id") -> None:
    """Insert the rows, or replace them by `key`; the rows that refer to them stay."""
    column = table.c[key]
    for some in chunks(list({row[key]: row for row in rows}.values())):
        keys = [row[key] for row in some]
        known = set(connection.scalars(select(column).where(column.in_(keys))))
        if new := [row for row in some if row[key] not in known]:
            connection.execute(insert(table), new)
        if old := [{**row, "replaced": row[key]} for row in some if row[key] in known]:
            connection.execute(update(table).where(column == bindparam("replaced")), old)
