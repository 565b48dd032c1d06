"""`/vector_stores`: the stores themselves and their search."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from openai.types import VectorStoreCreateParams, VectorStoreUpdateParams
from openai.types.vector_store_search_params import VectorStoreSearchParams

from tests.fakes.toy_openai.cursor_pages import page
from tests.fakes.toy_openai.limits import checked_days, checked_map
from tests.fakes.toy_openai.messages import Reply, Request, Route
from tests.fakes.toy_openai.validation import Invalid, validated

if TYPE_CHECKING:
    from tests.fakes.toy_openai.vector_stores import SearchHit, VectorStores


class StoreRoutes:
    def __init__(self, stores: VectorStores) -> None:
        self._stores = stores

    def routes(self) -> list[Route]:
        return [
            Route("POST", "/vector_stores", self._create),
            Route("GET", "/vector_stores", self._list),
            Route("GET", "/vector_stores/{store_id}", self._retrieve),
            Route("POST", "/vector_stores/{store_id}", self._update),
            Route("DELETE", "/vector_stores/{store_id}", self._delete),
            Route("POST", "/vector_stores/{store_id}/search", self._search),
        ]

    async def _create(self, request: Request) -> Reply:
        body = validated(VectorStoreCreateParams, request.json())
        store = self._stores.create(
            body.get("name") or "",
            file_ids=body.get("file_ids") or (),
            metadata=checked_map(body.get("metadata"), "metadata"),
            expires_after=checked_days(body.get("expires_after")),
            chunking_strategy=body.get("chunking_strategy"),
        )
        return Reply(store.body())

    async def _list(self, request: Request) -> Reply:
        return Reply(page([self._stores.store(store_id).body() for store_id in self._stores.stores], request.query))

    async def _retrieve(self, request: Request) -> Reply:
        return Reply(self._stores.store(request.parts["store_id"]).body())

    async def _update(self, request: Request) -> Reply:
        store = self._stores.store(request.parts["store_id"])
        body = validated(VectorStoreUpdateParams, request.json())
        metadata = checked_map(body.get("metadata"), "metadata")
        expires_after = checked_days(body.get("expires_after"))
        if body.get("name") is not None:
            store.name = body["name"]
        if "metadata" in body:
            store.metadata = metadata
        if "expires_after" in body:
            store.expires_after = expires_after
        return Reply(store.body())

    async def _delete(self, request: Request) -> Reply:
        store = self._stores.store(request.parts["store_id"])
        del self._stores.stores[store.id]
        return Reply({"id": store.id, "object": "vector_store.deleted", "deleted": True})

    async def _search(self, request: Request) -> Reply:
        self._stores.store(request.parts["store_id"])
        body = validated(VectorStoreSearchParams, request.json())
        queries = [body["query"]] if isinstance(body["query"], str) else list(body["query"])
        if not queries:
            raise Invalid("Invalid 'query': expected at least one.", param="query", code="invalid_value")
        hits = self._stores.search(
            [request.parts["store_id"]],
            queries,
            max_num_results=_count(body),
            score_threshold=_threshold(body),
            filters=body.get("filters"),
        )
        return Reply(
            {
                "object": "vector_store.search_results.page",
                "search_query": queries,
                "data": [_result(hit) for hit in hits],
                "has_more": False,
                "next_page": None,
            }
        )


def _count(body: dict[str, Any]) -> int:
    count: int = body.get("max_num_results", 10)
    if not 1 <= count <= 50:
        message = f"Invalid 'max_num_results': expected a value between 1 and 50, but got {count}."
        raise Invalid(message, param="max_num_results", code="invalid_value")
    return count


def _threshold(body: dict[str, Any]) -> float:
    threshold: float = (body.get("ranking_options") or {}).get("score_threshold", 0.0)
    if not 0 <= threshold <= 1:
        message = f"Invalid 'ranking_options.score_threshold': expected a value between 0 and 1, but got {threshold}."
        raise Invalid(message, param="ranking_options.score_threshold", code="invalid_value")
    return threshold


def _result(hit: SearchHit) -> dict[str, Any]:
    found = asdict(hit)
    return found | {"content": [{"type": "text", "text": found.pop("text")}]}
