"""Lists as the API pages them: newest first unless asked otherwise, by the id of the object before or after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias
from uuid import uuid4

from tests.fakes.toy_openai.validation import Invalid

Body: TypeAlias = dict[str, Any]


def new_id(prefix: str) -> str:
    return f"{prefix}{uuid4().hex[:24]}"


def page(oldest_first: Iterable[Body], query: Mapping[str, str], *, limit: int = 20, highest: int = 100) -> Body:
    """`limit` where the query has none, `highest` the most it may ask for."""
    objects = list(oldest_first)
    if _order(query) == "desc":
        objects.reverse()
    wanted = _limit(query, limit, highest)
    if before := query.get("before"):
        objects = objects[: _place(objects, before)]
        shown, has_more = objects[-wanted:], len(objects) > wanted
    else:
        if after := query.get("after"):
            objects = objects[_place(objects, after) + 1 :]
        shown, has_more = objects[:wanted], len(objects) > wanted
    return {
        "object": "list",
        "data": shown,
        "first_id": shown[0]["id"] if shown else None,
        "last_id": shown[-1]["id"] if shown else None,
        "has_more": has_more,
    }


def _order(query: Mapping[str, str]) -> str:
    order = query.get("order", "desc")
    if order not in {"asc", "desc"}:
        message = f"Invalid value: '{order}'. Supported values are: 'asc' and 'desc'."
        raise Invalid(message, param="order", code="invalid_value")
    return order


def _limit(query: Mapping[str, str], default: int, highest: int) -> int:
    asked = query.get("limit", str(default))
    try:
        limit = int(asked)
    except ValueError:
        message = f"Invalid type for 'limit': expected an integer, but got '{asked}' instead."
        raise Invalid(message, param="limit", code="invalid_type") from None
    if limit < 1:
        message = f"Invalid 'limit': integer below minimum value. Expected a value >= 1, but got {limit} instead."
        raise Invalid(message, param="limit", code="integer_below_min_value")
    if limit > highest:
        message = (
            f"Invalid 'limit': integer above maximum value. Expected a value <= {highest}, but got {limit} instead."
        )
        raise Invalid(message, param="limit", code="integer_above_max_value")
    return limit


def _place(objects: list[Body], cursor: str) -> int:
    for place, item in enumerate(objects):
        if item["id"] == cursor:
            return place
    raise Invalid(f"No object with id '{cursor}' is in this list.", param="after")
