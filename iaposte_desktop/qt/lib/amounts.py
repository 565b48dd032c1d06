"""Tokens and costs in words and local figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from iaposte_desktop.qt.lib.counts import COUNTS

if TYPE_CHECKING:
    from iaposte_desktop.domain.usage import Cost, Usage


def tokens_text(tokens: int, *, estimated: bool = False) -> str:
    """`1,912 tokens`, with ≈ when we counted ourselves."""
    return ("≈ " if estimated else "") + COUNTS.tokens(tokens)


def cost_text(cost: Cost) -> str:
    """`free`, `unknown cost`, or dollars with four decimals."""
    if cost.usd is None:
        return QCoreApplication.translate("Amounts", "unknown cost")
    if cost.usd == 0:
        return QCoreApplication.translate("Amounts", "free")
    return f"{QLocale().toString(float(cost.usd), 'f', 4)} $"


def usage_text(usage: Usage, cost: Cost) -> str:
    return f"{tokens_text(usage.total_tokens, estimated=usage.estimated)} · {cost_text(cost)}"
