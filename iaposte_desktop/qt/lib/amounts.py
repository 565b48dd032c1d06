"""Tokens and costs in words and local figures."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLocale

from iaposte_desktop.qt.lib.counts import COUNTS

if TYPE_CHECKING:
    from iaposte_desktop.domain.usage import Cost, Usage

_SMALLEST: Final = Decimal("0.0001")


def tokens_text(tokens: int, *, estimated: bool = False) -> str:
    """`1,912 tokens`, with ≈ when we counted ourselves."""
    return ("≈ " if estimated else "") + COUNTS.tokens(tokens)


def cost_text(cost: Cost, *, estimated: bool = False) -> str:
    """`free`, `unknown cost`, or dollars with four decimals, with ≈ where they are not what will be billed."""
    if cost.usd is None:
        return QCoreApplication.translate("Amounts", "unknown cost")
    if cost.usd == 0:
        return QCoreApplication.translate("Amounts", "free")
    sign = "< " if cost.usd < _SMALLEST else "≈ " if estimated else ""
    return f"{sign}{QLocale().toString(float(max(cost.usd, _SMALLEST)), 'f', 4)} $"


def usage_text(usage: Usage, cost: Cost) -> str:
    tokens = tokens_text(usage.total_tokens, estimated=usage.estimated)
    return f"{tokens} · {cost_text(cost, estimated=usage.estimated)}"
