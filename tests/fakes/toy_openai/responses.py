"""`/responses`: in the foreground, in the background, and what was stored of them."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from openai.types.responses.input_token_count_params import InputTokenCountParams
from openai.types.responses.response_create_params import (
    ResponseCreateParamsNonStreaming,
    ResponseCreateParamsStreaming,
)

from tests.fakes.toy_openai.gate import Gate
from tests.fakes.toy_openai.messages import Event, EventStream, Refused, Reply, Request, Route
from tests.fakes.toy_openai.model import ToyModel
from tests.fakes.toy_openai.models import Models
from tests.fakes.toy_openai.response_events import SEARCH_RESULTS, HostedSearch, Json, Playing, new_response
from tests.fakes.toy_openai.response_input import Items, check_calls, check_reasoning, input_tokens, items, prompt
from tests.fakes.toy_openai.validation import Invalid, validated
from tests.fakes.toy_openai.vector_stores import VectorStores


@dataclass(slots=True)
class _Stored:
    """`events` are kept of a background response only; `changed` is told of each, and of the end."""

    playing: Playing
    conversation: Items
    search: HostedSearch | None
    is_streamed: bool
    events: list[Json] = field(default_factory=list)
    is_over: bool = False
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    task: asyncio.Task[None] | None = None

    @property
    def response(self) -> Json:
        return self.playing.response


class Responses:
    """`background_seconds` pass before each event of a background response."""

    def __init__(self, models: Models, model: ToyModel, stores: VectorStores, gate: Gate) -> None:
        self.background_seconds = 0.05
        self._models = models
        self._model = model
        self._stores = stores
        self._gate = gate
        self._stored: dict[str, _Stored] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def routes(self) -> list[Route]:
        return [
            Route("POST", "/responses", self._create),
            Route("POST", "/responses/input_tokens", self._input_tokens),
            Route("GET", "/responses/{response_id}", self._retrieve),
            Route("DELETE", "/responses/{response_id}", self._delete),
            Route("POST", "/responses/{response_id}/cancel", self._cancel),
        ]

    async def aclose(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _create(self, request: Request) -> Reply | EventStream:
        body = request.json()
        is_streamed = bool(body.get("stream"))
        validated(ResponseCreateParamsStreaming if is_streamed else ResponseCreateParamsNonStreaming, body)
        if "model" not in body:
            raise Invalid("Missing required parameter: 'model'.", param="model", code="missing_required_parameter")
        if body.get("background") and body.get("store") is False:
            raise Invalid("Background responses must be stored: 'store' cannot be false.", param="store")
        self._models.generating(body["model"], body)
        stored = self._begun(body, is_streamed)
        if body.get("store") is not False:
            self._stored[stored.response["id"]] = stored
        if body.get("background"):
            stored.task = asyncio.create_task(self._run(stored))
            self._tasks.add(stored.task)
            stored.task.add_done_callback(self._tasks.discard)
            return EventStream(_followed(stored)) if is_streamed else Reply(copy.deepcopy(stored.response))
        if is_streamed:
            return EventStream(self._played(stored))
        async for _ in self._played(stored):
            pass
        return Reply(stored.response)

    def _begun(self, body: Mapping[str, Any], is_streamed: bool) -> _Stored:
        conversation = self._before(body.get("previous_response_id")) + items(body)
        check_calls(conversation)
        check_reasoning(items(body), self._outputs())
        search = self._searched(body, prompt(body, conversation).question)
        answer = self._model.answer(prompt(body, conversation, search.hits if search else None))
        counted = input_tokens(body, conversation)
        playing = Playing(new_response(body), answer, search, counted, body.get("include") or ())
        return _Stored(playing, conversation, search, is_streamed)

    def _outputs(self) -> Items:
        return [item for stored in self._stored.values() for item in stored.response["output"]]

    def _before(self, response_id: str | None) -> Items:
        if response_id is None:
            return []
        if response_id not in self._stored:
            message = f"Previous response with id '{response_id}' not found."
            raise Refused(
                400, "invalid_request_error", message, code="previous_response_not_found", param="previous_response_id"
            )
        before = self._stored[response_id]
        output: Items = before.response["output"]
        return before.conversation + output

    def _searched(self, body: Mapping[str, Any], question: str) -> HostedSearch | None:
        for tool in body.get("tools") or ():
            if tool["type"] == "file_search":
                hits = self._stores.search(
                    tool["vector_store_ids"],
                    [question],
                    max_num_results=tool.get("max_num_results", 20),
                    score_threshold=(tool.get("ranking_options") or {}).get("score_threshold", 0.0),
                    filters=tool.get("filters"),
                )
                return HostedSearch([question], hits)
        return None

    async def _played(self, stored: _Stored) -> AsyncIterator[Event]:
        """A client that leaves in the middle cancels it."""
        try:
            for sent, event in enumerate(stored.playing.events()):
                yield Event(event, event["type"])
                await self._gate.passing(sent + 1)
            stored.is_over = True
        finally:
            if not stored.is_over:
                stored.response["status"] = "cancelled"

    async def _run(self, stored: _Stored) -> None:
        try:
            for event in stored.playing.events():
                stored.events.append(event)
                await _tell(stored)
                await self._gate.passing(len(stored.events))
                await asyncio.sleep(self.background_seconds)
        finally:
            if stored.response["status"] in ("queued", "in_progress"):
                stored.response["status"] = "cancelled"
            stored.is_over = True
            await _tell(stored)

    async def _retrieve(self, request: Request) -> Reply | EventStream:
        stored = self._found(request)
        if request.query.get("stream") != "true":
            return Reply(_shown(stored, request.query.get("include[]", "")))
        if not (stored.task and stored.is_streamed):
            message = "Only a response that was created with background=true and stream=true can be streamed again."
            raise Refused(400, "invalid_request_error", message, param="stream")
        return EventStream(_followed(stored, int(request.query.get("starting_after", -1))))

    async def _cancel(self, request: Request) -> Reply:
        stored = self._found(request)
        if stored.task is None:
            raise Refused(400, "invalid_request_error", "Cannot cancel a synchronous response.")
        await _stopped(stored.task)
        return Reply(stored.response)

    async def _delete(self, request: Request) -> Reply:
        stored = self._found(request)
        if stored.task is not None:
            await _stopped(stored.task)
        del self._stored[stored.response["id"]]
        return Reply({"id": stored.response["id"], "object": "response", "deleted": True})

    async def _input_tokens(self, request: Request) -> Reply:
        body = validated(InputTokenCountParams, request.json())
        conversation = self._before(body.get("previous_response_id")) + items(body)
        return Reply({"object": "response.input_tokens", "input_tokens": input_tokens(body, conversation)})

    def _found(self, request: Request) -> _Stored:
        response_id = request.parts["response_id"]
        if response_id not in self._stored:
            raise Refused(404, "invalid_request_error", f"Response with id '{response_id}' not found.")
        return self._stored[response_id]


async def _followed(stored: _Stored, after: int = -1) -> AsyncIterator[Event]:
    """The events with a `sequence_number` greater than `after`, as they come."""
    number = after + 1
    while True:
        for event in stored.events[number:]:
            yield Event(event, event["type"])
            number += 1
        async with stored.changed:
            while number >= len(stored.events) and not stored.is_over:
                await stored.changed.wait()
        if number >= len(stored.events):
            return


async def _tell(stored: _Stored) -> None:
    async with stored.changed:
        stored.changed.notify_all()


async def _stopped(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def _shown(stored: _Stored, include: str) -> Json:
    shown = copy.deepcopy(stored.response)
    for item in shown["output"]:
        if item["type"] == "file_search_call" and stored.search is not None:
            item["results"] = stored.search.results() if SEARCH_RESULTS in include.split(",") else None
    return shown
