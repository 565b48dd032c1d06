"""What a run does from queued to its end: it searches, asks the toy model, waits for tools, writes its message."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from tests.fakes.toy_openai.cursor_pages import Body, new_id
from tests.fakes.toy_openai.message_deltas import add_delta, deltas
from tests.fakes.toy_openai.messages import Refused
from tests.fakes.toy_openai.model import TOKEN_CHARACTERS, Answer, Call, JsonMode, Prompt, ToyModel, tokens
from tests.fakes.toy_openai.run_records import Run, Script
from tests.fakes.toy_openai.thread_records import message_body, text_of_message
from tests.fakes.toy_openai.tool_resources import store_ids
from tests.fakes.toy_openai.vector_stores import VectorStores

_RANKER: Final = "default_2024_08_21"
_ERRORS: Final = frozenset({"server_error", "rate_limit_exceeded", "invalid_prompt"})


class RunScripts:
    def __init__(self, model: ToyModel, stores: VectorStores) -> None:
        self._model = model
        self._stores = stores

    def begin(self, run: Run) -> Script:
        run.tell("thread.run.created", run.body)
        return self._work(run)

    def resume(self, run: Run, step: Body) -> Script:
        """Once the calls of `step` have their outputs."""
        run.end_step(step, usage=run.last_usage)
        return self._work(run)

    def cancel(self, run: Run) -> Script:
        run.change("cancelling")
        yield
        run.end("cancelled")

    def _work(self, run: Run) -> Script:
        run.change("queued", required_action=None)
        yield
        run.change("in_progress", started_at=run.body["started_at"] or int(time.time()))
        yield
        try:
            yield from self._search(run)
        except Refused as refused:
            run.end("failed", last_error={"code": "server_error", "message": refused.message})
            return
        prompt = _prompt(run)
        answer = self._model.answer(prompt)
        run.count(*_counted(prompt, answer))
        if answer.commentary:
            yield from self._write(run, Answer(answer.commentary))
        if answer.calls:
            self._ask(run, answer.calls)
        else:
            yield from self._finish(run, answer)

    def _search(self, run: Run) -> Script:
        tool = next((tool for tool in _offered(run) if tool["type"] == "file_search"), None)
        query = _prompt(run).question
        searched = dict.fromkeys([*run.store_ids, *store_ids(run.thread.tool_resources)])
        if tool is None or run.hits is not None or not searched or not query:
            return
        settings = tool.get("file_search") or {}
        threshold = (settings.get("ranking_options") or {}).get("score_threshold", 0.0)
        search: Body = {"ranking_options": {"ranker": _RANKER, "score_threshold": threshold}, "results": []}
        step = run.begin_step({"type": "tool_calls", "tool_calls": [_search_call(search)]})
        yield
        run.hits = self._stores.search(
            list(searched), [query], max_num_results=settings.get("max_num_results", 20), score_threshold=threshold
        )
        search["results"] = [
            {
                "file_id": hit.file_id,
                "file_name": hit.filename,
                "score": hit.score,
                "content": [{"type": "text", "text": hit.text}],
            }
            for hit in run.hits
        ]
        run.end_step(step)

    def _ask(self, run: Run, calls: Sequence[Call]) -> None:
        wanted = [_function_call(call) for call in calls]
        shown: list[Body] = [call | {"function": call["function"] | {"output": None}} for call in wanted]
        step = run.begin_step({"type": "tool_calls", "tool_calls": shown})
        for index, call in enumerate(shown):
            delta = {"step_details": {"type": "tool_calls", "tool_calls": [{"index": index, **call}]}}
            run.tell("thread.run.step.delta", {"id": step["id"], "object": "thread.run.step.delta", "delta": delta})
        action = {"type": "submit_tool_outputs", "submit_tool_outputs": {"tool_calls": wanted}}
        run.change("requires_action", required_action=action)

    def _finish(self, run: Run, answer: Answer) -> Script:
        limit = run.body["max_completion_tokens"]
        if limit is not None and tokens(answer.text) > limit:
            text = answer.text[: limit * TOKEN_CHARACTERS]
            citations = [citation for citation in answer.citations if citation.index <= len(text)]
            answer = replace(answer, text=text, citations=citations, incomplete="max_output_tokens")
        yield from self._write(run, answer)
        if not run.is_active:
            return
        if answer.incomplete:
            is_long = answer.incomplete == "max_output_tokens"
            run.end("incomplete", incomplete_details={"reason": "max_completion_tokens"} if is_long else None)
        else:
            run.end("completed")

    def _write(self, run: Run, answer: Answer) -> Script:
        """Waits half-way through the text; there a `failure` of the answer ends the run."""
        message = message_body(run.thread.id, "assistant", ())
        message |= {"status": "in_progress", "assistant_id": run.body["assistant_id"], "run_id": run.body["id"]}
        step = run.begin_step({"type": "message_creation", "message_creation": {"message_id": message["id"]}})
        run.begin_message(message)
        blocks = deltas(answer)
        half = len(blocks) // 2
        _send(run, message, blocks[:half])
        yield
        if answer.failure:
            code = answer.failure if answer.failure in _ERRORS else "server_error"
            run.end("failed", last_error={"code": code, "message": "Sorry, something went wrong."})
            return
        _send(run, message, blocks[half:])
        run.end_message({"max_output_tokens": "max_tokens"}.get(answer.incomplete or "", answer.incomplete))
        run.end_step(step, usage=run.last_usage)


def _send(run: Run, message: Body, blocks: Sequence[Body]) -> None:
    for block in blocks:
        add_delta(message, block)
        delta = {"id": message["id"], "object": "thread.message.delta", "delta": {"content": [block]}}
        run.tell("thread.message.delta", delta)


def _prompt(run: Run) -> Prompt:
    messages = list(run.thread.messages.values())
    if kept := run.body["truncation_strategy"]["last_messages"]:
        messages = messages[-kept:]
    return Prompt(
        model=run.body["model"],
        instructions=run.body["instructions"],
        user_texts=[text_of_message(message) for message in messages if message["role"] == "user"],
        functions=[tool["function"]["name"] for tool in _offered(run) if tool["type"] == "function"],
        tool_results=run.tool_outputs or None,
        hosted_hits=run.hits,
        json_mode=_json_mode(run.body["response_format"]),
    )


def _offered(run: Run) -> list[Mapping[str, Any]]:
    return [] if run.body["tool_choice"] == "none" else run.body["tools"]


def _json_mode(response_format: Any) -> JsonMode:
    match response_format:
        case {"type": "json_object"}:
            return "object"
        case {"type": "json_schema", "json_schema": {"schema": schema}}:
            found: Mapping[str, Any] = schema
            return found
        case _:
            return None


def _counted(prompt: Prompt, answer: Answer) -> tuple[int, int]:
    """Tokens of the prompt and of the answer."""
    if answer.usage is not None:
        return answer.usage.input, answer.usage.output
    sent = [prompt.instructions, *prompt.user_texts, *(prompt.tool_results or {}).values()]
    found = [hit.text for hit in prompt.hosted_hits or ()]
    written = [answer.commentary, answer.text, answer.refusal, *(_arguments(call) for call in answer.calls)]
    return sum(map(tokens, [*sent, *found])), sum(map(tokens, written))


def _search_call(search: Body) -> Body:
    return {"id": new_id("call_"), "type": "file_search", "file_search": search}


def _function_call(call: Call) -> Body:
    function = {"name": call.name, "arguments": _arguments(call)}
    return {"id": call.call_id or new_id("call_"), "type": "function", "function": function}


def _arguments(call: Call) -> str:
    return call.arguments if isinstance(call.arguments, str) else json.dumps(call.arguments, ensure_ascii=False)
