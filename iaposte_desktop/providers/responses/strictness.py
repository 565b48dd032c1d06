"""Which JSON schemas the API's strict mode takes; for any other it refuses the request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

_Schema: TypeAlias = Mapping[str, Any]

_KEYWORDS: Final = frozenset(
    {"type", "properties", "required", "additionalProperties", "items", "enum", "anyOf", "description", "title"}
)


def is_strict(schema: object) -> bool:
    """An object, every object in it closed and requiring all its properties, of plain keywords alone."""
    if not isinstance(schema, Mapping) or schema.get("type") != "object":
        return False
    return all(isinstance(each, Mapping) and _is_plain(each) for each in _within(schema))


def _within(schema: object) -> Iterator[object]:
    """The schema and all those in it."""
    yield schema
    if isinstance(schema, Mapping):
        properties, options = schema.get("properties"), schema.get("anyOf")
        inner = [*(properties.values() if isinstance(properties, Mapping) else ())]
        inner += options if isinstance(options, (list, tuple)) else ()
        inner += [schema["items"]] if "items" in schema else []
        for each in inner:
            yield from _within(each)


def _is_plain(schema: _Schema) -> bool:
    kind = schema.get("type", ())
    return (
        schema.keys() <= _KEYWORDS
        and ("type" in schema or "anyOf" in schema)
        and ("object" not in kind or _is_closed(schema))
        and ("array" not in kind or "items" in schema)
    )


def _is_closed(schema: _Schema) -> bool:
    required, properties = schema.get("required", ()), schema.get("properties", {})
    is_whole = isinstance(required, (list, tuple)) and isinstance(properties, Mapping)
    return is_whole and schema.get("additionalProperties") is False and sorted(map(str, required)) == sorted(properties)
