"""What program and worker say to each other: JSON values behind a four-byte length, over plain pipes. Never pickle."""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_FRAME_BYTES = 4 * 1024 * 1024
"""Decoding holds the interpreter: a job yields items well under 256 KB, and this is where it ends."""

HEADER = struct.Struct(">I")


def encode(value: Mapping[str, Any]) -> bytes:
    """Raises ValueError over the cap, TypeError for what JSON has no form for."""
    # File names on Unix may hold lone surrogates; json.loads lets them through in the same way.
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    check_size(len(body))
    return HEADER.pack(len(body)) + body


def decode(body: bytes) -> dict[str, Any]:
    value = json.loads(body)
    if not isinstance(value, dict):
        raise ValueError("a frame holds one object")
    return value


def body_size(header: bytes) -> int:
    """Raises ValueError over the cap."""
    size: int = HEADER.unpack(header)[0]
    check_size(size)
    return size


def check_size(size: int) -> None:
    if size > MAX_FRAME_BYTES:
        raise ValueError(f"a frame of {size} bytes; {MAX_FRAME_BYTES} at most")
