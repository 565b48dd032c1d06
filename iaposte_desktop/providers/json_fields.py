"""Fields of JSON that a server wrote: servers leave out what they should send, and send null for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

Json: TypeAlias = Mapping[str, Any]


def text_in(fields: Json, name: str) -> str:
    found = fields.get(name)
    return found if isinstance(found, str) else ""


def number_in(fields: Json, name: str) -> int | None:
    found = fields.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def object_in(fields: Json, name: str) -> Json:
    found = fields.get(name)
    return found if isinstance(found, dict) else {}


def objects_in(fields: Json, name: str) -> tuple[Json, ...]:
    found = fields.get(name)
    return tuple(each for each in found if isinstance(each, dict)) if isinstance(found, list) else ()


def texts_in(fields: Json, name: str) -> tuple[str, ...]:
    found = fields.get(name)
    return tuple(each for each in found if isinstance(each, str)) if isinstance(found, list) else ()
