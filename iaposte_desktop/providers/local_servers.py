"""Servers on this machine, found where they listen by custom. Loads no SDK."""

from __future__ import annotations

import asyncio
import json
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.connections import LocalServer
from iaposte_desktop.providers.models import entries_in, models_in

if TYPE_CHECKING:
    from collections.abc import Mapping

PORTS: Final[Mapping[int, str]] = MappingProxyType(
    {11434: "Ollama", 1234: "LM Studio", 8080: "llama.cpp", 8000: "vLLM"}
)

_HOST: Final = "127.0.0.1"
_MOST_BYTES: Final = 4_000_000
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d{1,7})\r\n", re.IGNORECASE)


async def local_servers(ports: Mapping[int, str] = PORTS, seconds: float = 2) -> tuple[LocalServer, ...]:
    """Those of `ports` (with their names) that answer `GET /v1/models` as an API does, within `seconds`."""
    found = await asyncio.gather(*(_server(port, name, seconds) for port, name in ports.items()))
    return tuple(server for server in found if server is not None)


async def _server(port: int, name: str, seconds: float) -> LocalServer | None:
    try:
        async with asyncio.timeout(seconds):
            body = await _got(port, "/v1/models")
        entries = entries_in(json.loads(body))
    # A TimeoutError is an OSError.
    except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        return None
    if entries is None:
        return None
    return LocalServer(name, f"http://{_HOST}:{port}/v1", tuple(model.id for model in models_in(entries)))


async def _got(port: int, path: str) -> bytes:
    """The body of an answer of success. By HTTP/1.0: no server answers that in chunks."""
    reader, writer = await asyncio.open_connection(_HOST, port)
    try:
        headers = f"Host: {_HOST}:{port}\r\nAccept: application/json\r\nConnection: close\r\n"
        writer.write(f"GET {path} HTTP/1.0\r\n{headers}\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        if head.split(b" ", 2)[1:2] != [b"200"]:
            raise ValueError("no answer of success")
        length = _LENGTH.search(head)
        return await (reader.readexactly(int(length[1])) if length else _rest(reader))
    finally:
        writer.transport.abort()


async def _rest(reader: asyncio.StreamReader) -> bytes:
    rest = bytearray()
    while (part := await reader.read(65536)) and len(rest) < _MOST_BYTES:
        rest += part
    return bytes(rest)
