"""The port that generates. The run loop drives it; a provider knows no thread, no store, no screen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeAlias

from iaposte_desktop.domain.assistants import OutputFormat, PromptRef, Register, ReplyLength
from iaposte_desktop.domain.citations import Source
from iaposte_desktop.domain.errors import ErrorInfo
from iaposte_desktop.domain.json import JsonValue, Metadata
from iaposte_desktop.domain.knowledge import Passage
from iaposte_desktop.domain.usage import Usage


@dataclass(frozen=True, slots=True)
class ModelCapabilities:
    """What may be asked of it. `is_language_model` false means: it quotes files and writes nothing of its own."""

    streaming: bool = True
    function_tools: bool = True
    background_resume: bool = False
    hosted_file_search: bool = False
    json_output: bool = False
    reasoning: bool = False
    is_language_model: bool = True
    is_remote: bool = True


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """`context_tokens` and `shutdown_date` None mean: not known. `created` tells newer from older."""

    id: str
    context_tokens: int | None = None
    shutdown_date: date | None = None
    created: date | None = None


@dataclass(frozen=True, slots=True)
class CustomerMail:
    """A mail of the customer; `text` without quoted history."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class SentReply:
    """What an agent sent before, in the same thread."""

    text: str


@dataclass(frozen=True, slots=True)
class ToolCall:
    call_id: str
    name: str
    arguments: Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class ToolResult:
    """The answer to a call. A knowledge search answers with `sources`; `output` is the same as text for a model."""

    call_id: str
    output: str
    sources: tuple[Source, ...] = ()


InputItem: TypeAlias = CustomerMail | SentReply | ToolCall | ToolResult


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A function the model may call; `parameters` is a JSON schema."""

    name: str
    description: str
    parameters: Mapping[str, JsonValue]


SEARCH_KNOWLEDGE = ToolSpec(
    name="search_knowledge",
    description="Search the knowledge files. Returns numbered passages; cite one by its number: [1].",
    parameters={
        "type": "object",
        "properties": {"query": {"type": "string"}},
        "required": ["query"],
        "additionalProperties": False,
    },
)


@dataclass(frozen=True, slots=True)
class ReplyContext:
    """Facts about the reply that scaffolding must carry in no particular language. `language` is an ISO 639-1 code."""

    language: str
    customer_name: str = ""
    register: Register = Register.FORMAL
    length: ReplyLength = ReplyLength.SHORT
    tone: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class HostedSearch:
    """Let the provider search its own vector stores; needs `hosted_file_search`."""

    store_ids: tuple[str, ...]
    max_passages: int
    score_threshold: float


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """One round. `items` is the whole transcript, tool calls and results of earlier rounds included. What a provider
    cannot do is not asked of it: `background` needs `background_resume`."""

    model: str
    instructions: str
    items: tuple[InputItem, ...]
    reply: ReplyContext
    tools: tuple[ToolSpec, ...] = ()
    output_format: OutputFormat = OutputFormat.REPLY
    json_schema: str = ""
    max_output_tokens: int | None = None
    temperature: float | None = None
    reasoning_effort: str = ""
    background: bool = False
    hosted_search: HostedSearch | None = None
    prompt: PromptRef | None = None
    metadata: Metadata = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Started:
    """`handle` names the generation for `resume` and `cancel`, None where the provider has no such thing."""

    handle: str | None = None


@dataclass(frozen=True, slots=True)
class FoundQuestions:
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundNothingFor:
    """No passage answers this question; the text says so too."""

    question: str


@dataclass(frozen=True, slots=True)
class Searching:
    """A search that the provider runs itself (hosted)."""

    query: str


@dataclass(frozen=True, slots=True)
class FoundPassages:
    """What a hosted search brought; the run loop numbers them. It ends the step that Searching began."""

    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class TextDelta:
    text: str


@dataclass(frozen=True, slots=True)
class Cited:
    """The text generated so far, markers included, ends with a marker `[source]` that stands on `quote`."""

    source: int
    quote: str


@dataclass(frozen=True, slots=True)
class CitedFile:
    """The text of this round stands, before its character `position`, on a file that a hosted search found. Which
    passage of it, the run loop finds out; it also puts the marker in."""

    file_id: str
    position: int


@dataclass(frozen=True, slots=True)
class ReasoningDelta:
    text: str


@dataclass(frozen=True, slots=True)
class UsageReport:
    """Usage of this round; at most one a round."""

    usage: Usage


@dataclass(frozen=True, slots=True)
class Completed:
    """Terminal. After tool calls it means: answer them and generate again."""


@dataclass(frozen=True, slots=True)
class Incomplete:
    """Terminal: `reason` such as max_output_tokens or content_filter."""

    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Terminal."""

    error: ErrorInfo


ProviderEvent: TypeAlias = (
    Started
    | FoundQuestions
    | FoundNothingFor
    | Searching
    | FoundPassages
    | TextDelta
    | Cited
    | CitedFile
    | ToolCall
    | ReasoningDelta
    | UsageReport
    | Completed
    | Incomplete
    | Failed
)


class ModelProvider(Protocol):
    @property
    def name(self) -> str:
        """The name that `ModelRef.provider` uses."""
        ...

    @property
    def capabilities(self) -> ModelCapabilities: ...

    async def models(self) -> tuple[ModelInfo, ...]: ...

    def generate(self, request: GenerationRequest) -> AsyncIterator[ProviderEvent]:
        """One round of events, ended by exactly one of Completed, Incomplete, Failed. A stream that ends without one
        was cut. Closing the iterator stops a generation that has no handle; one that has goes on until `cancel`.
        Raises only ProviderError."""
        ...

    def resume(self, handle: str) -> AsyncIterator[ProviderEvent]:
        """The events from the start of a generation that another process began; needs `background_resume`. Nothing is
        generated anew. Ends as `generate` does; raises ProviderError where the server no longer has it."""
        ...

    async def cancel(self, handle: str) -> None:
        """At the server; of a generation that has ended, nothing. Raises ProviderError."""
        ...

    async def count_input_tokens(self, request: GenerationRequest) -> int | None:
        """Exact count where the provider has one, else None."""
        ...

    async def aclose(self) -> None: ...
