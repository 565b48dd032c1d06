"""What a `file_search_call` brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.providers.hosted import file_id_of, hit_of
from iaposte_desktop.providers.json_fields import Json, object_in, text_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iaposte_desktop.providers.hosted import Hit


def hit_in(result: Json) -> Hit:
    named, name, text = (text_in(result, field) for field in ("file_id", "filename", "text"))
    return hit_of(named, name, text, result.get("score"), object_in(result, "attributes"))


def file_of(result: Json) -> str:
    """Marks and citations may name the result's own id instead."""
    return file_id_of(text_in(result, "file_id"), object_in(result, "attributes"))


def store_ids_of(tools: Iterable[Json]) -> tuple[str, ...]:
    """The stores that the response's own account of its tools names."""
    named = (tool.get("vector_store_ids") for tool in tools if tool.get("type") == "file_search")
    return tuple(each for ids in named if isinstance(ids, list) for each in ids if isinstance(each, str))
