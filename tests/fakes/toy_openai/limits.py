"""What the API refuses although its type is right: too many keys, too long texts, impossible chunks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tests.fakes.toy_openai.validation import Invalid

_KEYS: Final = 16
_KEY_CHARACTERS: Final = 64
_VALUE_CHARACTERS: Final = 512
_DEFAULT_CHUNKING: Final = {"type": "static", "static": {"max_chunk_size_tokens": 800, "chunk_overlap_tokens": 400}}


def checked_map(values: Mapping[str, Any] | None, param: str) -> dict[str, Any]:
    """Metadata or attributes; empty where there are none."""
    values = values or {}
    if len(values) > _KEYS:
        _refuse(f"Invalid '{param}': too many properties. Expected at most {_KEYS}, but got {len(values)}.", param)
    for key, value in values.items():
        if len(key) > _KEY_CHARACTERS:
            _refuse(f"Invalid '{param}': key too long. Expected at most {_KEY_CHARACTERS} characters.", param)
        if isinstance(value, str) and len(value) > _VALUE_CHARACTERS:
            message = f"Invalid '{param}.{key}': string too long. Expected at most {_VALUE_CHARACTERS} characters."
            _refuse(message, f"{param}.{key}")
    return dict(values)


def checked_days(expires_after: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if expires_after is not None and not 1 <= expires_after["days"] <= 365:
        _refuse("Invalid 'expires_after.days': expected a value between 1 and 365.", "expires_after.days")
    return None if expires_after is None else dict(expires_after)


def chunking(strategy: Mapping[str, Any] | None) -> dict[str, Any]:
    """As a file of a store tells it."""
    if strategy is None or strategy["type"] == "auto":
        return dict(_DEFAULT_CHUNKING)
    size, overlap = strategy["static"]["max_chunk_size_tokens"], strategy["static"]["chunk_overlap_tokens"]
    if not 100 <= size <= 4096:
        param = "chunking_strategy.static.max_chunk_size_tokens"
        _refuse(f"Invalid '{param}': expected a value between 100 and 4096.", param)
    if not 0 <= overlap <= size // 2:
        param = "chunking_strategy.static.chunk_overlap_tokens"
        _refuse(f"Invalid '{param}': expected at most half of max_chunk_size_tokens.", param)
    return dict(strategy)


def _refuse(message: str, param: str) -> None:
    raise Invalid(message, param=param, code="invalid_value")
