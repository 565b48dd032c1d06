"""Filters on files' attributes: as a search request holds them, and by hand for servers without them."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any, Final

from iaposte_desktop.domain.knowledge import Comparator, Comparison, Connective

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iaposte_desktop.domain.knowledge import Attribute, Filter

_ORDER: Final[Mapping[Comparator, Callable[[Any, Any], bool]]] = {
    Comparator.GT: operator.gt,
    Comparator.GTE: operator.ge,
    Comparator.LT: operator.lt,
    Comparator.LTE: operator.le,
}
_NEGATIONS: Final = frozenset({Comparator.NE, Comparator.NIN})


def in_request(wanted: Filter) -> dict[str, Any]:
    if isinstance(wanted, Comparison):
        value = list(wanted.value) if isinstance(wanted.value, tuple) else wanted.value
        return {"type": wanted.comparator.value, "key": wanted.key, "value": value}
    return {"type": wanted.connective.value, "filters": [in_request(each) for each in wanted.filters]}


def satisfies(attributes: Mapping[str, Attribute], wanted: Filter) -> bool:
    """Values of different kinds are never equal and have no order."""
    if not isinstance(wanted, Comparison):
        join = all if wanted.connective is Connective.AND else any
        return join(satisfies(attributes, each) for each in wanted.filters)
    values = wanted.value if isinstance(wanted.value, tuple) else (wanted.value,)
    actual = attributes.get(wanted.key)
    comparable = [value for value in values if actual is not None and _kind(value) is _kind(actual)]
    if wanted.comparator in _ORDER:
        return any(_ORDER[wanted.comparator](actual, value) for value in comparable)
    return (actual in comparable) is not (wanted.comparator in _NEGATIONS)


def _kind(value: Attribute) -> type:
    return type(value) if isinstance(value, bool | str) else float
