"""The chunks of one streamed answer, read into events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.errors import Delivery
from iaposte_desktop.domain.ports.model_provider import (
    Completed,
    Incomplete,
    ReasoningDelta,
    TextDelta,
    ToolCall,
    UsageReport,
)
from iaposte_desktop.domain.tokens import estimate_tokens
from iaposte_desktop.domain.usage import Usage
from iaposte_desktop.providers.chat_completions.request import estimated_input_tokens
from iaposte_desktop.providers.chat_completions.thinking import ThinkingSplit
from iaposte_desktop.providers.chat_completions.tool_calls import ToolCallPieces
from iaposte_desktop.providers.errors import unusable
from iaposte_desktop.providers.json_fields import object_in, objects_in, text_in
from iaposte_desktop.providers.token_counts import usage_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iaposte_desktop.domain.ports.model_provider import GenerationRequest, ProviderEvent

_ENDED: Final = frozenset({"stop", "tool_calls", "function_call"})
_REASONS: Final = {"length": "max_output_tokens"}


class Answer:
    """Servers leave out what they please: nothing of a chunk is taken for granted."""

    def __init__(self, request: GenerationRequest) -> None:
        self._request = request
        self._split = ThinkingSplit()
        self._pieces = ToolCallPieces(item.call_id for item in request.items if isinstance(item, ToolCall))
        self._written: list[str] = []
        self._thought: list[str] = []
        self._is_refused = False
        self._finish_reason = ""
        self._usage: Usage | None = None

    @property
    def is_finished(self) -> bool:
        """Nothing but the usage may be missing."""
        return bool(self._finish_reason)

    def take(self, chunk: object) -> Iterator[ProviderEvent]:
        """Raises AnswerUnusable for what is no chunk."""
        if not isinstance(chunk, dict):
            raise unusable("a chunk that is no object", billed=Delivery.MAYBE)
        self._usage = usage_of(chunk) or self._usage
        choice = next(iter(objects_in(chunk, "choices")), {})
        delta = object_in(choice, "delta")
        # Servers that know both names send the same under each.
        if thought := text_in(delta, "reasoning_content") or text_in(delta, "reasoning"):
            yield from self._noted([ReasoningDelta(thought)])
        if content := text_in(delta, "content"):
            yield from self._noted(self._split.take(content))
        if refusal := text_in(delta, "refusal"):
            self._is_refused = True
            yield from self._noted([TextDelta(refusal)])
        for piece in objects_in(delta, "tool_calls"):
            self._pieces.take(piece)
        self._finish_reason = text_in(choice, "finish_reason") or self._finish_reason

    def end(self) -> Iterator[ProviderEvent]:
        """What is left once the stream has ended: no terminal event where it was cut. Raises AnswerUnusable for an
        answer that says nothing."""
        yield from self._noted(self._split.end())
        if not self.is_finished:
            if self._usage:
                yield UsageReport(self._usage)
            return
        is_ended = self._finish_reason in _ENDED
        calls = self._pieces.calls() if is_ended else ()
        if is_ended and not calls and not "".join(self._written).strip():
            raise unusable("empty answer")
        yield from calls
        yield UsageReport(self._usage or self._estimated(calls))
        if self._is_refused:
            yield Incomplete("refusal")
        elif is_ended:
            yield Completed()
        else:
            yield Incomplete(_REASONS.get(self._finish_reason, self._finish_reason))

    def _noted(self, events: Iterable[TextDelta | ReasoningDelta]) -> Iterator[TextDelta | ReasoningDelta]:
        for event in events:
            (self._written if isinstance(event, TextDelta) else self._thought).append(event.text)
            yield event

    def _estimated(self, calls: Iterable[ToolCall]) -> Usage:
        called = (f"{call.name} {' '.join(map(str, call.arguments.values()))}" for call in calls)
        reasoning = estimate_tokens("".join(self._thought))
        output = estimate_tokens(" ".join(("".join(self._written), *called)))
        return Usage(
            input_tokens=estimated_input_tokens(self._request),
            output_tokens=output + reasoning,
            reasoning_tokens=reasoning,
            estimated=True,
        )
