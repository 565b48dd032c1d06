"""What a run is asked for, and how it is steered while it goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from iaposte_desktop.domain.assistants import AssistantVersion, ModelRef
from iaposte_desktop.domain.ports.model_provider import GenerationRequest, ModelProvider
from iaposte_desktop.domain.runs import RunOverrides
from iaposte_desktop.domain.usage import Cost, Usage


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked, what, and what a round's usage costs there. `request.items` is the transcript; the loop adds tool
    calls and their results."""

    provider: ModelProvider
    model: ModelRef
    request: GenerationRequest
    cost_of: Callable[[Usage], Cost]


@dataclass(frozen=True, slots=True)
class RunOrder:
    """What is to be run; `fallback` is asked where the model fails before it has written anything. The settings of
    `assistant` are those of its version with `overrides` applied."""

    run_id: str
    thread_id: str
    assistant: AssistantVersion
    asked: Asked
    fallback: Asked | None = None
    overrides: RunOverrides = field(default_factory=RunOverrides)


@dataclass(frozen=True, slots=True)
class RunControl:
    """Set by the agent while it runs: `stop` ends it, `skip` ends the present wait."""

    stop: asyncio.Event = field(default_factory=asyncio.Event)
    skip: asyncio.Event = field(default_factory=asyncio.Event)
