"""One HTTP/1.1 connection."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import h11

from tests.fakes.toy_openai.faults import Comment, Sent

_CHUNK = 1 << 18


@dataclass(frozen=True, slots=True)
class Received:
    """`target` as it was sent: path and query."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


class Wire:
    """`pace` = (bytes, seconds): answers leave so many bytes at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        # `drain` returns when all has left: what a client got before a reset is then known.
        writer.transport.set_write_buffer_limits(high=0)
        self._http = h11.Connection(h11.SERVER)
        self.pace: tuple[int, float] | None = None

    async def request(self) -> Received | None:
        """None when the client has left. Raises h11.RemoteProtocolError."""
        head = await self._event()
        if not isinstance(head, h11.Request):
            return None
        parts = []
        while isinstance(event := await self._event(), h11.Data):
            parts.append(bytes(event.data))
        if not isinstance(event, h11.EndOfMessage):
            return None
        headers: dict[str, str] = {}
        for name, value in head.headers:
            text = value.decode("latin-1")
            headers[name.decode()] = f"{headers[name.decode()]}, {text}" if name.decode() in headers else text
        return Received(head.method.decode(), head.target.decode(), headers, b"".join(parts))

    async def left(self) -> None:
        """Returns when the client closes its side; what it sends meanwhile is kept for `request`."""
        while data := await self._reader.read(_CHUNK):
            self._http.receive_data(data)
        self._http.receive_data(b"")

    async def answer(self, status: int, headers: Sequence[tuple[str, str]], body: bytes) -> None:
        await self._send(
            h11.Response(status_code=status, headers=[*headers, ("content-length", str(len(body)))]),
            h11.Data(data=body),
            h11.EndOfMessage(),
        )

    async def stream(self, headers: Sequence[tuple[str, str]], events: AsyncIterator[Sent]) -> None:
        await self._send(h11.Response(status_code=200, headers=list(headers)))
        async for event in events:
            await self._send(h11.Data(data=_encoded(event)))
            # A write that need not wait never gives way, and streams would come one after the other.
            await asyncio.sleep(0)
        await self._send(h11.EndOfMessage())

    def is_reusable(self) -> bool:
        if self._http.our_state is h11.DONE and self._http.their_state is h11.DONE:
            self._http.start_next_cycle()
            return True
        return False

    def close(self) -> None:
        self._writer.close()

    def reset(self) -> None:
        """The client gets ECONNRESET."""
        found: socket.socket = self._writer.get_extra_info("socket")
        linger = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self._writer.transport.abort()

    async def _event(self) -> Any:
        while True:
            event = self._http.next_event()
            if event is not h11.NEED_DATA:
                return event
            if self._http.they_are_waiting_for_100_continue:
                await self._send(h11.InformationalResponse(status_code=100, headers=[]))
            self._http.receive_data(await self._reader.read(_CHUNK))

    async def _send(self, *events: h11.Event) -> None:
        data = b"".join(filter(None, (self._http.send(event) for event in events)))
        if self.pace is None:
            self._writer.write(data)
            await self._writer.drain()
            return
        size, pause = self.pace
        for start in range(0, len(data), size):
            self._writer.write(data[start : start + size])
            await self._writer.drain()
            await asyncio.sleep(pause)


def encoded_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _encoded(event: Sent) -> bytes:
    if isinstance(event, Comment):
        return f": {event.text}\n\n".encode()
    data = event.data.encode() if isinstance(event.data, str) else encoded_json(event.data)
    name = f"event: {event.name}\n".encode() if event.name else b""
    return name + b"data: " + data + b"\n\n"
