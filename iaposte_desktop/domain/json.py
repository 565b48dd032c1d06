"""The shape of JSON, for the few places where a value is open by design (metadata, tool arguments)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

JsonValue: TypeAlias = "str | int | float | bool | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
Metadata: TypeAlias = Mapping[str, str]

METADATA_PAIRS = 16
METADATA_KEY_CHARACTERS = 64
METADATA_VALUE_CHARACTERS = 512


def metadata_problem(metadata: Metadata) -> str | None:
    """Why this metadata would be refused by a hosted store, or None: `pairs`, `key` or `value`."""
    if len(metadata) > METADATA_PAIRS:
        return "pairs"
    if any(not key or len(key) > METADATA_KEY_CHARACTERS for key in metadata):
        return "key"
    if any(len(value) > METADATA_VALUE_CHARACTERS for value in metadata.values()):
        return "value"
    return None
