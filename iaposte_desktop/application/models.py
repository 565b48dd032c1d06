"""The models that can be chosen, of every provider: with context, price, abilities and the day they end."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.assistants import DEFAULT_MODEL, ModelRef
from iaposte_desktop.domain.errors import ErrorInfo, ProviderError, ProviderUnavailable
from iaposte_desktop.domain.ports.model_provider import ModelCapabilities, ModelInfo
from iaposte_desktop.domain.prices import Price

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from iaposte_desktop.application.connections import Connections
    from iaposte_desktop.application.pricing import Prices
    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.model_provider import ModelProvider

LIST_SECONDS: Final = 8.0
"""How long a provider's list is waited for; the others' are shown without it then."""
ENDS_SOON: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """`connection` is its name, empty for the built-in engine. `price` None: not known, unless `is_free`."""

    ref: ModelRef
    info: ModelInfo
    capabilities: ModelCapabilities
    connection: str
    price: Price | None
    is_free: bool


@dataclass(frozen=True, slots=True)
class ModelList:
    """`failures`: why the models of a provider (by its name in ModelRef) are missing. `default` is what DEFAULT_MODEL
    means; its `model` is empty where the server is to say."""

    choices: tuple[ModelChoice, ...]
    failures: Mapping[str, ErrorInfo]
    default: ModelRef


class Models:
    """`known`: what the program came with about models, for servers that do not tell."""

    def __init__(
        self,
        models: Mapping[str, ModelProvider],
        connections: Connections,
        prices: Prices,
        known: Sequence[ModelInfo],
        clock: Clock,
    ) -> None:
        self._models = models
        self._connections = connections
        self._prices = prices
        self._known = {info.id: info for info in known}
        self._clock = clock
        self._listed: dict[ModelRef, ModelInfo] = {}

    async def list(self) -> ModelList:
        """All providers are asked at the same time; one that fails leaves the others'."""
        providers = list(self._models.values())
        found = await asyncio.gather(*(self._of(provider) for provider in providers))
        failures = {
            provider.name: listed
            for provider, listed in zip(providers, found, strict=True)
            if isinstance(listed, ErrorInfo)
        }
        choices = tuple(choice for listed in found if isinstance(listed, tuple) for choice in listed)
        self._listed.update((choice.ref, choice.info) for choice in choices)
        return ModelList(choices, failures, self._connections.placed(DEFAULT_MODEL))

    async def ending(self, models: Iterable[ModelRef]) -> Mapping[ModelRef, date]:
        """Those of `models` that end within ENDS_SOON or have ended, with the day; as last listed, nothing is sent."""
        soon = self._clock().date() + ENDS_SOON
        return {model: end for model in models if (end := self._end(model)) is not None and end <= soon}

    def _end(self, model: ModelRef) -> date | None:
        placed = self._connections.placed(model)
        if placed.provider not in self._models or self._prices.is_free(placed):
            return None
        return (self._listed.get(placed) or self._completed(ModelInfo(placed.model))).shutdown_date

    async def _of(self, provider: ModelProvider) -> tuple[ModelChoice, ...] | ErrorInfo:
        try:
            async with asyncio.timeout(LIST_SECONDS):
                infos = await provider.models()
        except ProviderError as error:
            return error.info
        except TimeoutError:
            return ProviderUnavailable().info
        return tuple(self._choice(provider, self._completed(info)) for info in infos)

    def _choice(self, provider: ModelProvider, info: ModelInfo) -> ModelChoice:
        ref = ModelRef(provider.name, info.id)
        return ModelChoice(
            ref,
            info,
            provider.capabilities,
            self._connections.name_of(provider.name),
            self._prices.price(ref),
            self._prices.is_free(ref),
        )

    def _completed(self, info: ModelInfo) -> ModelInfo:
        known = self._known.get(info.id)
        if known is None:
            return info
        return replace(
            info,
            context_tokens=info.context_tokens or known.context_tokens,
            shutdown_date=info.shutdown_date or known.shutdown_date,
        )
