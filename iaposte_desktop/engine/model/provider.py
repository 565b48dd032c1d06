"""The built-in model `iaposte-extract-1`: no neural network, no language model. It asks for a search for each question
it finds in a mail, and quotes what answers it.

A generation depends on nothing but its request; the second round finds the questions of the first one again.
"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.assistants import OutputFormat
from iaposte_desktop.domain.errors import AnswerUnusable, ModelGone
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.ports.model_provider import (
    SEARCH_KNOWLEDGE,
    Cited,
    Completed,
    CustomerMail,
    FoundNothingFor,
    FoundQuestions,
    Incomplete,
    ModelCapabilities,
    ModelInfo,
    SentReply,
    Started,
    TextDelta,
    ToolCall,
    ToolResult,
    UsageReport,
)
from iaposte_desktop.domain.tokens import estimate_tokens
from iaposte_desktop.domain.usage import Usage
from iaposte_desktop.engine.model.questions import MOST_QUESTIONS, find_questions
from iaposte_desktop.engine.model.reply import Frame, Quote, Searched, compose
from iaposte_desktop.engine.model.triage import classify
from iaposte_desktop.engine.text.synonyms import SynonymTable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator, Sequence

    from iaposte_desktop.domain.ports.model_provider import GenerationRequest, InputItem, ProviderEvent
    from iaposte_desktop.engine.model.questions import Question
    from iaposte_desktop.engine.model.reply import Piece

MODEL: Final = "iaposte-extract-1"
_PIECE_OF_TEXT: Final = re.compile(r"\s*\S+")


class ExtractiveModel:
    """Implements ModelProvider. Holds no state but the user's synonyms, by which sentences are chosen; any number of
    generations may run at the same time."""

    def __init__(self, synonyms: SynonymTable | None = None) -> None:
        self._synonyms = synonyms or SynonymTable()

    @property
    def name(self) -> str:
        return "embedded"

    @property
    def capabilities(self) -> ModelCapabilities:
        return ModelCapabilities(json_output=True, is_language_model=False, is_remote=False)

    async def models(self) -> tuple[ModelInfo, ...]:
        return (ModelInfo(MODEL),)

    async def generate(self, request: GenerationRequest) -> AsyncIterator[ProviderEvent]:
        """Raises ModelGone for a model that is not ours, AnswerUnusable where no mail is to be answered."""
        if request.model != MODEL:
            raise ModelGone(request.model)
        mail, since = _latest_mail(request.items)
        yield Started()
        for event in self._round(request, mail, since):
            yield event
            await asyncio.sleep(0)

    def resume(self, handle: str) -> AsyncIterator[ProviderEvent]:
        raise AnswerUnusable(f"nothing to resume: {handle}")

    async def cancel(self, handle: str) -> None:
        """No generation outlives its iterator."""

    async def count_input_tokens(self, request: GenerationRequest) -> int | None:  # noqa: ARG002 - the port's signature
        """None: no tokeniser reads the request."""
        return None

    async def aclose(self) -> None:
        """Nothing is open."""

    def _round(
        self, request: GenerationRequest, mail: CustomerMail, since: Sequence[InputItem]
    ) -> Iterator[ProviderEvent]:
        if request.output_format is OutputFormat.JSON:
            yield from _written([Frame(classify(mail))], request)
            return
        questions = find_questions(mail, request.reply.customer_name)
        results = {item.call_id: item for item in since if isinstance(item, ToolResult)}
        if not results:
            yield FoundQuestions(tuple(question.text for question in questions))
            if questions and SEARCH_KNOWLEDGE in request.tools:
                yield from _calls(questions[:MOST_QUESTIONS], request)
                return
        calls = [item for item in since if isinstance(item, ToolCall)]
        found = {
            str(call.arguments.get("query")): results[call.call_id].sources for call in calls if call.call_id in results
        }
        searched = [Searched(each, found.get(each.query)) for each in questions]
        yield from _written(compose(searched, request.reply, self._synonyms.of), request)


def _latest_mail(items: Sequence[InputItem]) -> tuple[CustomerMail, Sequence[InputItem]]:
    """The customer's last mail, and what came after it."""
    for index in range(len(items) - 1, -1, -1):
        item = items[index]
        if isinstance(item, CustomerMail):
            return item, items[index + 1 :]
    raise AnswerUnusable("no mail of the customer in the request")


def _calls(questions: Iterable[Question], request: GenerationRequest) -> Iterator[ProviderEvent]:
    queries = [question.query for question in questions]
    for query in queries:
        yield ToolCall(new_id("call"), SEARCH_KNOWLEDGE.name, {"query": query})
    yield UsageReport(_usage(request, "\n".join(queries)))
    yield Completed()


def _written(pieces: Iterable[Piece], request: GenerationRequest) -> Iterator[ProviderEvent]:
    """A piece that the limit has no room for ends the text: no quote is cut."""
    written = ""
    for piece in pieces:
        if isinstance(piece, FoundNothingFor):
            yield piece
            continue
        marker = f" [{piece.source}]" if isinstance(piece, Quote) else ""
        longer = f"{written}{piece.text}{marker}"
        if request.max_output_tokens is not None and estimate_tokens(longer) > request.max_output_tokens:
            yield UsageReport(_usage(request, written))
            yield Incomplete("max_output_tokens")
            return
        yield from map(TextDelta, _PIECE_OF_TEXT.findall(piece.text))
        if isinstance(piece, Quote):
            yield TextDelta(marker)
            yield Cited(piece.source, piece.verbatim)
        written = longer
    yield UsageReport(_usage(request, written))
    yield Completed()


def _usage(request: GenerationRequest, output: str) -> Usage:
    texts = [request.instructions, *(_text_of(item) for item in request.items)]
    return Usage(input_tokens=sum(map(estimate_tokens, texts)), output_tokens=estimate_tokens(output), estimated=True)


def _text_of(item: InputItem) -> str:
    match item:
        case CustomerMail(subject, text):
            return f"{subject}\n{text}"
        case SentReply(text):
            return text
        case ToolCall():
            return str(item.arguments.get("query", ""))
        case ToolResult():
            return item.output
