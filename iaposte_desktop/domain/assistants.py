"""Assistants: what is asked of a model, kept by us as numbered versions that never change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from iaposte_desktop.domain.json import Metadata


class Register(StrEnum):
    """How the customer is addressed: vous / tu in French, formal / friendly in English."""

    FORMAL = "formal"
    INFORMAL = "informal"


class ReplyLength(StrEnum):
    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


class OutputFormat(StrEnum):
    REPLY = "reply"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class ModelRef:
    """A model of a provider, by the names the program knows them under: `embedded` / `iaposte-extract-1`, or a
    connection's id. An empty `model` means the connection's default one."""

    provider: str
    model: str


DEFAULT_MODEL: Final = ModelRef("default", "")
"""Whatever the settings say: the default model of the default connection."""


@dataclass(frozen=True, slots=True)
class PromptRef:
    """A prompt that the server keeps; OpenAI's own end on 2026-11-30, other servers may have them."""

    id: str
    version: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Generation:
    """How a model is asked. None and empty mean: the model's own default. `background`: the run goes on at the server
    when the connection is cut, which then keeps it for a while. `fallback` is asked where the model fails."""

    temperature: float | None = None
    reasoning_effort: str = ""
    background: bool = False
    fallback: ModelRef | None = None
    prompt: PromptRef | None = None


@dataclass(frozen=True, slots=True)
class ReplyStyle:
    """`language` None means the language of the customer's mail. `signature` ends every reply."""

    language: str | None = None
    register: Register = Register.FORMAL
    length: ReplyLength = ReplyLength.SHORT
    tone: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """`max_passages` a search may bring (1 to 50); `score_threshold` 0 to 1; None means no limit of ours."""

    max_output_tokens: int | None = None
    max_passages: int = 6
    score_threshold: float = 0.25
    budget_usd: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AssistantSettings:
    """Everything a version freezes. `instructions` may hold `{{variables}}`."""

    name: str
    model: ModelRef
    description: str = ""
    instructions: str = ""
    guardrails: str = ""
    vector_store_ids: tuple[str, ...] = ()
    knowledge_search: bool = True
    output_format: OutputFormat = OutputFormat.REPLY
    json_schema: str = ""
    reply_style: ReplyStyle = field(default_factory=ReplyStyle)
    limits: Limits = field(default_factory=Limits)
    generation: Generation = field(default_factory=Generation)
    metadata: Metadata = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AssistantVersion:
    """`number` counts from 1. `restored_from` is the number of the version it repeats, if any."""

    assistant_id: str
    number: int
    settings: AssistantSettings
    note: str
    created_at: datetime
    restored_from: int | None = None


@dataclass(frozen=True, slots=True)
class Assistant:
    """`version` is the current one. `deleted_at` set means it is in the bin."""

    id: str
    version: AssistantVersion
    created_at: datetime
    deleted_at: datetime | None = None
    last_used_at: datetime | None = None

    @property
    def name(self) -> str:
        return self.version.settings.name
