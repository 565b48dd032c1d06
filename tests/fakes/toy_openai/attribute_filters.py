"""The filters of a search over the attributes of a store's files."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from tests.fakes.toy_openai.validation import Invalid

Filter: TypeAlias = Mapping[str, Any]

_ORDERED: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}


def matches(attributes: Mapping[str, Any], wanted: Filter) -> bool:
    """Raises Invalid for what is no filter. A file without the attribute is unequal to everything."""
    kind = wanted.get("type")
    if kind in {"and", "or"}:
        parts = [matches(attributes, part) for part in _parts(wanted)]
        return all(parts) if kind == "and" else any(parts)
    if "key" not in wanted or "value" not in wanted:
        raise _refusal(f"Invalid filter: {dict(wanted)}")
    found, value = attributes.get(wanted["key"]), wanted["value"]
    match kind:
        case "eq":
            return _is_same(found, value)
        case "ne":
            return not _is_same(found, value)
        case "in":
            return any(_is_same(found, one) for one in _values(value))
        case "nin":
            return not any(_is_same(found, one) for one in _values(value))
        case "gt" | "gte" | "lt" | "lte":
            return _are_ordered(found, value) and _ORDERED[kind](found, value)
    raise _refusal(f"Invalid filter type: {kind!r}")


def _parts(wanted: Filter) -> list[Filter]:
    parts = wanted.get("filters")
    if not isinstance(parts, list) or not all(isinstance(part, Mapping) for part in parts):
        raise _refusal("'filters' of a compound filter must be an array of filters")
    return parts


def _values(value: object) -> list[object]:
    if not isinstance(value, list):
        raise _refusal("'value' must be an array for 'in' and 'nin'")
    return value


def _is_same(found: object, value: object) -> bool:
    """True is not 1 here."""
    return isinstance(found, bool) == isinstance(value, bool) and found == value


def _are_ordered(found: object, value: object) -> bool:
    if isinstance(found, bool) or isinstance(value, bool):
        return False
    is_number = isinstance(found, (int, float)) and isinstance(value, (int, float))
    return is_number or (isinstance(found, str) and isinstance(value, str))


def _refusal(message: str) -> Invalid:
    return Invalid(message, param="filters")
