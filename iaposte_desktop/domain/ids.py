"""Identifiers: a prefix that says what the thing is, and 128 random bits."""

from __future__ import annotations

import secrets
from typing import Literal

Prefix = Literal[
    "asst", "cust", "thread", "msg", "run", "step", "vs", "file", "rev", "task", "call", "conn", "test", "question"
]


def new_id(prefix: Prefix) -> str:
    return f"{prefix}_{secrets.token_hex(16)}"
