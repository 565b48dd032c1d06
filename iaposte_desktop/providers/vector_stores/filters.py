"""Filters on files' attributes, as a search request holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iaposte_desktop.domain.knowledge import Comparison

if TYPE_CHECKING:
    from iaposte_desktop.domain.knowledge import Filter


def in_request(wanted: Filter) -> dict[str, Any]:
    if isinstance(wanted, Comparison):
        value = list(wanted.value) if isinstance(wanted.value, tuple) else wanted.value
        return {"type": wanted.comparator.value, "key": wanted.key, "value": value}
    return {"type": wanted.connective.value, "filters": [in_request(each) for each in wanted.filters]}
