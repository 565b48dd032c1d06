"""Searching hosted stores, and finding the place of what was found."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from iaposte_desktop.domain.errors import IAPosteError, InvalidValue, NotFound, ProviderError
from iaposte_desktop.domain.filters import satisfies
from iaposte_desktop.domain.knowledge import Passage
from iaposte_desktop.providers.hosted import Hit, hit_of
from iaposte_desktop.providers.vector_stores.filters import in_request
from iaposte_desktop.providers.vector_stores.server import status_of
from iaposte_desktop.providers.vector_stores.texts import KEPT_BYTES
from iaposte_desktop.providers.vector_stores.together import together
from iaposte_desktop.providers.vector_stores.values import is_expired, is_internal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from openai.types import VectorStore as ServerStore
    from openai.types import VectorStoreSearchResponse

    from iaposte_desktop.domain.knowledge import Filter
    from iaposte_desktop.providers.vector_stores.rows import UploadRows
    from iaposte_desktop.providers.vector_stores.server import StoreServer
    from iaposte_desktop.providers.vector_stores.texts import Texts

MOST_RESULTS: Final = 50
_WORD: Final = re.compile(r"\w")
_NOT_IMPLEMENTED: Final = 501

Found: TypeAlias = tuple[str, Hit]
"""With the id of its store."""


class StoreSearch:
    def __init__(self, server: StoreServer, rows: UploadRows, texts: Texts, placed_within: float) -> None:
        self._server = server
        self._rows = rows
        self._texts = texts
        self._placed_within = placed_within
        self._internal: dict[str, bool] = {}
        self._homes: dict[str, str] = {}
        self._has_filters = True

    def learn(self, store: ServerStore) -> None:
        self._internal[store.id] = is_internal(store)

    async def search(
        self, store_ids: Iterable[str], query: str, *, filters: Filter | None, limit: int, score_threshold: float
    ) -> tuple[Passage, ...]:
        if not 1 <= limit <= MOST_RESULTS:
            raise InvalidValue("limit", str(limit))
        if not _WORD.search(query):
            return ()
        wanted = dict.fromkeys(store_ids)
        by_store = await together(self._in_store(each, query, filters, limit, score_threshold) for each in wanted)
        found = sorted((each for hits in by_store for each in hits), key=lambda each: -each[1].score)[:limit]
        await self._fetch_texts(found)
        return tuple(self._passage(store_id, hit, self._row_id(store_id, hit)) for store_id, hit in found)

    async def placed(self, hits: Sequence[Hit], store_ids: Sequence[str]) -> tuple[Passage, ...]:
        """See `HostedPassages`. Passages keep the hits' file ids, by which citations name them."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._placed_within):
                await together(map(self._learn_store, store_ids))
                await together(
                    self._learn_home(file_id, store_id)
                    for file_id in {hit.file_id for hit in hits if self._home(hit, store_ids) is None}
                    for store_id in store_ids
                )
                await self._fetch_texts([(self._home(hit, store_ids) or "", hit) for hit in hits])
        first = next(iter(store_ids), "")
        return tuple(self._passage(self._home(hit, store_ids) or first, hit, hit.file_id) for hit in hits)

    async def _in_store(
        self, store_id: str, query: str, filters: Filter | None, limit: int, score_threshold: float
    ) -> list[Found]:
        """The store is asked at the same time whether it is internal: that may have been changed elsewhere."""
        rows = await self._rows.of(store_id)
        asking = asyncio.create_task(self._hits(store_id, query, filters, limit, score_threshold))
        try:
            await self.usable(store_id)
            hits, is_filtered = await asking
        finally:
            asking.cancel()
            await asyncio.wait([asking])
            if not asking.cancelled():
                asking.exception()  # Seen: what was raised first counts.
        found = []
        for hit in hits:
            row = rows.find(hit.file_id)
            attributes = row.attributes if row is not None else hit.attributes
            if hit.score >= score_threshold and (is_filtered or filters is None or satisfies(attributes, filters)):
                found.append((store_id, hit))
        return found

    async def usable(self, store_id: str) -> None:
        """Raises NotFound, also for an expired store."""
        store = await self._server.store(store_id)
        if is_expired(store):
            raise NotFound(store_id)
        self.learn(store)

    async def _hits(
        self, store_id: str, query: str, filters: Filter | None, limit: int, score_threshold: float
    ) -> tuple[list[Hit], bool]:
        """The second value: whether the server has filtered."""
        options: dict[str, Any] = {"max_num_results": limit}
        if score_threshold > 0:
            options["ranking_options"] = {"score_threshold": score_threshold}
        if filters is not None and self._has_filters:
            try:
                return await self._asked(store_id, query, options | {"filters": in_request(filters)}), True
            except ProviderError as error:
                if status_of(error) != _NOT_IMPLEMENTED:
                    raise
                self._has_filters = False
        if filters is not None:
            options["max_num_results"] = MOST_RESULTS
        return await self._asked(store_id, query, options), False

    async def _asked(self, store_id: str, query: str, options: Mapping[str, Any]) -> list[Hit]:
        page = await self._server.search(store_id, query, options)
        return [_hit(each) for each in page]

    async def _learn_store(self, store_id: str) -> None:
        with suppress(IAPosteError):
            await self._rows.of(store_id)
            if store_id not in self._internal:
                await self.usable(store_id)

    async def _learn_home(self, file_id: str, store_id: str) -> None:
        with suppress(IAPosteError):
            await self._server.file_of(store_id, file_id)
            self._homes[file_id] = store_id

    def _home(self, hit: Hit, store_ids: Sequence[str]) -> str | None:
        if len(store_ids) == 1:
            return store_ids[0]
        holding = (store_id for store_id in store_ids if self._rows.loaded(store_id).find(hit.file_id))
        learned = self._homes.get(hit.file_id)
        return next(holding, learned if learned in store_ids else None)

    async def _fetch_texts(self, found: Iterable[Found]) -> None:
        by_store: dict[str, set[str]] = {}
        for store_id, hit in found:
            row = self._rows.loaded(store_id).find(hit.file_id)
            if row is None or row.bytes <= KEPT_BYTES:
                by_store.setdefault(store_id, set()).add(hit.file_id)
        await together(self._texts.fetch(store_id, ids, self._placed_within) for store_id, ids in by_store.items())

    def _row_id(self, store_id: str, hit: Hit) -> str:
        row = self._rows.loaded(store_id).find(hit.file_id)
        return row.id if row is not None else hit.file_id

    def _passage(self, store_id: str, hit: Hit, file_id: str) -> Passage:
        row = self._rows.loaded(store_id).find(hit.file_id)
        start, end = self._texts.place(hit.file_id, hit.text)
        return Passage(
            store_id=store_id,
            file_id=file_id,
            file_name=row.name if row is not None else hit.file_name,
            text=self._texts.text(hit.file_id, start, end) if end else hit.text,
            start=start,
            end=end,
            score=hit.bounded_score,
            # Where the store could not be asked, its text is not for customers.
            is_internal=self._internal.get(store_id, True),
            attributes=row.attributes if row is not None else hit.attributes,
        )


def _hit(found: VectorStoreSearchResponse) -> Hit:
    text = "\n".join(piece.text for piece in found.content)
    return hit_of(found.file_id, found.filename, text, found.score, found.attributes)
