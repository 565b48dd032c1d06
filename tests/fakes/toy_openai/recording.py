"""What came, and what it is compared with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.fakes.toy_openai.wire import Received

ROOT = "/v1"


@dataclass(frozen=True, slots=True)
class Recorded:
    """`path` begins after the base URL; header names are lower case; of a name that is several times in the query the
    values are joined by commas; `json` is None for a body of another kind."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    json: Any = None


def recorded(received: Received) -> Recorded:
    url = urlsplit(received.target)
    query: dict[str, str] = {}
    for name, value in parse_qsl(url.query, keep_blank_values=True):
        query[name] = f"{query[name]},{value}" if name in query else value
    return Recorded(
        received.method, url.path.removeprefix(ROOT), query, received.headers, received.body, _json(received)
    )


def parts_of(pattern: str, path: str) -> dict[str, str] | None:
    """What the `{name}` segments of `pattern` stand for in `path`, or None where it does not match."""
    expected, given = pattern.split("/"), path.split("/")
    if len(expected) != len(given):
        return None
    parts = {}
    for name, value in zip(expected, given, strict=True):
        if name.startswith("{"):
            parts[name.strip("{}")] = unquote(value)
        elif name != value:
            return None
    return parts


def _json(received: Received) -> Any:
    if "json" not in received.headers.get("content-type", ""):
        return None
    try:
        return json.loads(received.body)
    except ValueError:
        return None
