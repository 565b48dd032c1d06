"""The vector stores that assistants, threads and messages bring with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tests.fakes.toy_openai.cursor_pages import Body
from tests.fakes.toy_openai.validation import Invalid

if TYPE_CHECKING:
    from tests.fakes.toy_openai.thread_records import Thread
    from tests.fakes.toy_openai.vector_stores import VectorStores


def resolved(resources: Mapping[str, Any] | None, stores: VectorStores) -> Body:
    """As the API tells them: stores that are to be made are made. Raises Refused for an unknown store or file."""
    found = {name: dict(value) for name, value in (resources or {}).items()}
    search = found.get("file_search")
    if search is not None:
        new = search.pop("vector_stores", None) or ()
        made = [
            stores.create(
                file_ids=one.get("file_ids") or (),
                metadata=one.get("metadata"),
                chunking_strategy=one.get("chunking_strategy"),
            ).id
            for one in new
        ]
        search["vector_store_ids"] = [*search.get("vector_store_ids", ()), *made]
        if len(search["vector_store_ids"]) > 1:
            message = "At most one vector store can be attached."
            raise Invalid(message, param="tool_resources.file_search.vector_store_ids", code="array_above_max_length")
    for store_id in store_ids(found):
        stores.store(store_id)
    return found


def store_ids(resources: Mapping[str, Any]) -> list[str]:
    return list(resources.get("file_search", {}).get("vector_store_ids", ()))


def attach_to_thread(thread: Thread, attachments: Sequence[Mapping[str, Any]], stores: VectorStores) -> None:
    """Files of a message that are there to be searched go into the thread's store, which is made for the first one."""
    file_ids = [one["file_id"] for one in attachments if {"type": "file_search"} in one.get("tools", ())]
    if not file_ids:
        return
    known = store_ids(thread.tool_resources)
    if known:
        stores.attach(stores.active(known[0]), [{"file_id": file_id} for file_id in file_ids])
    else:
        expires_after = {"anchor": "last_active_at", "days": 7}
        made = stores.create(file_ids=file_ids, expires_after=expires_after)
        thread.tool_resources = thread.tool_resources | {"file_search": {"vector_store_ids": [made.id]}}
