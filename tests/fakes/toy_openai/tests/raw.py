"""HTTP as it stands on the wire, where a client library would say too little or do too much."""

from __future__ import annotations

import json
import socket
from typing import Any

import h11

from tests.fakes.toy_openai.server import ToyOpenAI

KEY = ("authorization", "Bearer sk-toy")


class Talk:
    """A blocking HTTP/1.1 connection."""

    def __init__(self, toy: ToyOpenAI) -> None:
        self.socket = socket.create_connection(("127.0.0.1", toy.port), timeout=20)
        self._http = h11.Connection(h11.CLIENT)

    def __enter__(self) -> Talk:
        return self

    def __exit__(self, *raised: object) -> None:
        self.socket.close()

    def send(self, event: h11.Event) -> None:
        self.socket.sendall(self._http.send(event) or b"")

    def receive(self) -> Any:
        while (event := self._http.next_event()) is h11.NEED_DATA:
            self._http.receive_data(self.socket.recv(1 << 16))
        return event

    def post(self, path: str, body: Any) -> None:
        data = json.dumps(body).encode()
        headers = [KEY, ("host", "toy"), ("content-type", "application/json"), ("content-length", str(len(data)))]
        self.send(h11.Request(method="POST", target=path, headers=headers))
        self.send(h11.Data(data=data))
        self.send(h11.EndOfMessage())

    def get(self, path: str) -> None:
        self.send(h11.Request(method="GET", target=path, headers=[KEY, ("host", "toy")]))
        self.send(h11.EndOfMessage())

    def answer(self) -> tuple[h11.Response, bytes]:
        """The whole of it; the connection may then be used again."""
        while isinstance(head := self.receive(), h11.InformationalResponse):
            pass
        assert isinstance(head, h11.Response), head
        body = self.rest()
        if self._http.our_state is h11.DONE and self._http.their_state is h11.DONE:
            self._http.start_next_cycle()
        return head, body

    def rest(self) -> bytes:
        body = b""
        while isinstance(part := self.receive(), h11.Data):
            body += bytes(part.data)
        assert isinstance(part, h11.EndOfMessage), part
        return body
