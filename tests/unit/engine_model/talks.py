"""Talks with the built-in model through its port, and what was said in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from iaposte_desktop.domain.assistants import OutputFormat, Register, ReplyLength
from iaposte_desktop.domain.citations import Source
from iaposte_desktop.domain.knowledge import Anchor, Passage
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.engine.model.provider import MODEL, ExtractiveModel


@dataclass(slots=True)
class Talk:
    events: list[mp.ProviderEvent] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(event.text for event in self.events if isinstance(event, mp.TextDelta))

    @property
    def paragraphs(self) -> list[str]:
        """Between salutation and closing, on one line each, with plain spaces."""
        return [" ".join(paragraph.split()) for paragraph in self.text.split("\n\n")[1:-1]]

    @property
    def queries(self) -> list[object]:
        return [event.arguments["query"] for event in self.events if isinstance(event, mp.ToolCall)]

    @property
    def questions(self) -> tuple[str, ...]:
        return next(event.questions for event in self.events if isinstance(event, mp.FoundQuestions))

    @property
    def open_questions(self) -> list[str]:
        return [event.question for event in self.events if isinstance(event, mp.FoundNothingFor)]

    @property
    def cited(self) -> list[mp.Cited]:
        return [event for event in self.events if isinstance(event, mp.Cited)]

    @property
    def end(self) -> mp.ProviderEvent:
        return self.events[-1]


def request(
    text: str,
    *,
    subject: str = "",
    language: str = "fr",
    name: str = "Claire Martin",
    register: Register = Register.FORMAL,
    length: ReplyLength = ReplyLength.SHORT,
    signature: str = "",
    before: Sequence[mp.InputItem] = (),
    output_format: OutputFormat = OutputFormat.REPLY,
    max_output_tokens: int | None = None,
    tools: tuple[mp.ToolSpec, ...] = (mp.SEARCH_KNOWLEDGE,),
) -> mp.GenerationRequest:
    return mp.GenerationRequest(
        model=MODEL,
        instructions="",
        items=(*before, mp.CustomerMail(subject, text)),
        reply=mp.ReplyContext(language, name, register, length, signature=signature),
        tools=tools,
        output_format=output_format,
        max_output_tokens=max_output_tokens,
    )


def source(
    number: int,
    text: str,
    *,
    score: float = 0.9,
    name: str = "",
    headings: tuple[str, ...] = (),
    is_internal: bool = False,
) -> Source:
    anchor = Anchor(headings=headings)
    name = name or f"file-{number}.md"
    return Source(
        number, Passage("vs_1", f"file_{number}", name, text, 0, len(text), score, anchor, is_internal=is_internal)
    )


async def talk(
    asked: mp.GenerationRequest, *answers: Sequence[Source], by_word: Mapping[str, Source] | None = None
) -> Talk:
    """Searches are answered by `answers` in order, the last one again and again; or by the sources of `by_word` whose
    word is in the query."""
    model = ExtractiveModel()
    said = Talk()
    items = asked.items
    for _ in range(3):
        events = [
            event
            async for event in model.generate(
                mp.GenerationRequest(
                    asked.model,
                    asked.instructions,
                    items,
                    asked.reply,
                    asked.tools,
                    asked.output_format,
                    max_output_tokens=asked.max_output_tokens,
                )
            )
        ]
        said.events += events
        calls = [event for event in events if isinstance(event, mp.ToolCall)]
        if not calls:
            return said
        found: list[tuple[Source, ...]] = []
        for index, call in enumerate(calls):
            if by_word is not None:
                query = str(call.arguments["query"]).lower()
                found.append(tuple(each for word, each in by_word.items() if word in query))
            else:
                found.append(tuple(answers[min(index, len(answers) - 1)]) if answers else ())
        results = [mp.ToolResult(call.call_id, "", sources) for call, sources in zip(calls, found, strict=True)]
        items = (*items, *calls, *results)
    raise AssertionError("it kept calling")
