"""`/threads` and their messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from openai.types.beta import ThreadCreateParams, ThreadUpdateParams
from openai.types.beta.threads import MessageCreateParams, MessageUpdateParams

from tests.fakes.toy_openai.cursor_pages import Body, page
from tests.fakes.toy_openai.limits import checked_map
from tests.fakes.toy_openai.messages import Refused, Reply, Request, Route
from tests.fakes.toy_openai.thread_records import Thread, unknown
from tests.fakes.toy_openai.tool_resources import attach_to_thread, resolved
from tests.fakes.toy_openai.validation import validated

if TYPE_CHECKING:
    from tests.fakes.toy_openai.assistants import Assistants
    from tests.fakes.toy_openai.vector_stores import VectorStores


class ThreadRoutes:
    def __init__(self, api: Assistants) -> None:
        self._api = api

    def routes(self) -> list[Route]:
        messages = "/threads/{thread_id}/messages"
        return [
            Route("POST", "/threads", self._create),
            Route("GET", "/threads/{thread_id}", self._retrieve),
            Route("POST", "/threads/{thread_id}", self._update),
            Route("DELETE", "/threads/{thread_id}", self._delete),
            Route("POST", messages, self._add_message),
            Route("GET", messages, self._list_messages),
            Route("GET", messages + "/{message_id}", self._retrieve_message),
            Route("POST", messages + "/{message_id}", self._update_message),
            Route("DELETE", messages + "/{message_id}", self._delete_message),
        ]

    async def _create(self, request: Request) -> Reply:
        thread = new_thread(validated(ThreadCreateParams, request.json()), self._api.stores)
        self._api.threads[thread.id] = thread
        return Reply(thread.body())

    async def _retrieve(self, request: Request) -> Reply:
        return Reply(self._thread(request).body())

    async def _update(self, request: Request) -> Reply:
        thread = self._thread(request)
        body = validated(ThreadUpdateParams, request.json())
        if "metadata" in body:
            thread.metadata = checked_map(body["metadata"], "metadata")
        if "tool_resources" in body:
            thread.tool_resources = resolved(body["tool_resources"], self._api.stores)
        return Reply(thread.body())

    async def _delete(self, request: Request) -> Reply:
        thread = self._thread(request)
        del self._api.threads[thread.id]
        return Reply({"id": thread.id, "object": "thread.deleted", "deleted": True})

    async def _add_message(self, request: Request) -> Reply:
        thread = self._thread(request)
        body = validated(MessageCreateParams, request.json())
        if run := thread.active_run:
            message = f"Can't add messages to {thread.id} while a run {run.body['id']} is active."
            raise Refused(400, "invalid_request_error", message)
        return Reply(add_message(thread, body, self._api.stores))

    async def _list_messages(self, request: Request) -> Reply:
        run_id = request.query.get("run_id")
        messages = self._thread(request).messages.values()
        found = [message for message in messages if run_id in {None, message["run_id"]}]
        return Reply(page(found, request.query))

    async def _retrieve_message(self, request: Request) -> Reply:
        return Reply(self._message(request))

    async def _update_message(self, request: Request) -> Reply:
        message = self._message(request)
        body = validated(MessageUpdateParams, request.json() | {"thread_id": message["thread_id"]})
        if "metadata" in body:
            message["metadata"] = checked_map(body["metadata"], "metadata")
        return Reply(message)

    async def _delete_message(self, request: Request) -> Reply:
        message = self._message(request)
        del self._thread(request).messages[message["id"]]
        return Reply({"id": message["id"], "object": "thread.message.deleted", "deleted": True})

    def _thread(self, request: Request) -> Thread:
        return self._api.thread(request.parts["thread_id"])

    def _message(self, request: Request) -> Body:
        thread, message_id = self._thread(request), request.parts["message_id"]
        if message_id not in thread.messages:
            raise unknown("message", message_id)
        return thread.messages[message_id]


def new_thread(body: Mapping[str, Any], stores: VectorStores) -> Thread:
    """Raises Refused for an unknown store or file."""
    thread = Thread(checked_map(body.get("metadata"), "metadata"), resolved(body.get("tool_resources"), stores))
    for message in body.get("messages") or ():
        add_message(thread, message, stores)
    return thread


def add_message(thread: Thread, body: Mapping[str, Any], stores: VectorStores) -> Body:
    """`body` as it was sent. Raises Refused for an unknown file."""
    attachments = body.get("attachments") or ()
    metadata = checked_map(body.get("metadata"), "metadata")
    attach_to_thread(thread, attachments, stores)
    return thread.add_message(body["role"], body["content"], metadata=metadata, attachments=attachments)
