"""The port that keeps prices: those the program came with, and those the user wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.domain.prices import Price


class PriceRepository(Protocol):
    async def shipped(self) -> tuple[Price, ...]: ...

    async def edited(self) -> tuple[Price, ...]:
        """Empty where the user wrote none, or nothing that can be read."""
        ...

    async def save(self, prices: Sequence[Price]) -> None:
        """Replaces what the user wrote. Raises StorageError."""
        ...
