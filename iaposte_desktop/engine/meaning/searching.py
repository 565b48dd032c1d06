"""A search by words and, where a store has every vector, by meaning as well."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import StorageError
from iaposte_desktop.engine.meaning.fusion import by_meaning, fused
from iaposte_desktop.engine.meaning.query_vectors import QueryVectors

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from iaposte_desktop.domain.knowledge import Passage, VectorStore
    from iaposte_desktop.domain.ports.embedder import Embedder
    from iaposte_desktop.domain.search import SearchSettings
    from iaposte_desktop.engine.index.search import Hit
    from iaposte_desktop.engine.indexes import Indexes

log = logging.getLogger(__name__)


class Searching:
    """`files` goes by store id; None means all."""

    def __init__(self, indexes: Indexes, embedders: Mapping[str, Embedder]) -> None:
        self._indexes = indexes
        self._queries = QueryVectors(embedders)

    async def hits(
        self,
        stores: Sequence[VectorStore],
        query: str,
        files: Mapping[str, Collection[str]] | None,
        settings: SearchSettings,
    ) -> list[Hit]:
        """Best first. Stores without meaning are searched by words alone; the scores of both compare."""
        words, (of_stores, meaning) = await asyncio.gather(
            self._indexes.search([store.id for store in stores], query, files, settings),
            self.meaning(stores, query, files, settings),
        )
        if not meaning:
            return words
        both = fused([hit for hit in words if hit.store_id in of_stores], meaning, settings.meaning)
        alone = [hit for hit in words if hit.store_id not in of_stores]
        return sorted([*both, *alone], key=lambda hit: -hit.score)

    async def meaning(
        self,
        stores: Sequence[VectorStore],
        query: str,
        files: Mapping[str, Collection[str]] | None,
        settings: SearchSettings,
    ) -> tuple[Collection[str], list[Hit]]:
        """Ids of the stores that were searched by meaning, and what it found, best first."""
        models = {store.id: store.embedding_model for store in stores if store.embedding_model is not None}
        if not (models and settings.meaning > 0 and query.strip()):
            return (), []
        vectors = await self._queries.of(query, models.values())
        asked = {store_id: model for store_id, model in models.items() if model in vectors}
        if not asked:
            return (), []
        try:
            nearest = await self._indexes.vectors.nearest(
                asked, {store_id: vectors[model] for store_id, model in asked.items()}, files
            )
        except StorageError as error:
            log.warning("a search was by words alone: %s", error)
            return (), []
        return nearest.keys(), by_meaning(nearest) if nearest else []

    async def evidence(
        self, stores: Sequence[VectorStore], query: str, passages: Sequence[Passage], settings: SearchSettings
    ) -> tuple[tuple[float, float | None], ...]:
        """Of each passage, found in one of `stores`: its score by words alone, and by meaning; None where the store has
        no meaning."""
        files: dict[str, set[str]] = {store.id: set() for store in stores}
        for passage in passages:
            files[passage.store_id].add(passage.file_id)
        of_stores, hits = await self.meaning(stores, query, files, settings)
        meaning = await self._scores(hits)
        words = await self._scores(await self._indexes.search(tuple(of_stores), query, files, settings))
        return tuple(
            (words.get((each.file_id, each.start), 0.0), meaning.get((each.file_id, each.start), 0.0))
            if each.store_id in of_stores
            else (each.score, None)
            for each in passages
        )

    async def _scores(self, hits: Sequence[Hit]) -> dict[tuple[str, int], float]:
        """By file and place in it."""
        chunks = await self._indexes.chunks(hits)
        return {
            (hit.file_id, chunk.start): min(1.0, hit.score)
            for hit, chunk in zip(hits, chunks, strict=True)
            if chunk is not None
        }
