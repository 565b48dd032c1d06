"""Column types: how the domain's values lie in the database, on every SQL dialect alike."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import String, Text, TypeDecorator

from iaposte_desktop.domain.errors import StorageError
from iaposte_desktop.workspace import codec

if TYPE_CHECKING:
    from sqlalchemy import Dialect

E = TypeVar("E", bound=StrEnum)


class Instant(TypeDecorator[datetime]):
    """UTC as ISO text of fixed width, so that text order is time order. Takes aware datetimes only."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the base's
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the base's
        try:
            return None if value is None else datetime.fromisoformat(value)
        except (ValueError, TypeError) as error:
            raise StorageError(f"not a time: {value!r}") from error


class Words(TypeDecorator[str]):
    """Text from outside. Lone surrogates, which no database takes, become question marks."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the base's
        return value if value is None or value.isascii() else value.encode("utf-8", "replace").decode()


class Json(TypeDecorator[Any]):
    """An open-ended or nested value as JSON text; SQL never looks inside."""

    impl = Text
    cache_ok = True

    def __init__(self, shape: Any) -> None:
        super().__init__()
        self.shape = shape

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:  # noqa: ARG002 - the base's
        return None if value is None else codec.encode(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002 - the base's
        return None if value is None else codec.decode(value, self.shape)


class Choice(TypeDecorator[E]):
    """A StrEnum by its value."""

    impl = String
    cache_ok = True

    def __init__(self, choices: type[E]) -> None:
        super().__init__()
        self.choices = choices

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:  # noqa: ARG002 - the base's
        try:
            return None if value is None else self.choices(value)
        except ValueError as error:
            raise StorageError(f"not a {self.choices.__name__}: {value!r}") from error


class Amount(TypeDecorator[Decimal]):
    """A decimal as text: SQLite would keep it as binary floating point."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the base's
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002 - the base's
        try:
            return None if value is None else Decimal(value)
        except (InvalidOperation, TypeError, ValueError) as error:
            raise StorageError(f"not an amount: {value!r}") from error
