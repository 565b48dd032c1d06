"""Whether a file's attributes satisfy a filter."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.knowledge import Comparator, Comparison, Connective

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iaposte_desktop.domain.knowledge import Attribute, Filter

_ORDER: Final[Mapping[Comparator, Callable[[float, float], bool]]] = {
    Comparator.GT: operator.gt,
    Comparator.GTE: operator.ge,
    Comparator.LT: operator.lt,
    Comparator.LTE: operator.le,
}


def satisfies(attributes: Mapping[str, Attribute], wanted: Filter) -> bool:
    """Values of different kinds are never equal and have no order: True is not 1, "2" is not 2."""
    if isinstance(wanted, Comparison):
        return _compare(attributes.get(wanted.key), wanted)
    results = (satisfies(attributes, nested) for nested in wanted.filters)
    return all(results) if wanted.connective is Connective.AND else any(results)


def _compare(actual: Attribute | None, wanted: Comparison) -> bool:
    match wanted.comparator:
        case Comparator.EQ | Comparator.IN:
            return _is_among(actual, wanted)
        case Comparator.NE | Comparator.NIN:
            return not _is_among(actual, wanted)
        case comparator:
            value = wanted.value
            if isinstance(value, tuple) or actual is None or _kind(actual) is not _kind(value):
                return False
            # Two strings compare as two numbers do; `_kind` has told that both are of one kind.
            return _ORDER[comparator](actual, value)  # type: ignore[arg-type] # See above.


def _is_among(actual: Attribute | None, wanted: Comparison) -> bool:
    values = wanted.value if isinstance(wanted.value, tuple) else (wanted.value,)
    return actual is not None and any(_kind(actual) is _kind(value) and actual == value for value in values)


def _kind(value: Attribute) -> type:
    return bool if isinstance(value, bool) else str if isinstance(value, str) else float
