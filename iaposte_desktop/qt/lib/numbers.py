"""Numbers as they are typed: with spaces, point or comma, whichever the keyboard has."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Final

from PySide6.QtCore import QLocale

from iaposte_desktop.domain.errors import InvalidValue

_SPACES: Final = str.maketrans("", "", " \u00a0\u202f")


def shown_number(number: float | Decimal) -> str:
    return f"{Decimal(str(number)):f}".replace(".", QLocale().decimalPoint())


def typed_whole(field: str, text: str) -> int:
    """Raises InvalidValue(field)."""
    try:
        return int(text.translate(_SPACES))
    except ValueError as error:
        raise InvalidValue(field) from error


def typed_decimal(field: str, text: str) -> Decimal:
    """Raises InvalidValue(field)."""
    try:
        number = Decimal(text.translate(_SPACES).replace(",", "."))
    except InvalidOperation as error:
        raise InvalidValue(field) from error
    if not number.is_finite():
        raise InvalidValue(field)
    return number
