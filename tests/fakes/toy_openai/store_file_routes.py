"""`/vector_stores/{store_id}/files` and `/file_batches`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from openai.types.vector_stores import FileBatchCreateParams, FileCreateParams, FileUpdateParams

from tests.fakes.toy_openai.cursor_pages import Body, page
from tests.fakes.toy_openai.file_texts import SUFFIXES, suffix_of
from tests.fakes.toy_openai.limits import checked_map
from tests.fakes.toy_openai.messages import Refused, Reply, Request, Route
from tests.fakes.toy_openai.store_records import AttachedFile, Batch, Store
from tests.fakes.toy_openai.validation import Invalid, validated

if TYPE_CHECKING:
    from tests.fakes.toy_openai.vector_stores import VectorStores

_LARGEST_BATCH: Final = 2000
_STATUSES: Final = ("in_progress", "completed", "failed", "cancelled")


class StoreFileRoutes:
    def __init__(self, stores: VectorStores) -> None:
        self._stores = stores

    def routes(self) -> list[Route]:
        files = "/vector_stores/{store_id}/files"
        batches = "/vector_stores/{store_id}/file_batches"
        return [
            Route("POST", files, self._attach),
            Route("GET", files, self._list),
            Route("GET", files + "/{file_id}", self._retrieve),
            Route("POST", files + "/{file_id}", self._update),
            Route("DELETE", files + "/{file_id}", self._detach),
            Route("GET", files + "/{file_id}/content", self._content),
            Route("POST", batches, self._create_batch),
            Route("GET", batches + "/{batch_id}", self._retrieve_batch),
            Route("POST", batches + "/{batch_id}/cancel", self._cancel_batch),
            Route("GET", batches + "/{batch_id}/files", self._list_batch),
        ]

    async def _attach(self, request: Request) -> Reply:
        store = self._stores.active(request.parts["store_id"])
        body = validated(FileCreateParams, request.json())
        suffix = suffix_of(self._stores.files.retrieve(body["file_id"])["filename"])
        if suffix not in SUFFIXES:
            message = f"Files with extensions [{suffix or 'none'}] are not supported for retrieval."
            raise Refused(400, "invalid_request_error", message, "unsupported_file", "file_id")
        return Reply(self._stores.attach(store, [body])[0].body())

    async def _list(self, request: Request) -> Reply:
        return Reply(_listed(self._store(request).files.values(), request))

    async def _retrieve(self, request: Request) -> Reply:
        return Reply(self._file(request).body())

    async def _update(self, request: Request) -> Reply:
        file = self._file(request)
        body = validated(FileUpdateParams, request.json() | {"vector_store_id": file.store_id})
        file.attributes = checked_map(body["attributes"], "attributes")
        return Reply(file.body())

    async def _detach(self, request: Request) -> Reply:
        file = self._file(request)
        del self._store(request).files[file.file_id]
        return Reply({"id": file.file_id, "object": "vector_store.file.deleted", "deleted": True})

    async def _content(self, request: Request) -> Reply:
        file = self._file(request)
        pieces = [{"type": "text", "text": file.text}] if file.text else []
        return Reply({"object": "vector_store.file_content.page", "data": pieces, "has_more": False, "next_page": None})

    async def _create_batch(self, request: Request) -> Reply:
        store = self._stores.active(request.parts["store_id"])
        body = validated(FileBatchCreateParams, request.json())
        wanted = _wanted(body)
        if "files" in body and self._stores.batch_ignores_files:
            wanted = []
        batch = Batch(store.id, self._stores.attach(store, wanted))
        store.batches[batch.id] = batch
        return Reply(batch.body())

    async def _retrieve_batch(self, request: Request) -> Reply:
        return Reply(self._batch(request).body())

    async def _cancel_batch(self, request: Request) -> Reply:
        batch = self._batch(request)
        batch.cancel()
        return Reply(batch.body())

    async def _list_batch(self, request: Request) -> Reply:
        return Reply(_listed(self._batch(request).files, request))

    def _store(self, request: Request) -> Store:
        return self._stores.store(request.parts["store_id"])

    def _file(self, request: Request) -> AttachedFile:
        store, file_id = self._store(request), request.parts["file_id"]
        if file_id not in store.files:
            message = f"No file found with id '{file_id}' in vector store '{store.id}'."
            raise Refused(404, "invalid_request_error", message)
        return store.files[file_id]

    def _batch(self, request: Request) -> Batch:
        store, batch_id = self._store(request), request.parts["batch_id"]
        if batch_id not in store.batches:
            raise Refused(404, "invalid_request_error", f"No file batch found with id '{batch_id}'.")
        return store.batches[batch_id]


def _listed(files: Iterable[AttachedFile], request: Request) -> Body:
    status = request.query.get("filter")
    if status is not None and status not in _STATUSES:
        message = f"Invalid value: '{status}'. Supported values are: {', '.join(_STATUSES)}."
        raise Invalid(message, param="filter", code="invalid_value")
    return page([file.body() for file in files if status in {None, file.status}], request.query)


def _wanted(body: dict[str, Any]) -> list[dict[str, Any]]:
    if ("file_ids" in body) == ("files" in body):
        raise Invalid("Exactly one of 'file_ids' and 'files' must be given.")
    shared = {key: body[key] for key in ("attributes", "chunking_strategy") if key in body}
    wanted = list(body["files"]) if "files" in body else [shared | {"file_id": one} for one in body["file_ids"]]
    if not 1 <= len(wanted) <= _LARGEST_BATCH:
        message = f"A file batch takes 1 to {_LARGEST_BATCH} files, but got {len(wanted)}."
        raise Invalid(message, code="invalid_value")
    return wanted
