"""Whether an answer has the shape that the SDK's own types describe; the SDK itself takes anything."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel

T = TypeVar("T", bound=BaseModel)


def exact(parsed: T) -> T:
    """`parsed` again. Fails when a field has another type, is missing, or is none of the type's."""
    type(parsed).model_validate(parsed.model_dump(by_alias=True, exclude_unset=True, warnings="error"))
    assert not list(_extras(parsed)), f"fields that {type(parsed).__name__} does not have"
    return parsed


def _extras(value: object) -> list[str]:
    if isinstance(value, BaseModel):
        own = list(value.model_extra or ())
        return own + [extra for name in value.model_fields_set for extra in _extras(getattr(value, name, None))]
    if isinstance(value, list):
        return [extra for item in value for extra in _extras(item)]
    return []
