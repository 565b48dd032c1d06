"""`/threads/runs`, and the runs of a thread with their steps."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from openai.types.beta.thread_create_and_run_params import ThreadCreateAndRunParams
from openai.types.beta.threads import RunUpdateParams
from openai.types.beta.threads.run_create_params import RunCreateParams
from openai.types.beta.threads.run_submit_tool_outputs_params import RunSubmitToolOutputsParams

from tests.fakes.toy_openai.cursor_pages import Body, new_id, page
from tests.fakes.toy_openai.limits import checked_map
from tests.fakes.toy_openai.messages import Event, EventStream, Refused, Reply, Request, Route
from tests.fakes.toy_openai.run_records import Run, shown_step
from tests.fakes.toy_openai.thread_records import Thread, unknown
from tests.fakes.toy_openai.thread_routes import add_message, new_thread
from tests.fakes.toy_openai.tool_resources import resolved, store_ids
from tests.fakes.toy_openai.validation import Invalid, validated

if TYPE_CHECKING:
    from tests.fakes.toy_openai.assistants import Assistants

_FOUND_TEXT: Final = "step_details.tool_calls[*].file_search.results[*].content"
_FEWEST_TOKENS: Final = 256
_GLANCE_SECONDS: Final = 0.002


class RunRoutes:
    def __init__(self, api: Assistants) -> None:
        self._api = api

    def routes(self) -> list[Route]:
        runs = "/threads/{thread_id}/runs"
        run = "/threads/{thread_id}/runs/{run_id}"
        return [
            Route("POST", "/threads/runs", self._create_with_thread),
            Route("POST", runs, self._create),
            Route("GET", runs, self._list),
            Route("GET", run, self._retrieve),
            Route("POST", run, self._update),
            Route("POST", run + "/cancel", self._cancel),
            Route("POST", run + "/submit_tool_outputs", self._submit),
            Route("GET", run + "/steps", self._list_steps),
            Route("GET", run + "/steps/{step_id}", self._retrieve_step),
        ]

    async def _create_with_thread(self, request: Request) -> Reply | EventStream:
        body = validated(ThreadCreateAndRunParams, request.json())
        self._api.assistant(body["assistant_id"])
        thread = new_thread(body.get("thread") or {}, self._api.stores)
        run = self._new_run(thread, body, request)
        self._api.threads[thread.id] = thread
        run.events.append(Event(thread.body(), "thread.created"))
        return self._started(run, body)

    async def _create(self, request: Request) -> Reply | EventStream:
        thread = self._thread(request)
        body = validated(RunCreateParams, request.json())
        if active := thread.active_run:
            message = f"Thread {thread.id} already has an active run {active.body['id']}."
            raise Refused(400, "invalid_request_error", message)
        run = self._new_run(thread, body, request)
        for message in body.get("additional_messages") or ():
            add_message(thread, message, self._api.stores)
        return self._started(run, body)

    async def _list(self, request: Request) -> Reply:
        return Reply(page([run.body for run in self._thread(request).runs.values()], request.query))

    async def _retrieve(self, request: Request) -> Reply:
        return Reply(self._run(request).body)

    async def _update(self, request: Request) -> Reply:
        run = self._run(request)
        body = validated(RunUpdateParams, request.json() | {"thread_id": run.thread.id})
        if "metadata" in body:
            run.body["metadata"] = checked_map(body["metadata"], "metadata")
        return Reply(run.body)

    async def _cancel(self, request: Request) -> Reply:
        run = self._run(request)
        if not run.is_active or run.status == "cancelling":
            raise Refused(400, "invalid_request_error", f"Cannot cancel run with status '{run.status}'.")
        run.follow(self._api.scripts.cancel(run), self._api.clock())
        return Reply(run.body)

    async def _submit(self, request: Request) -> Reply | EventStream:
        run = self._run(request)
        body = validated(RunSubmitToolOutputsParams, request.json() | {"thread_id": run.thread.id})
        if run.status != "requires_action":
            message = f'Runs in status "{run.status}" do not accept tool outputs.'
            raise Refused(400, "invalid_request_error", message)
        outputs = {one.get("tool_call_id"): one.get("output", "") for one in body["tool_outputs"]}
        step = next(step for step in run.steps.values() if step["status"] == "in_progress")
        calls = {call["id"]: call for call in step["step_details"]["tool_calls"]}
        if outputs.keys() != calls.keys():
            message = f"Expected tool outputs for call_ids {list(calls)}, got {list(outputs)}"
            raise Invalid(message, param="tool_outputs")
        for call_id, call in calls.items():
            call["function"]["output"] = run.tool_outputs[call_id] = outputs[call_id]
        seen = len(run.events)
        run.follow(self._api.scripts.resume(run, step), self._api.clock())
        return EventStream(self._events(run, seen)) if body.get("stream") else Reply(run.body)

    async def _list_steps(self, request: Request) -> Reply:
        with_content = _wants_content(request)
        steps = [shown_step(step, with_content=with_content) for step in self._run(request).steps.values()]
        return Reply(page(steps, request.query))

    async def _retrieve_step(self, request: Request) -> Reply:
        run, step_id = self._run(request), request.parts["step_id"]
        if step_id not in run.steps:
            raise unknown("run step", step_id)
        return Reply(shown_step(run.steps[step_id], with_content=_wants_content(request)))

    def _thread(self, request: Request) -> Thread:
        return self._api.thread(request.parts["thread_id"])

    def _run(self, request: Request) -> Run:
        thread, run_id = self._thread(request), request.parts["run_id"]
        if run_id not in thread.runs:
            raise unknown("run", run_id)
        return thread.runs[run_id]

    def _new_run(self, thread: Thread, body: Mapping[str, Any], request: Request) -> Run:
        """Not begun yet."""
        assistant = self._api.assistant(body["assistant_id"])
        resources = assistant["tool_resources"] | resolved(body.get("tool_resources"), self._api.stores)
        # An assistant may outlive its model.
        self._api.models.assisting(body.get("model") or assistant["model"])
        run_body = _run_body(thread, assistant, body) | {"expires_at": int(time.time() + self._api.expiry_seconds)}
        return Run(thread, run_body, store_ids(resources), _wants_content(request))

    def _started(self, run: Run, body: Mapping[str, Any]) -> Reply | EventStream:
        run.thread.runs[run.body["id"]] = run
        run.follow(self._api.scripts.begin(run), self._api.clock())
        return EventStream(self._events(run, 0)) if body.get("stream") else Reply(run.body)

    async def _events(self, run: Run, seen: int) -> AsyncIterator[Event]:
        """From the event number `seen` (the first is 0) until the run rests."""
        while True:
            self._api.catch_up(run)
            for event in run.events[seen:]:
                yield event
                seen += 1
            if run.is_resting and seen == len(run.events):
                break
            await asyncio.sleep(_GLANCE_SECONDS)
        yield Event("[DONE]", "done")


def _run_body(thread: Thread, assistant: Body, body: Mapping[str, Any]) -> Body:
    def given(name: str, default: Any = None) -> Any:
        value = body.get(name)
        return default if value is None else value

    for name in ("max_prompt_tokens", "max_completion_tokens"):
        if given(name, _FEWEST_TOKENS) < _FEWEST_TOKENS:
            message = f"Invalid '{name}': expected a value >= {_FEWEST_TOKENS}, but got {body[name]} instead."
            raise Invalid(message, param=name, code="integer_below_min_value")
    instructions = given("instructions", assistant["instructions"] or "")
    if additional := given("additional_instructions"):
        instructions = f"{instructions}\n{additional}"
    inherited = ("model", "tools", "temperature", "top_p", "response_format")
    return {
        "id": new_id("run_"),
        "object": "thread.run",
        "created_at": int(time.time()),
        "assistant_id": assistant["id"],
        "thread_id": thread.id,
        "status": "queued",
        **dict.fromkeys(("required_action", "last_error", "incomplete_details", "usage")),
        **dict.fromkeys(("started_at", "cancelled_at", "failed_at", "completed_at")),
        "instructions": instructions,
        **{name: given(name, assistant[name]) for name in inherited},
        "metadata": checked_map(body.get("metadata"), "metadata"),
        "max_prompt_tokens": body.get("max_prompt_tokens"),
        "max_completion_tokens": body.get("max_completion_tokens"),
        "truncation_strategy": {"last_messages": None} | given("truncation_strategy", {"type": "auto"}),
        "tool_choice": given("tool_choice", "auto"),
        "parallel_tool_calls": given("parallel_tool_calls", True),
    }


def _wants_content(request: Request) -> bool:
    asked = [one for one in request.query.get("include[]", "").split(",") if one]
    if any(one != _FOUND_TEXT for one in asked):
        raise Invalid(f"Invalid value: {asked}. Supported values are: '{_FOUND_TEXT}'.", param="include")
    return bool(asked)
