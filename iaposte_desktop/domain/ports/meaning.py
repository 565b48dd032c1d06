"""The port that keeps what a search by meaning needs: a vector of every passage's text, of one model a store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.domain.assistants import ModelRef


class MeaningIndex(Protocol):
    """Of the stores on this machine. A store is searched by meaning once every text has its vector."""

    async def sync(self, store_id: str, model: ModelRef) -> tuple[int, int]:
        """Look what the store holds now; vectors of removed text and of other models are removed. How many passages
        have a vector, and how many there are."""
        ...

    async def counts(self, store_id: str, model: ModelRef) -> tuple[int, int]:
        """As `sync` counts them, without looking again."""
        ...

    async def missing(self, store_id: str, model: ModelRef, limit: int) -> tuple[str, ...]:
        """Texts that `sync` saw and that have no vector yet, none empty, each once."""
        ...

    async def put(
        self, store_id: str, model: ModelRef, texts: Sequence[str], vectors: Sequence[Sequence[float]]
    ) -> None:
        """Durable on return; texts that were removed meanwhile are passed over."""
        ...

    async def forget(self, store_id: str) -> None:
        """The store is searched by words alone from now on."""
        ...
