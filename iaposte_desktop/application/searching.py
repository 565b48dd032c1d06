"""Searches of one provider, and those of a run, whose passages get their numbers here once, as they were found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from iaposte_desktop.application.labels import place
from iaposte_desktop.domain.citations import Source
from iaposte_desktop.domain.errors import NotFound
from iaposte_desktop.domain.json import JsonValue
from iaposte_desktop.domain.ports.model_provider import ToolResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.domain.assistants import AssistantSettings
    from iaposte_desktop.domain.knowledge import FileContent, Filter, Passage
    from iaposte_desktop.domain.ports.vector_stores import VectorStores
    from iaposte_desktop.domain.search import SearchSettings


class KnowledgeSearch(Protocol):
    """What a run needs of the vector stores, wherever they are."""

    async def search(
        self, store_ids: Sequence[str], query: str, *, limit: int, score_threshold: float
    ) -> tuple[Passage, ...]:
        """Over the stores that exist; those that are gone are passed over."""
        ...

    async def content(self, store_id: str, file_id: str) -> FileContent: ...


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    result: ToolResult
    new_sources: tuple[Source, ...]
    detail: Mapping[str, JsonValue]


class SearchAnswers:
    """Answers `search_knowledge` for one run, with the assistant's stores and limits."""

    def __init__(self, knowledge: KnowledgeSearch, settings: AssistantSettings, known: Sequence[Source] = ()) -> None:
        """`known`: what the run found before it was left."""
        self._knowledge = knowledge
        self._settings = settings
        self._numbers = {_place(source.passage): source.number for source in known}

    async def search(self, call_id: str, query: str) -> SearchAnswer:
        limits = self._settings.limits
        passages = await self._knowledge.search(
            self._settings.vector_store_ids,
            query,
            limit=limits.max_passages,
            score_threshold=limits.score_threshold,
        )
        new, numbers = self.numbered(passages)
        sources = tuple(Source(number, passage) for number, passage in zip(numbers, passages, strict=True))
        return SearchAnswer(ToolResult(call_id, _as_text(sources), sources), new, found(passages, numbers))

    def numbered(self, passages: Sequence[Passage]) -> tuple[tuple[Source, ...], tuple[int, ...]]:
        """Those not seen before under new numbers, and the number of each passage."""
        new, numbers = [], []
        for passage in passages:
            key = _place(passage)
            if key not in self._numbers:
                self._numbers[key] = len(self._numbers) + 1
                new.append(Source(self._numbers[key], passage))
            numbers.append(self._numbers[key])
        return tuple(new), tuple(numbers)


def found(passages: Sequence[Passage], numbers: Sequence[int]) -> Mapping[str, JsonValue]:
    """The detail of a finished search step."""
    best = max((passage.score for passage in passages), default=0.0)
    return {"passages": len(passages), "best_score": round(best, 3), "sources": list(numbers)}


def _place(passage: Passage) -> tuple[str, int, int, str]:
    """With the text: a hosted search may not know the offsets."""
    return passage.file_id, passage.start, passage.end, passage.text


def _as_text(sources: Sequence[Source]) -> str:
    """For a model that reads text; no word of any language, so that it does not sway the reply's."""
    parts = []
    for source in sources:
        passage = source.passage
        where = ", ".join(filter(None, (passage.file_name, place(passage.anchor, ""))))
        parts.append(f"[{source.number}] {where}\n{passage.text}")
    return "\n\n".join(parts) or "[]"


async def found_in(
    home: VectorStores,
    store_ids: Sequence[str],
    query: str,
    filters: Filter | None,
    limit: int,
    score_threshold: float,
    settings: SearchSettings,
) -> tuple[Passage, ...]:
    """In those of one provider that are still there: not expired, not in the bin."""

    async def search(ids: Sequence[str]) -> tuple[Passage, ...]:
        return await home.search(
            ids, query, filters=filters, limit=limit, score_threshold=score_threshold, settings=settings
        )

    try:
        return await search(store_ids)
    except NotFound:
        listed = {store.id for store in await home.list()}
        return await search([store_id for store_id in store_ids if store_id in listed])
