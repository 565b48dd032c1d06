"""Values to JSON text and back, by their annotations.

A field that a newer version added is passed over; a field that an older one did not know takes its default.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_type_hints

from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from iaposte_desktop.domain.errors import StorageError
from iaposte_desktop.domain.events import RunEvent
from iaposte_desktop.domain.knowledge import Attribute

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")

# `JsonValue` refers to itself by a string, which no other module can resolve; to the codec it is anything.
_HINTS = {"JsonValue": Any}

EVENT_TYPES: Mapping[str, type[RunEvent]] = {event.kind: event for event in get_args(RunEvent)}


def encode(value: object) -> str:
    text = json.dumps(_CONVERTER.unstructure(value), ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate (an undecodable file name, a broken PDF) has no UTF-8 form; Python's escape of it is JSON's.
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def decode(text: str, shape: type[T]) -> T:
    """`shape` is a dataclass or an annotation made of them. Raises StorageError for text that does not fit it."""
    try:
        return _CONVERTER.structure(json.loads(text), shape)
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, RecursionError) as error:
        raise StorageError(f"not a {shape}: {error!r}") from error


def decode_event(kind: str, text: str) -> RunEvent:
    """Raises StorageError for a kind this version does not know."""
    try:
        shape = EVENT_TYPES[kind]
    except KeyError:
        raise StorageError(f"an event of unknown kind {kind!r}") from None
    return decode(text, shape)


def _resolved(cls: Any) -> Any:
    """Put the types themselves where `from __future__ import annotations` left their names."""
    hints = get_type_hints(cls, localns=_HINTS)
    for each in fields(cls):
        each.type = hints[each.name]
    return cls


def _converter() -> Converter:
    converter = Converter(detailed_validation=False)
    converter.register_unstructure_hook_factory(
        lambda shape: isinstance(shape, type) and is_dataclass(shape),
        lambda shape: make_dict_unstructure_fn(_resolved(shape), converter),
    )
    converter.register_structure_hook_factory(
        lambda shape: isinstance(shape, type) and is_dataclass(shape),
        lambda shape: make_dict_structure_fn(_resolved(shape), converter, _cattrs_detailed_validation=False),
    )
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
    converter.register_unstructure_hook(Decimal, str)
    converter.register_structure_hook(Decimal, lambda text, _: Decimal(text))
    converter.register_structure_hook(Attribute, lambda value, _: value)
    return converter


_CONVERTER = _converter()
