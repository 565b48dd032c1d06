"""The toy server's vector stores: what is attached, read and found.

Nothing runs in the background: what became of a file since it was attached is worked out when it is asked for.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.fakes.toy_openai.attribute_filters import matches
from tests.fakes.toy_openai.file_texts import problem_of, text_of
from tests.fakes.toy_openai.files import Files
from tests.fakes.toy_openai.lexical import chunks, score
from tests.fakes.toy_openai.limits import checked_map, chunking
from tests.fakes.toy_openai.messages import Refused, Route
from tests.fakes.toy_openai.store_file_routes import StoreFileRoutes
from tests.fakes.toy_openai.store_records import AttachedFile, Store
from tests.fakes.toy_openai.store_routes import StoreRoutes


@dataclass(frozen=True, slots=True)
class SearchHit:
    """`score` from 0 to 1."""

    file_id: str
    filename: str
    score: float
    text: str
    attributes: Mapping[str, str | float | bool]


class VectorStores:
    """`failing` is file name → code and message; a file whose name is in `stuck` stays in progress. The rest is how
    some self-hosted servers differ: the status for an unknown store, the one for a search with filters, the batches
    whose `files` are not attached."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.stores: dict[str, Store] = {}
        self.index_seconds = 0.02
        self.failing: dict[str, tuple[str, str]] = {}
        self.stuck: set[str] = set()
        self.missing_store_status = 404
        self.filters_status: int | None = None
        self.batch_ignores_files = False

    def routes(self) -> list[Route]:
        return [*StoreRoutes(self).routes(), *StoreFileRoutes(self).routes()]

    @property
    def underscores_names(self) -> bool:
        return self.files.underscores_names

    @underscores_names.setter
    def underscores_names(self, is_on: bool) -> None:
        self.files.underscores_names = is_on

    def create(
        self,
        name: str = "",
        *,
        file_ids: Sequence[str] = (),
        metadata: Mapping[str, str] | None = None,
        expires_after: dict[str, Any] | None = None,
        chunking_strategy: Mapping[str, Any] | None = None,
    ) -> Store:
        """Raises Refused for an unknown file."""
        store = Store(name, dict(metadata or {}), expires_after)
        self.attach(store, [{"file_id": file_id, "chunking_strategy": chunking_strategy} for file_id in file_ids])
        self.stores[store.id] = store
        return store

    def store(self, store_id: str) -> Store:
        """With its files as they are now. Raises Refused for an unknown id."""
        store = self.stores.get(store_id)
        if store is None:
            message = f"Vector store with id '{store_id}' not found."
            raise Refused(self.missing_store_status, "invalid_request_error", message)
        for file in list(store.files.values()):
            if file.file_id not in self.files.names:
                del store.files[file.file_id]
            else:
                self._settle(file)
        for batch in store.batches.values():
            batch.files = [file for file in batch.files if store.files.get(file.file_id) is file]
        return store

    def active(self, store_id: str) -> Store:
        """A store that is about to be used, and was so last now. Raises Refused for an expired one."""
        store = self.store(store_id)
        if store.is_expired:
            raise Refused(400, "invalid_request_error", f"Vector store with id '{store_id}' is expired.")
        store.last_active_at = int(time.time())
        return store

    def attach(self, store: Store, wanted: Sequence[Mapping[str, Any]]) -> list[AttachedFile]:
        """`wanted` as it was sent: file_id, attributes, chunking_strategy. A file that is attached already begins
        anew. Raises Refused for an unknown file; nothing is attached then."""
        attached = [
            AttachedFile(
                one["file_id"],
                store.id,
                self.files.retrieve(one["file_id"])["filename"],
                checked_map(one.get("attributes"), "attributes"),
                chunking(one.get("chunking_strategy")),
                time.monotonic(),
            )
            for one in wanted
        ]
        for file in attached:
            store.files.pop(file.file_id, None)
            store.files[file.file_id] = file
        return attached

    def search(
        self,
        store_ids: Sequence[str],
        queries: Sequence[str],
        *,
        max_num_results: int = 10,
        score_threshold: float = 0.0,
        filters: Mapping[str, Any] | None = None,
    ) -> list[SearchHit]:
        """Best first, over all stores together; each chunk counts for the query that suits it best. Raises Refused."""
        if filters is not None:
            if self.filters_status is not None:
                raise Refused(self.filters_status, "server_error", "Attribute filters are not implemented.")
            matches({}, filters)
        files = [file for store_id in store_ids for file in self.active(store_id).files.values()]
        hits = [
            SearchHit(file.file_id, file.name, _best(queries, chunk), chunk, file.attributes)
            for file in files
            if file.status == "completed" and (filters is None or matches(file.attributes, filters))
            for chunk in chunks(file.text)
        ]
        found = [hit for hit in hits if hit.score > 0 and hit.score >= score_threshold]
        return sorted(found, key=lambda hit: hit.score, reverse=True)[:max_num_results]

    def _settle(self, file: AttachedFile) -> None:
        is_waiting = file.name in self.stuck or time.monotonic() - file.attached_at < self.index_seconds
        if file.status != "in_progress" or is_waiting:
            return
        content = self.files.contents[file.file_id]
        if problem := self.failing.get(file.name) or problem_of(file.name, content):
            file.fail(*problem)
        else:
            file.text, file.status = text_of(file.name, content), "completed"


def _best(queries: Sequence[str], chunk: str) -> float:
    return max((score(query, chunk) for query in queries), default=0.0)
