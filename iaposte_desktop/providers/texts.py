"""Text on its way to a server."""

from __future__ import annotations


def sendable(text: str) -> str:
    """Without half characters (lone surrogates), which broken mails bring and UTF-8 has no bytes for."""
    return text.encode("utf-8", "replace").decode("utf-8")
