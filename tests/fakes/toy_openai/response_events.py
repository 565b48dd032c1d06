"""The events of one response, in the order and with the fields that the SDK's types have."""

from __future__ import annotations

import copy
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tests.fakes.toy_openai.model import Answer, Call, Citation, pieces
from tests.fakes.toy_openai.vector_stores import SearchHit

Json = dict[str, Any]

SEARCH_RESULTS = "file_search_call.results"


@dataclass(frozen=True, slots=True)
class HostedSearch:
    queries: Sequence[str]
    hits: Sequence[SearchHit]

    def results(self) -> list[Json]:
        return [{**asdict(hit), "attributes": dict(hit.attributes)} for hit in self.hits]


def new_id(kind: str) -> str:
    return f"{kind}_{uuid.uuid4().hex}"


def new_response(body: Mapping[str, Any]) -> Json:
    is_background = bool(body.get("background"))
    return {
        "id": new_id("resp"),
        "object": "response",
        "created_at": int(time.time()),
        "status": "queued" if is_background else "in_progress",
        "background": is_background,
        "completed_at": None,
        "error": None,
        "incomplete_details": None,
        "instructions": body.get("instructions"),
        "max_output_tokens": body.get("max_output_tokens"),
        "max_tool_calls": body.get("max_tool_calls"),
        "metadata": body.get("metadata") or {},
        "model": body["model"],
        "output": [],
        "parallel_tool_calls": body.get("parallel_tool_calls", True),
        "previous_response_id": body.get("previous_response_id"),
        "prompt_cache_key": body.get("prompt_cache_key"),
        "reasoning": {"effort": None, "summary": None, **(body.get("reasoning") or {})},
        "safety_identifier": body.get("safety_identifier"),
        "service_tier": "default",
        "temperature": body.get("temperature", 1.0),
        "text": {"format": {"type": "text"}, **(body.get("text") or {})},
        "tool_choice": body.get("tool_choice", "auto"),
        "tools": body.get("tools") or [],
        "top_p": body.get("top_p", 1.0),
        "truncation": body.get("truncation") or "disabled",
        "usage": None,
    }


class Playing:
    """Plays `answer` into `response`, which holds at any moment what is finished so far."""

    def __init__(
        self,
        response: Json,
        answer: Answer,
        search: HostedSearch | None,
        input_tokens: int,
        include: Sequence[str] = (),
    ) -> None:
        self.response = response
        self._answer = answer.cut(response["max_output_tokens"])
        self._search = search
        self._input_tokens = input_tokens
        self._include = include
        self._number = 0

    def events(self) -> Iterator[Json]:
        answer = self._answer
        yield self._about_response("created")
        if self.response["status"] == "queued":
            yield self._about_response("queued")
            self.response["status"] = "in_progress"
        yield self._about_response("in_progress")
        if answer.reasoning:
            yield from self._reasoning(answer.reasoning)
        if self._search is not None:
            yield from self._searched(self._search)
        if answer.commentary:
            yield from self._message(answer.commentary, phase="commentary")
        if answer.text or answer.failure or not (answer.calls or answer.refusal):
            yield from self._message(answer.text, phase="final_answer" if answer.commentary else None)
        if answer.refusal:
            yield from self._refusal(answer.refusal)
        for call in answer.calls:
            yield from self._call(call)
        yield self._end()

    def _end(self) -> Json:
        answer, status = self._answer, "completed"
        if answer.failure is not None:
            status = "failed"
            self.response["error"] = {"code": answer.failure, "message": "The toy failed, as it was told to."}
        elif answer.incomplete is not None:
            status = "incomplete"
            self.response["incomplete_details"] = {"reason": answer.incomplete}
        self.response["status"] = status
        if status == "completed":
            self.response["completed_at"] = int(time.time())
        if status != "failed":
            self.response["usage"] = _usage(answer, self._input_tokens)
        return self._about_response(status)

    def _message(self, text: str, phase: str | None) -> Iterator[Json]:
        is_final = phase != "commentary"
        has_failed = is_final and self._answer.failure is not None
        shown = text[: len(text) // 2] if has_failed else text
        item: Json = {"id": new_id("msg"), "type": "message", "role": "assistant", "status": "in_progress"}
        item |= {"content": [], **({"phase": phase} if phase else {})}
        at = self._place(item)
        yield self._event("response.output_item.added", output_index=at["output_index"], item=item)
        part: Json = {"type": "output_text", "text": "", "annotations": [], "logprobs": []}
        place = {**at, "content_index": 0}
        yield self._event("response.content_part.added", **place, part=part)
        citations = self._answer.citations if is_final else ()
        annotations: list[Json] = []
        for piece in _cited_pieces(shown, citations):
            if isinstance(piece, str):
                yield self._event("response.output_text.delta", **place, delta=piece, logprobs=[])
                continue
            annotations.append({"type": "file_citation", **asdict(piece)})
            index = len(annotations) - 1
            yield self._event(
                "response.output_text.annotation.added", **place, annotation_index=index, annotation=annotations[-1]
            )
        if has_failed:
            return
        part = {**part, "text": shown, "annotations": annotations}
        yield self._event("response.output_text.done", **place, text=shown, logprobs=[])
        yield self._event("response.content_part.done", **place, part=part)
        yield self._done(item, at, content=[part], is_cut=is_final and self._answer.incomplete is not None)

    def _refusal(self, text: str) -> Iterator[Json]:
        item: Json = {"id": new_id("msg"), "type": "message", "role": "assistant", "status": "in_progress"}
        item["content"] = []
        at = self._place(item)
        yield self._event("response.output_item.added", output_index=at["output_index"], item=item)
        place = {**at, "content_index": 0}
        yield self._event("response.content_part.added", **place, part={"type": "refusal", "refusal": ""})
        for piece in pieces(text):
            yield self._event("response.refusal.delta", **place, delta=piece)
        part = {"type": "refusal", "refusal": text}
        yield self._event("response.refusal.done", **place, refusal=text)
        yield self._event("response.content_part.done", **place, part=part)
        yield self._done(item, at, content=[part])

    def _call(self, call: Call) -> Iterator[Json]:
        arguments = call.arguments_text()
        item = {"id": new_id("fc"), "type": "function_call", "status": "in_progress", "name": call.name}
        item |= {"call_id": call.call_id or new_id("call"), "arguments": ""}
        at = self._place(item)
        yield self._event("response.output_item.added", output_index=at["output_index"], item=item)
        for piece in pieces(arguments):
            yield self._event("response.function_call_arguments.delta", **at, delta=piece)
        yield self._event("response.function_call_arguments.done", **at, arguments=arguments)
        yield self._done(item, at, arguments=arguments)

    def _searched(self, search: HostedSearch) -> Iterator[Json]:
        item: Json = {"id": new_id("fs"), "type": "file_search_call", "status": "in_progress"}
        item |= {"queries": list(search.queries), "results": None}
        at = self._place(item)
        yield self._event("response.output_item.added", output_index=at["output_index"], item=item)
        for state in ("in_progress", "searching", "completed"):
            yield self._event(f"response.file_search_call.{state}", **at)
        results = search.results() if SEARCH_RESULTS in self._include else None
        yield self._done(item, at, results=results)

    def _reasoning(self, summary: str) -> Iterator[Json]:
        item: Json = {"id": new_id("rs"), "type": "reasoning", "summary": []}
        at = self._place(item)
        yield self._event("response.output_item.added", output_index=at["output_index"], item=item)
        place = {**at, "summary_index": 0}
        part = {"type": "summary_text", "text": ""}
        yield self._event("response.reasoning_summary_part.added", **place, part=part)
        for piece in pieces(summary):
            yield self._event("response.reasoning_summary_text.delta", **place, delta=piece)
        yield self._event("response.reasoning_summary_text.done", **place, text=summary)
        part = {**part, "text": summary}
        yield self._event("response.reasoning_summary_part.done", **place, part=part)
        item = {**item, "summary": [part]}
        if "reasoning.encrypted_content" in self._include:
            item["encrypted_content"] = f"toy:{item['id']}"
        self.response["output"].append(item)
        yield self._event("response.output_item.done", output_index=at["output_index"], item=item)

    def _place(self, item: Json) -> Json:
        return {"item_id": item["id"], "output_index": len(self.response["output"])}

    def _done(self, item: Json, at: Json, *, is_cut: bool = False, **final: Any) -> Json:
        done = {**item, "status": "incomplete" if is_cut else "completed", **final}
        self.response["output"].append(done)
        return self._event("response.output_item.done", output_index=at["output_index"], item=done)

    def _about_response(self, what: str) -> Json:
        return self._event(f"response.{what}", response=copy.deepcopy(self.response))

    def _event(self, kind: str, **fields: Any) -> Json:
        event = {"type": kind, "sequence_number": self._number, **fields}
        self._number += 1
        return event


def _cited_pieces(text: str, citations: Sequence[Citation]) -> Iterator[str | Citation]:
    start = 0
    for citation in sorted(citations, key=lambda each: each.index):
        yield from pieces(text[start : citation.index])
        start = citation.index
        if start <= len(text):
            yield citation
    yield from pieces(text[start:])


def _usage(answer: Answer, input_tokens: int) -> Json:
    used = answer.counted(input_tokens)
    return {
        "input_tokens": used.input,
        "input_tokens_details": {"cached_tokens": used.cached, "cache_write_tokens": used.cache_write},
        "output_tokens": used.output,
        "output_tokens_details": {"reasoning_tokens": used.reasoning},
        "total_tokens": used.input + used.output,
    }
