"""Streams as other servers write them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.fakes.toy_openai.faults import Events, Fault, Sent
from tests.fakes.toy_openai.messages import Event, Reply

Json = dict[str, Any]
USAGE = {
    "input_tokens": 40,
    "input_tokens_details": {"cached_tokens": 30, "cache_write_tokens": 5},
    "output_tokens": 20,
    "output_tokens_details": {"reasoning_tokens": 12},
    "total_tokens": 60,
}


@dataclass(frozen=True, slots=True)
class Says(Fault):
    """The stream holds `said` alone; a number in it is a pause in seconds."""

    said: Sequence[Any]

    async def sent(self, events: Events) -> AsyncIterator[Sent]:
        for each in self.said:
            if isinstance(each, float):
                await asyncio.sleep(each)
            else:
                yield Event(each, each.get("type") if isinstance(each, dict) else None)


@dataclass(frozen=True, slots=True)
class Answers(Fault):
    """The answer is `body`, whatever was asked."""

    body: Any
    status: int = 200

    async def instead(self) -> Reply | None:
        return Reply(self.body, self.status)


@dataclass(frozen=True, slots=True)
class Streams(Fault):
    """The answer is a stream of these events, whatever was asked; a text is sent as it is."""

    said: Sequence[Json | str]

    async def instead(self) -> Reply | None:
        lines = (each if isinstance(each, str) else json.dumps(each) for each in self.said)
        body = "".join(f"data: {line}\n\n" for line in lines)
        return Reply(body.encode(), 200, {"content-type": "text/event-stream"})


@dataclass(frozen=True, slots=True)
class Both(Fault):
    """What `first` makes of the stream meets `then`."""

    first: Fault
    then: Fault

    async def sent(self, events: Events) -> AsyncIterator[Sent]:
        async def changed() -> AsyncIterator[Event]:
            async for event in self.first.sent(events):
                assert isinstance(event, Event)
                yield event

        async for event in self.then.sent(changed()):
            yield event


def created(**fields: Any) -> Json:
    return {"type": "response.created", "response": {"id": "resp_1", "status": "in_progress", "output": [], **fields}}


def ended(*output: Json, status: str = "completed", **fields: Any) -> Json:
    response = {"id": "resp_1", "status": status, "output": list(output), "usage": USAGE, **fields}
    return {"type": f"response.{status}", "response": response}


def delta(text: str, item_id: str = "msg_1", content_index: int = 0, **fields: Any) -> Json:
    place = {"item_id": item_id, "output_index": 0, "content_index": content_index}
    return {"type": "response.output_text.delta", **place, "delta": text, **fields}


def annotated(index: int, file_id: str = "file_1", *, number: int = 0, item_id: str = "msg_1") -> Json:
    place = {"item_id": item_id, "output_index": 0, "content_index": 0, "annotation_index": number}
    return {"type": "response.output_text.annotation.added", **place, "annotation": citation(index, file_id)}


def citation(index: int, file_id: str = "file_1") -> Json:
    return {"type": "file_citation", "file_id": file_id, "filename": "returns.pdf", "index": index}


def message(text: str, *citations: Json, item_id: str = "msg_1", **fields: Any) -> Json:
    content = [{"type": "output_text", "text": text, "annotations": list(citations)}]
    return {"type": "message", "id": item_id, "role": "assistant", "status": "completed", "content": content, **fields}


def call(arguments: str, call_id: str = "call_1", name: str = "search_knowledge") -> Json:
    named = {"id": f"fc_{call_id}", "call_id": call_id, "name": name}
    return {"type": "function_call", **named, "arguments": arguments, "status": "completed"}


def reasoning(item_id: str = "rs_1", encrypted: str | None = "gAAAA") -> Json:
    return {"type": "reasoning", "id": item_id, "summary": [], "encrypted_content": encrypted, "status": None}


def search(*results: Json, queries: Sequence[str] = ("refund",), is_told: bool = True) -> Json:
    found = list(results) if is_told else None
    return {
        "type": "file_search_call",
        "id": "fs_1",
        "status": "completed",
        "queries": list(queries),
        "results": found,
    }


def result(file_id: str = "file_1", /, **attributes: Any) -> Json:
    text = "A refund takes ten working days."
    return {"file_id": file_id, "filename": "returns.pdf", "text": text, "score": 0.8, "attributes": attributes}


def added(item: Json, index: int = 0) -> Json:
    return {"type": "response.output_item.added", "output_index": index, "item": item}


def done(item: Json, index: int = 0) -> Json:
    return {"type": "response.output_item.done", "output_index": index, "item": item}
