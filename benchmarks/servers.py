"""Servers of other processes: the toy of the tests, and one that stamps each piece of text with the moment it left."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from benchmarks.figure import ROOT

MODEL = "toy-1"


@contextmanager
def serving(module: str, *arguments: str) -> Iterator[str]:
    """The base URL that `python -m module` prints as its first line; it ends when its standard input does."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, deltas: int, pause: float) -> None:
    """To each generation: `deltas` pieces of text, each `<seconds of the monotonic clock> `, `pause` seconds apart,
    in paragraphs of 30."""
    with suppress(ConnectionError, asyncio.IncompleteReadError):
        await _answer(reader, writer, deltas, pause)
    writer.close()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, deltas: int, pause: float) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        (int(line.split(b":")[1]) for line in head.splitlines() if line.lower().startswith(b"content-length")), 0
    )
    await reader.readexactly(length)
    if not head.startswith(b"POST /v1/responses "):
        writer.write(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        return
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n")
    response = {"id": "resp_1", "object": "response", "model": MODEL, "output": [], "created_at": 0}
    item = {"id": "msg_1", "type": "message", "role": "assistant", "status": "in_progress", "content": []}
    writer.write(_event({"type": "response.created", "response": response | {"status": "in_progress"}}))
    writer.write(_event({"type": "response.output_item.added", "output_index": 0, "item": item}))
    await writer.drain()
    text = ""
    for number in range(deltas):
        await asyncio.sleep(pause)
        # A reply has paragraphs: one of 28,000 characters is laid out anew with each piece.
        end = "\n" if number % 30 == 29 else " "
        piece = f"{time.monotonic():.6f}{end}"
        text += piece
        place = {"item_id": "msg_1", "output_index": 0, "content_index": 0}
        writer.write(_event({"type": "response.output_text.delta", "delta": piece, "logprobs": [], **place}))
        await writer.drain()
    part = {"type": "output_text", "text": text, "annotations": []}
    done = item | {"status": "completed", "content": [part]}
    details = {"input_tokens_details": {"cached_tokens": 0}, "output_tokens_details": {"reasoning_tokens": 0}}
    usage = {"input_tokens": 9, "output_tokens": deltas, "total_tokens": 9 + deltas, **details}
    writer.write(_event({"type": "response.output_item.done", "output_index": 0, "item": done}))
    ended = response | {"status": "completed", "output": [done], "usage": usage}
    writer.write(_event({"type": "response.completed", "response": ended}))
    await writer.drain()


def _event(content: dict[str, object]) -> bytes:
    return f"event: {content['type']}\ndata: {json.dumps(content)}\n\n".encode()


async def serve(deltas: int, pause: float) -> None:
    server = await asyncio.start_server(lambda r, w: answer(r, w, deltas, pause), "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2])))
