"""Prices: what a model costs where it is asked, what a usage came to, what a server asks for storage."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from iaposte_desktop.application.changes import Changed, Topic
from iaposte_desktop.domain.errors import NotFound
from iaposte_desktop.domain.prices import cost_of, price_for
from iaposte_desktop.domain.usage import FREE, UNKNOWN_COST, Cost

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from iaposte_desktop.application.changes import ChangeFeed
    from iaposte_desktop.application.connections import Connections
    from iaposte_desktop.application.knowledge import Knowledge
    from iaposte_desktop.domain.assistants import ModelRef
    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.model_provider import ModelProvider
    from iaposte_desktop.domain.ports.prices import PriceRepository
    from iaposte_desktop.domain.prices import Price
    from iaposte_desktop.domain.usage import Usage


_GIGABYTE: Final = 1024**3
_STORAGE_USD: Final = Decimal("0.10")


def storage_per_day(size: int) -> Decimal:
    """US dollars that OpenAI asks a day for vector stores of these bytes together: 0.10 for each GB after the first."""
    return _STORAGE_USD * max(0, size - _GIGABYTE) / _GIGABYTE


async def storage_cost(knowledge: Knowledge, connections: Connections, place: str, added: int) -> Cost:
    """US dollars a day for `added` bytes more in the stores of a provider. Free on this machine; unknown where no price
    is known."""
    try:
        connection = connections.retrieve(place)
    except NotFound:
        return FREE
    if not connection.is_remote:
        return FREE
    if not connection.is_openai:
        return UNKNOWN_COST
    held = sum(store.bytes for store in await knowledge.stores() if store.provider == place)
    return Cost(storage_per_day(held + added) - storage_per_day(held))


class Prices:
    """What the user wrote comes before what the program came with. Models of this machine cost nothing."""

    def __init__(
        self,
        repository: PriceRepository,
        models: Mapping[str, ModelProvider],
        connections: Connections,
        changes: ChangeFeed,
        clock: Clock,
    ) -> None:
        self._repository = repository
        self._models = models
        self._connections = connections
        self._changes = changes
        self._clock = clock
        self._edited: tuple[Price, ...] = ()
        self._shipped: tuple[Price, ...] = ()

    async def load(self) -> None:
        self._shipped = await self._repository.shipped()
        self._edited = await self._repository.edited()

    def shipped(self) -> tuple[Price, ...]:
        return self._shipped

    def edited(self) -> tuple[Price, ...]:
        return self._edited

    async def save(self, edited: Sequence[Price]) -> None:
        """Replaces what the user wrote before. Raises StorageError."""
        await self._repository.save(edited)
        self._edited = tuple(edited)
        self._changes.publish(Changed(Topic.PRICES, ""))

    def price(self, model: ModelRef) -> Price | None:
        """In force today; None where it is not known."""
        names = self._names(model.provider)
        today = self._clock().date()
        mine = price_for(self._edited, names, model.model, today)
        return mine or price_for(self._shipped, names, model.model, today)

    def cost_of(self, model: ModelRef) -> Callable[[Usage], Cost]:
        """The function that prices one request of this model, by the price of now."""
        if self.is_free(model):
            return lambda _: FREE
        price = self.price(model)
        return lambda usage: cost_of(usage, price)

    def is_free(self, model: ModelRef) -> bool:
        provider = self._models.get(model.provider)
        return provider is not None and not provider.capabilities.is_remote

    def _names(self, provider: str) -> tuple[str, ...]:
        try:
            connection = self._connections.retrieve(provider)
        except NotFound:
            return (provider,)
        return connection.id, connection.kind.value
