"""What the routes of the toy server take and give; `server.py` puts it on the wire."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Request:
    """`path` begins after the base URL (`/files/file_1`); header names are lower case; `parts` are the values that
    the route's `{name}` segments took."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    parts: Mapping[str, str] = field(default_factory=dict)

    def json(self) -> dict[str, Any]:
        found = json.loads(self.body or b"{}")
        if not isinstance(found, dict):
            raise Refused(400, "invalid_request_error", "the body is not an object")
        return found


@dataclass(frozen=True, slots=True)
class Reply:
    """`body` is sent as JSON, unless it is bytes."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """One server-sent event; `data` is sent as JSON, a string as it is (`[DONE]`). No `name`: no `event:` line."""

    data: Any
    name: str | None = None


@dataclass(frozen=True, slots=True)
class EventStream:
    events: AsyncIterator[Event]


@dataclass(slots=True)
class Refused(Exception):  # It is the server's answer, not a fault of the server.
    """Answered as the API does: `{"error": {"message", "type", "param", "code"}}`."""

    status: int
    type: str
    message: str
    code: str | None = None
    param: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


Handler: TypeAlias = Callable[[Request], Awaitable[Reply | EventStream]]


@dataclass(frozen=True, slots=True)
class Route:
    """`pattern` such as `/vector_stores/{store_id}/files`."""

    method: str
    pattern: str
    handler: Handler
