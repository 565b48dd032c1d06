"""Vectors of queries: asked of the store's model, kept for the next time, and never long waited for."""

from __future__ import annotations

import asyncio
import logging
from time import monotonic
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.errors import ProviderError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from iaposte_desktop.domain.assistants import ModelRef
    from iaposte_desktop.domain.ports.embedder import Embedder, Vector

LONGEST_WAIT: Final = 5.0
"""Seconds; a search by words needs none of them."""
_LEFT_ALONE: Final = 30.0
_KEPT: Final = 500

log = logging.getLogger(__name__)


class QueryVectors:
    """`embedders` by connection, a live table. A model that did not answer is left alone for half a minute."""

    def __init__(self, embedders: Mapping[str, Embedder]) -> None:
        self._embedders = embedders
        self._kept: dict[tuple[ModelRef, str], Vector] = {}
        self._failed_at: dict[ModelRef, float] = {}

    async def of(self, query: str, models: Iterable[ModelRef]) -> dict[ModelRef, Vector]:
        """Without the models that do not answer."""
        wanted = tuple(dict.fromkeys(models))
        vectors = await asyncio.gather(*(self._vector(query, model) for model in wanted))
        return {model: vector for model, vector in zip(wanted, vectors, strict=True) if vector is not None}

    async def _vector(self, query: str, model: ModelRef) -> Vector | None:
        if (kept := self._kept.get((model, query))) is not None:
            return kept
        embedder = self._embedders.get(model.provider)
        if embedder is None or monotonic() - self._failed_at.get(model, -_LEFT_ALONE) < _LEFT_ALONE:
            return None
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                (vector,) = await embedder.embed(model.model, [query])
        except (ProviderError, TimeoutError) as error:
            log.info("a query was not searched by meaning: %s", getattr(error, "code", "it took too long"))
            self._failed_at[model] = monotonic()
            return None
        if len(self._kept) >= _KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[model, query] = vector
        return vector
