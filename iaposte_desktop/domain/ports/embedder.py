"""The port that turns texts into vectors, so that what means the same can be found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

Vector: TypeAlias = "tuple[float, ...]"


class Embedder(Protocol):
    async def embed(self, model: str, texts: Sequence[str]) -> tuple[Vector, ...]:
        """One vector a text, in their order, all of one dimension. One request; waits for nothing and repeats nothing.
        At most `BATCH_TEXTS` texts, none of them empty. Raises ProviderError."""
        ...

    async def embedding_models(self) -> tuple[str, ...]:
        """Ids of the server's models that look like embedding models. Raises ProviderError."""
        ...


BATCH_TEXTS = 64
BATCH_TOKENS = 16_000
