from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Awaitable
from typing import Any, cast

import h11
import httpx2
import pytest
from openai import APIConnectionError, AsyncOpenAI, AuthenticationError, InternalServerError, NotFoundError

from tests.fakes.toy_openai.model import Answer
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.fakes.toy_openai.tests.raw import KEY, Talk
from tests.qt.until import until

MEGABYTE = 1 << 20


class TestLife:
    def test_it_leaves_neither_thread_nor_port(self) -> None:
        before = threading.active_count()
        with ToyOpenAI() as toy:
            assert toy.base_url == f"http://127.0.0.1:{toy.port}/v1"
            Talk(toy).socket.close()
        assert threading.active_count() == before
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", toy.port))

    def test_it_stops_with_connections_and_streams_open(self) -> None:
        with ToyOpenAI() as toy:
            toy.hold()
            idle, streaming = Talk(toy), Talk(toy)
            streaming.post("/v1/responses", {"model": "toy-1", "input": "?", "stream": True})
            streaming.receive()
        with pytest.raises(ConnectionError):
            streaming.rest()
        idle.socket.close()
        streaming.socket.close()

    def test_two_serve_side_by_side(self) -> None:
        with ToyOpenAI() as one, ToyOpenAI() as other, Talk(one) as talk:
            talk.get("/v1/models")
            talk.answer()
            assert (one.count("GET", "/models"), other.count("GET", "/models")) == (1, 0)

    def test_a_taken_port_is_an_error(self, toy: ToyOpenAI) -> None:
        with pytest.raises(OSError, match="address already in use"), ToyOpenAI(port=toy.port):
            pass


class TestRecording:
    async def test_requests_are_kept_as_they_came(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        await client.responses.create(model="toy-1", input="été", extra_headers={"X-Mine": "1"})
        await client.files.list(purpose="assistants", limit=3)
        first, second = toy.requests
        assert (first.method, first.path, first.json) == ("POST", "/responses", {"model": "toy-1", "input": "été"})
        assert json.loads(first.body) == first.json
        assert (first.headers["authorization"], first.headers["x-mine"]) == ("Bearer sk-toy", "1")
        assert (second.path, second.query, second.json) == ("/files", {"purpose": "assistants", "limit": "3"}, None)

    async def test_they_are_counted_by_pattern(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        for model_id in ("toy-1", "gpt-4o"):
            await client.models.retrieve(model_id)
        assert toy.count("GET", "/models/{model_id}") == 2
        assert toy.count("GET", "/models/toy-1") == 1
        assert toy.count("GET", "/models") == toy.count("DELETE", "/models/{model_id}") == 0

    async def test_a_client_that_leaves_is_told_from_one_that_stays(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.hold()
        stream = await client.responses.create(model="toy-1", input="?", stream=True)
        assert toy.hung_up == []
        await stream.close()
        await until(lambda: toy.hung_up)
        assert [request.path for request in toy.hung_up] == ["/responses"]


class TestKey:
    async def test_another_key_is_refused_and_not_repeated(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        with pytest.raises(AuthenticationError, match="Incorrect API key provided") as caught:
            await client.with_options(api_key="sk-proj-verysecret-9876").models.list()
        assert caught.value.code == "invalid_api_key"
        assert caught.value.type == "invalid_request_error"
        assert "verysecret" not in caught.value.message

    async def test_without_a_key_each_is_taken(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.key = None
        assert (await client.with_options(api_key="none").models.list()).data

    async def test_a_changed_key_holds_at_once(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.key = "sk-other"
        with pytest.raises(AuthenticationError):
            await client.models.list()

    def test_no_header_has_an_answer_of_its_own(self, toy: ToyOpenAI) -> None:
        with Talk(toy) as talk:
            talk.send(h11.Request(method="GET", target="/v1/models", headers=[("host", "toy")]))
            talk.send(h11.EndOfMessage())
            head, body = talk.answer()
        assert head.status_code == 401
        assert json.loads(body)["error"]["message"].startswith("You didn't provide an API key")


class TestHttp:
    def test_a_connection_serves_many_requests(self, toy: ToyOpenAI) -> None:
        with Talk(toy) as talk:
            for path in ("/v1/models", "/v1/models/nothing", "/v1/models"):
                talk.get(path)
                talk.answer()
            talk.post("/v1/responses", {"model": "toy-1", "input": "?", "stream": True})
            assert b"response.completed" in talk.answer()[1]
            talk.get("/v1/models/toy-1")
            assert json.loads(talk.answer()[1])["id"] == "toy-1"

    def test_requests_may_be_sent_ahead(self, toy: ToyOpenAI) -> None:
        with Talk(toy) as talk:
            head = f"GET /v1/models/toy-1 HTTP/1.1\r\nHost: toy\r\n{KEY[0]}: {KEY[1]}\r\n\r\n".encode()
            talk.socket.sendall(head + head)
            found = b""
            while found.count(b'"object":"model"') < 2:
                received = talk.socket.recv(1 << 16)
                assert received
                found += received

    async def test_a_body_may_come_in_chunks(self, toy: ToyOpenAI) -> None:
        async def body() -> AsyncIterator[bytes]:
            yield b'{"model": "toy-1",'
            yield b' "input": "?"}'

        headers = dict([KEY, ("content-type", "application/json")])
        async with httpx2.AsyncClient(trust_env=False) as http:
            answer = await http.post(f"{toy.base_url}/responses", content=body(), headers=headers)
        assert answer.status_code == 200
        assert toy.requests[0].headers["transfer-encoding"] == "chunked"
        assert toy.requests[0].json == {"model": "toy-1", "input": "?"}

    def test_a_client_may_ask_before_it_sends_its_body(self, toy: ToyOpenAI) -> None:
        with Talk(toy) as talk:
            headers = [KEY, ("host", "toy"), ("content-length", "2"), ("expect", "100-continue")]
            talk.send(h11.Request(method="POST", target="/v1/responses", headers=headers))
            assert talk.receive().status_code == 100
            talk.send(h11.Data(data=b"{}"))
            talk.send(h11.EndOfMessage())
            assert talk.answer()[0].status_code == 400

    def test_the_connection_ends_where_the_client_wants_it(self, toy: ToyOpenAI) -> None:
        with Talk(toy) as talk:
            headers = [KEY, ("host", "toy"), ("connection", "close")]
            talk.send(h11.Request(method="GET", target="/v1/models", headers=headers))
            talk.send(h11.EndOfMessage())
            talk.answer()
            assert talk.socket.recv(1) == b""

    def test_what_is_no_http_is_refused(self, toy: ToyOpenAI) -> None:
        with Talk(toy) as talk:
            talk.socket.sendall(b"EHLO toy\r\n\r\n")
            assert talk.socket.recv(1 << 16).startswith(b"HTTP/1.1 400")

    async def test_unknown_urls_are_not_found(self, client: AsyncOpenAI) -> None:
        with pytest.raises(NotFoundError, match=r"Invalid URL \(GET /v1/nowhere\)"):
            await client.get("/nowhere", cast_to=object)

    def test_a_body_that_is_no_json_is_a_defect_of_the_client(self, toy: ToyOpenAI) -> None:
        with Talk(toy) as talk:
            headers = [KEY, ("host", "toy"), ("content-type", "application/json"), ("content-length", "4")]
            talk.send(h11.Request(method="POST", target="/v1/responses", headers=headers))
            talk.send(h11.Data(data=b'{"a"'))
            talk.send(h11.EndOfMessage())
            head, body = talk.answer()
        assert head.status_code == 400
        assert "could not parse the JSON body" in json.loads(body)["error"]["message"]
        assert len(toy.invalid) == 1

    async def test_streams_come_side_by_side(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        async def read(started: asyncio.Event, other: asyncio.Event) -> None:
            stream = await client.responses.create(model="toy-1", input="?" * 400, stream=True)
            async for _ in stream:
                started.set()
                await other.wait()

        one, two = asyncio.Event(), asyncio.Event()
        await asyncio.gather(read(one, two), read(two, one))

    @pytest.mark.expected_log("POST /responses")
    async def test_its_own_defects_are_logged_and_answered(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.model.script(cast(Answer, "no answer"))
        with pytest.raises(InternalServerError, match="The toy has a defect"):
            await client.responses.create(model="toy-1", input="?")


class TestUploads:
    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("guide.txt", b"text"),
            ("empty.txt", b""),
            ('prix d’été "x" \\ 100%.txt', b"\r\n--\r\n\r\n\x00\xff"),
        ],
    )
    async def test_a_file_arrives_as_it_was_sent(
        self, toy: ToyOpenAI, client: AsyncOpenAI, name: str, content: bytes
    ) -> None:
        file = await client.files.create(file=(name, content), purpose="assistants")
        assert (toy.files.names[file.id], toy.files.contents[file.id]) == (name, content)

    async def test_a_hundred_megabytes_are_taken(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        content = bytes(range(256)) * (100 * MEGABYTE // 256)
        file = await client.files.create(file=("large.bin", content), purpose="assistants")
        assert file.bytes == len(content)
        assert toy.files.contents[file.id] == content

    @pytest.mark.parametrize(
        ("content_type", "body", "told"),
        [
            ("application/json", b"{}", "Expected multipart/form-data"),
            (
                "multipart/form-data; boundary=x",
                b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\ncut',
                "no end",
            ),
            ("multipart/form-data; boundary=x", b"--x\r\nContent-Type: text/plain\r\n\r\na\r\n--x--\r\n", "no name"),
        ],
    )
    async def test_other_bodies_are_refused(self, toy: ToyOpenAI, content_type: str, body: bytes, told: str) -> None:
        headers = dict([KEY, ("content-type", content_type)])
        async with httpx2.AsyncClient(trust_env=False) as http:
            answer = await http.post(f"{toy.base_url}/files", content=body, headers=headers)
        assert answer.status_code == 400
        assert told in answer.json()["error"]["message"]


class TestHolding:
    @pytest.mark.parametrize("path", ["responses", "chat"])
    async def test_a_stream_stops_where_it_is_held(self, toy: ToyOpenAI, client: AsyncOpenAI, path: str) -> None:
        async def opened() -> Any:
            if path == "responses":
                return await client.responses.create(model="toy-1", input="?", stream=True)
            message: Any = {"role": "user", "content": "?"}
            return await client.chat.completions.create(model="toy-1", messages=[message], stream=True)

        toy.hold(after=2)
        stream = await opened()
        for _ in range(2):
            await anext(stream)
        rest = asyncio.create_task(_rest(stream))
        await asyncio.wait({rest}, timeout=0.05)
        assert not rest.done()
        toy.release()
        assert await rest

    async def test_a_stream_that_is_held_is_under_way_until_it_is_left(
        self, toy: ToyOpenAI, client: AsyncOpenAI
    ) -> None:
        assert await _text(client.responses.create(model="toy-1", input="?"))
        await until(lambda: toy.under_way == 0)
        toy.hold(after=2)
        stream = await client.responses.create(model="toy-1", input="?", stream=True)
        await anext(stream)
        assert toy.under_way == 1
        await stream.close()
        await until(lambda: toy.under_way == 0)

    async def test_an_answer_in_one_piece_waits_too(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        toy.hold()
        answer = asyncio.create_task(_text(client.responses.create(model="toy-1", input="?")))
        await until(lambda: toy.count("POST", "/responses"))
        await asyncio.wait({answer}, timeout=0.05)
        assert not answer.done()
        toy.release()
        assert await answer == "∅ ?\n"


async def _rest(stream: AsyncIterator[Any]) -> list[Any]:
    return [event async for event in stream]


async def _text(asked: Awaitable[Any]) -> str:
    text: str = (await asked).output_text
    return text


async def test_nothing_answers_when_it_is_over(toy: ToyOpenAI, client: AsyncOpenAI) -> None:
    with ToyOpenAI() as other:
        pass
    with pytest.raises(APIConnectionError):
        await client.with_options(base_url=other.base_url).models.list()
