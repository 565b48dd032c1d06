"""Events of a response become the provider's events. Pure: no request, no clock; whatever a server leaves out, sends
twice or sends in another order is met here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from iaposte_desktop.domain.errors import AnswerUnusable, Delivery
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.providers.arguments import tool_call
from iaposte_desktop.providers.errors import error_of, unusable
from iaposte_desktop.providers.hosted import Hit
from iaposte_desktop.providers.json_fields import Json, number_in, object_in, objects_in, text_in, texts_in
from iaposte_desktop.providers.responses.citing import Citations
from iaposte_desktop.providers.responses.round_text import Part, RoundText
from iaposte_desktop.providers.responses.searches import file_of, hit_in, store_ids_of
from iaposte_desktop.providers.token_counts import usage_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iaposte_desktop.providers.citation_marks import Mark

PENDING: Final = frozenset({"queued", "in_progress"})
_ENDED: Final = frozenset({"completed", "incomplete", "failed", "cancelled"})
_PARTS: Final = {"output_text": "text", "refusal": "refusal"}


@dataclass(frozen=True, slots=True)
class Found:
    """Hits of a hosted search; where they stand in their files is not known yet."""

    hits: tuple[Hit, ...]


Reduced: TypeAlias = mp.ProviderEvent | Found


class Reduction:
    """One response, over as many streams and answers as it takes. `handle` is its id, once known; `store_ids` are the
    stores it may search, `output` its finished items in their order."""

    def __init__(self, *, is_background: bool = False, handle: str = "", store_ids: tuple[str, ...] = ()) -> None:
        self.handle = handle
        self.store_ids = store_ids
        self.output: dict[str, Json] = {}
        self.is_over = False
        self._is_background = is_background
        self._is_started = False
        self._is_refused = False
        self._text = RoundText()
        self._citations = Citations()
        self._commentaries: set[str] = set()
        self._done: set[Part] = set()
        self._queries: dict[str, tuple[str, ...]] = {}
        self._found: set[str] = set()
        self._calls: set[str] = set()
        self._unusable: AnswerUnusable | None = None

    def events(self, event: Json) -> Iterator[Reduced]:
        """Of the next event. Raises AnswerUnusable where a completed response is no answer."""
        yield from self._started(object_in(event, "response"))
        yield from self._dispatched(event)
        if not self.is_over:
            yield from self._citations.settled()

    def polled(self, response: Json) -> Iterator[Reduced]:
        """Of the response as it stands now: what is new since. Raises as `events` does."""
        status = text_in(response, "status")
        if status not in PENDING | _ENDED:
            raise unusable(f"status {status!r}", billed=Delivery.MAYBE)
        yield from self._started(response)
        if status in PENDING:
            yield from self._all(response)
            yield from self._citations.settled()
        else:
            yield from self._ended(status, response)

    def _started(self, response: Json) -> Iterator[Reduced]:
        self.handle = self.handle or text_in(response, "id")
        self.store_ids = self.store_ids or store_ids_of(objects_in(response, "tools"))
        if not self._is_started:
            self._is_started = True
            yield mp.Started(self.handle or None if self._is_background else None)

    def _dispatched(self, event: Json) -> Iterator[Reduced]:
        match event.get("type"):
            case "response.output_text.delta" | "response.refusal.delta" as kind:
                self._is_refused = self._is_refused or kind == "response.refusal.delta"
                yield from self._delta(event)
            case "response.output_text.annotation.added":
                self._annotated(event)
            case "response.reasoning_summary_text.delta":
                yield mp.ReasoningDelta(text_in(event, "delta"))
            case "response.output_item.added":
                yield from self._announced(_place(event), object_in(event, "item"))
            case "response.output_item.done":
                item = object_in(event, "item")
                self.output[text_in(item, "id") or _place(event)] = item
                yield from self._finished(_place(event), item, self._done)
            case "response.completed" | "response.incomplete" | "response.failed" as kind:
                response = object_in(event, "response")
                status = text_in(response, "status")
                yield from self._ended(status if status in _ENDED else kind.removeprefix("response."), response)
            case "error":
                self.is_over = True
                yield from self._rest()
                yield _failed(event)

    def _delta(self, event: Json) -> Iterator[Reduced]:
        message = _item_key(event)
        if message not in self._commentaries:
            part = self._text.part(message, number_in(event, "content_index") or 0)
            yield from self._written(self._text.add(part, text_in(event, "delta")))

    def _written(self, handed_on: tuple[str, list[Mark]]) -> Iterator[Reduced]:
        text, marks = handed_on
        self._citations.mark(marks)
        if text:
            yield mp.TextDelta(text)

    def _annotated(self, event: Json) -> None:
        message = _item_key(event)
        if message not in self._commentaries:
            part = self._text.part(message, number_in(event, "content_index") or 0)
            self._citations.annotate(part, number_in(event, "annotation_index"), object_in(event, "annotation"))

    def _announced(self, place: str, item: Json) -> Iterator[Reduced]:
        key = text_in(item, "id") or place
        if item.get("phase") == "commentary":
            self._commentaries.add(key)
        if item.get("type") == "file_search_call":
            yield from self._searched(key, item)

    def _finished(self, place: str, item: Json, taken: set[Part]) -> Iterator[Reduced]:
        key = text_in(item, "id") or place
        match item.get("type"):
            case "message" if item.get("phase") != "commentary":
                yield from self._told(key, item, taken)
            case "file_search_call":
                yield from self._searched(key, item)
            case "function_call":
                yield from self._called(text_in(item, "call_id") or key, item)

    def _told(self, message: str, item: Json, taken: set[Part]) -> Iterator[Reduced]:
        """A message in full, or as far as it is written: what was not streamed of it."""
        for number, content in enumerate(objects_in(item, "content")):
            kind = text_in(content, "type")
            if kind not in _PARTS:
                continue
            self._is_refused = self._is_refused or kind == "refusal"
            whole = text_in(content, _PARTS[kind])
            part = self._text.part_of(message, number, whole, taken)
            taken.add(part)
            yield from self._written(self._text.add(part, part.rest_of(whole)))
            if item.get("status") != "in_progress":
                yield from self._written(self._text.end(part))
            for index, annotation in enumerate(objects_in(content, "annotations")):
                self._citations.annotate(part, index, annotation, whole)

    def _searched(self, key: str, item: Json) -> Iterator[Reduced]:
        queries = texts_in(item, "queries")
        for query in queries if not self._queries.get(key) else ():
            yield mp.Searching(query)
        self._queries[key] = self._queries.get(key) or queries
        results = objects_in(item, "results")
        is_told = isinstance(item.get("results"), list) and (results or item.get("status") == "completed")
        if is_told and key not in self._found:
            self._found.add(key)
            if not self._queries[key]:  # What it searched for, the server does not tell.
                self._queries[key] = ("",)
                yield mp.Searching("")
            for result in results:
                file = file_of(result)
                self._citations.know(filter(None, (text_in(result, "file_id"), file)), file)
            yield Found(tuple(map(hit_in, results)))

    def _called(self, call_id: str, item: Json) -> Iterator[Reduced]:
        if call_id in self._calls or text_in(item, "status") in {"in_progress", "incomplete"}:
            return
        self._calls.add(call_id)
        try:
            call = tool_call(call_id, text_in(item, "name"), text_in(item, "arguments"))
        except AnswerUnusable as error:
            self._unusable = error
        else:
            yield call

    def _all(self, response: Json) -> Iterator[Reduced]:
        taken: set[Part] = set()
        for index, item in enumerate(objects_in(response, "output")):
            yield from self._finished(f"#{index}", item, taken)

    def _ended(self, status: str, response: Json) -> Iterator[Reduced]:
        self.is_over = True
        for index, item in enumerate(objects_in(response, "output")):
            self.output.setdefault(text_in(item, "id") or f"#{index}", item)
        yield from self._all(response)
        yield from self._rest()
        usage = usage_of(response, len(self._queries))
        if usage is not None:
            yield mp.UsageReport(usage)
        match status:
            case "failed":
                yield _failed(object_in(response, "error"))
            case "cancelled":
                yield mp.Incomplete("cancelled")
            case "incomplete":
                yield mp.Incomplete(text_in(object_in(response, "incomplete_details"), "reason") or "unknown")
            case _ if self._is_refused:
                yield mp.Incomplete("refusal")
            case _:
                self._refuse_unusable()
                yield mp.Completed()

    def _rest(self) -> Iterator[Reduced]:
        """What waited for more to come."""
        for part in self._text.parts:
            yield from self._written(self._text.end(part))
        yield from self._citations.settled(is_end=True)

    def _refuse_unusable(self) -> None:
        if self._unusable is not None:
            raise self._unusable
        if self._text.is_blank and not self._calls:
            raise unusable("empty answer")


def _failed(error: Json) -> mp.Failed:
    return mp.Failed(error_of(text_in(error, "code"), text_in(error, "message")).info)


def _place(event: Json) -> str:
    """Stands for an item's id where the server gives none."""
    return f"#{number_in(event, 'output_index') or 0}"


def _item_key(event: Json) -> str:
    return text_in(event, "item_id") or _place(event)
