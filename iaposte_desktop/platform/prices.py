"""Prices and known models in JSON files: those the program came with, and the prices that the user wrote."""

from __future__ import annotations

import asyncio
import json
from dataclasses import fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from iaposte_desktop.domain.ports.model_provider import ModelInfo
from iaposte_desktop.domain.prices import Price
from iaposte_desktop.platform.json_file import read_json, write_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_NAMES: Final = frozenset({"provider", "model"})
_WHOLE: Final = frozenset({"long_context"})
_OPTIONAL: Final = frozenset({"cached_input", "cache_write", "long_context"})


class PriceFiles:
    """Implements `PriceRepository`. Amounts are written as text: a float would lose a digit. A row that cannot be read
    is passed over; a file that cannot is kept aside."""

    def __init__(self, shipped: Path, edited: Path) -> None:
        self._shipped = shipped
        self._edited = edited

    async def shipped(self) -> tuple[Price, ...]:
        return await asyncio.to_thread(lambda: _rows(json.loads(self._shipped.read_bytes())))

    async def edited(self) -> tuple[Price, ...]:
        return await asyncio.to_thread(lambda: _rows(read_json(self._edited, dict)[0] or {}))

    async def save(self, prices: Sequence[Price]) -> None:
        rows = [_row(price) for price in prices]
        await asyncio.to_thread(write_json, self._edited, {"prices": rows})


def known_models(path: Path) -> tuple[ModelInfo, ...]:
    """Of a file of ours: context and last day of models, for servers that do not tell."""
    return tuple(
        ModelInfo(
            row["id"],
            row.get("context_tokens"),
            date.fromisoformat(row["shutdown_date"]) if "shutdown_date" in row else None,
        )
        for row in json.loads(path.read_bytes())["models"]
    )


def _rows(content: Any) -> tuple[Price, ...]:
    rows = content.get("prices", []) if isinstance(content, dict) else []
    return tuple(price for row in rows if (price := _price(row)) is not None)


def _price(row: Any) -> Price | None:
    try:
        return Price(
            **{field.name: _value(field.name, row[field.name]) for field in fields(Price) if field.name in row}
        )
    except (TypeError, ValueError, InvalidOperation):
        return None


def _value(name: str, value: Any) -> Any:
    if name in _NAMES:
        return str(value)
    if name == "valid_from":
        return date.fromisoformat(value)
    if value is None and name in _OPTIONAL:
        return None
    if name in _WHOLE:
        return int(value)
    amount = Decimal(str(value))
    if not amount.is_finite() or amount < 0:
        raise ValueError(name)
    return amount


def _row(price: Price) -> dict[str, object]:
    values = {field.name: getattr(price, field.name) for field in fields(Price)}
    return {
        name: value if isinstance(value, int) or name in _NAMES else str(value)
        for name, value in values.items()
        if value is not None
    }
