"""Models behind the Responses API."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING

from iaposte_desktop.domain.ports.model_provider import Completed, FoundPassages, ModelCapabilities
from iaposte_desktop.providers.hosted import passages_of
from iaposte_desktop.providers.models import list_models
from iaposte_desktop.providers.responses.api import Events, ResponsesApi
from iaposte_desktop.providers.responses.background import Following, Patience
from iaposte_desktop.providers.responses.carrying import CarriedItems
from iaposte_desktop.providers.responses.request import body_of, counted_of
from iaposte_desktop.providers.responses.stream import Found, Reduced, Reduction

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from iaposte_desktop.domain.ports.model_provider import GenerationRequest, ModelInfo, ProviderEvent
    from iaposte_desktop.providers.hosted import HostedPassages
    from iaposte_desktop.providers.wire import Wire


class ResponsesProvider:
    """Implements ModelProvider. `stores` finds the places of what hosted searches bring."""

    def __init__(self, wire: Wire, stores: HostedPassages | None = None, patience: Patience | None = None) -> None:
        self._wire = wire
        self._stores = stores
        self._patience = patience or Patience()
        self._api = ResponsesApi(wire)
        self._carried = CarriedItems()

    @property
    def name(self) -> str:
        return self._wire.connection.id

    @property
    def capabilities(self) -> ModelCapabilities:
        connection = self._wire.connection
        return ModelCapabilities(
            background_resume=True,
            hosted_file_search=connection.has_vector_stores,
            json_output=True,
            reasoning=True,
            is_remote=connection.is_remote,
        )

    async def models(self) -> tuple[ModelInfo, ...]:
        return await list_models(self._wire)

    async def generate(self, request: GenerationRequest) -> AsyncGenerator[ProviderEvent, None]:
        store_ids = request.hosted_search.store_ids if request.hosted_search else ()
        reduction = Reduction(is_background=request.background, store_ids=store_ids)
        opened = await self._api.create(body_of(request, self._carried))
        if request.background:
            reduced = Following(self._api, reduction, self._patience).events(opened)
        else:
            reduced = _reduced(opened, reduction)
        async with aclosing(reduced) as items:
            async for item in items:
                if isinstance(item, Completed):
                    self._carried.keep(request.model, reduction.output.values(), is_stored=request.background)
                yield await self._event(item, reduction)

    async def resume(self, handle: str) -> AsyncGenerator[ProviderEvent, None]:
        reduction = Reduction(is_background=True, handle=handle)
        async with aclosing(Following(self._api, reduction, self._patience).events()) as items:
            async for item in items:
                yield await self._event(item, reduction)

    async def cancel(self, handle: str) -> None:
        await self._api.cancel(handle)

    async def count_input_tokens(self, request: GenerationRequest) -> int | None:
        """None, too, where anything fails: it is asked for an estimate only."""
        try:
            async with asyncio.timeout(self._patience.counting):
                return await self._api.count(counted_of(request, self._carried))
        except Exception:
            return None

    async def aclose(self) -> None:
        await self._wire.aclose()

    async def _event(self, item: Reduced, reduction: Reduction) -> ProviderEvent:
        if not isinstance(item, Found):
            return item
        return FoundPassages(await passages_of(item.hits, reduction.store_ids, self._stores))


async def _reduced(events: Events, reduction: Reduction) -> AsyncGenerator[Reduced, None]:
    async with aclosing(events):
        async for event in events:
            for item in reduction.events(event):
                yield item
            if reduction.is_over:
                await events.drain()
                return
