"""A server on loopback that answers byte for byte what a test wants of it: the toy server behaves too well for some."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

RESET: Final = b"reset"
SILENCE: Final = b"silence"


def answer(status: int, body: object = "", kind: str = "application/json", **headers: str) -> bytes:
    """`body` is sent as JSON unless it is a string."""
    text = body if isinstance(body, str) else json.dumps(body)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    lines = {"content-type": kind, "content-length": str(len(text.encode())), **named}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status} Toy\r\n{head}\r\n{text}".encode()


LIST: Final = answer(200, {"object": "list", "data": []})
NOT_FOUND: Final = answer(404, {"detail": "Not Found"})
PAGE: Final = answer(200, "<!DOCTYPE html><html><body>Welcome</body></html>", kind="text/html; charset=utf-8")


@dataclass(frozen=True, slots=True)
class Heard:
    """`connection` counts from 0; header names are lower case."""

    connection: int
    line: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Loopback:
    """`answers` by method and path, with or without its query; what is not there is not found. An answer that does not
    end as it says is followed by the end of the connection."""

    answers: Mapping[str, bytes]
    scheme: str = "http"
    port: int = 0
    heard: list[Heard] = field(default_factory=list)
    connections: int = 0

    @property
    def origin(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.origin}/v1"

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number, self.connections = self.connections, self.connections + 1
        while (head := await _head(reader)) is not None:
            line, headers = head
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            self.heard.append(Heard(number, line, headers, body))
            asked = " ".join(line.split(" ")[:2])
            found = self.answers.get(asked, self.answers.get(asked.partition("?")[0], NOT_FOUND))
            if found == RESET:
                writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                writer.transport.abort()
                return
            if found == SILENCE:
                await reader.read()
                return
            writer.write(found)
            await writer.drain()
            if not _is_whole(found):
                return


@asynccontextmanager
async def serving(answers: Mapping[str, bytes], context: ssl.SSLContext | None = None) -> AsyncIterator[Loopback]:
    loopback = Loopback(answers, "http" if context is None else "https")
    tasks: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            await loopback.talk(reader, writer)
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            tasks.discard(task)
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0, ssl=context)
    loopback.port = server.sockets[0].getsockname()[1]
    try:
        yield loopback
    finally:
        server.close()
        while tasks:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def closed_port() -> int:
    """Where nothing listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


async def _head(reader: asyncio.StreamReader) -> tuple[str, dict[str, str]] | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return None
    line, *rest = head.rstrip().split("\r\n")
    return line, {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in rest)}


def _is_whole(found: bytes) -> bool:
    head, _, body = found.partition(b"\r\n\r\n")
    return f"content-length: {len(body)}\r\n".encode() in head + b"\r\n"
