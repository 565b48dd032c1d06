"""`/assistants`."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from openai.types.beta import AssistantCreateParams, AssistantUpdateParams

from tests.fakes.toy_openai.cursor_pages import Body, new_id, page
from tests.fakes.toy_openai.limits import checked_map
from tests.fakes.toy_openai.messages import Reply, Request, Route
from tests.fakes.toy_openai.tool_resources import resolved
from tests.fakes.toy_openai.validation import Invalid, validated

if TYPE_CHECKING:
    from tests.fakes.toy_openai.assistants import Assistants

_LONGEST: Final = {"name": 256, "description": 512, "instructions": 256000}
_PLAIN: Final = ("name", "description", "instructions", "model", "tools", "temperature", "top_p", "response_format")


class AssistantRoutes:
    def __init__(self, api: Assistants) -> None:
        self._api = api

    def routes(self) -> list[Route]:
        return [
            Route("POST", "/assistants", self._create),
            Route("GET", "/assistants", self._list),
            Route("GET", "/assistants/{assistant_id}", self._retrieve),
            Route("POST", "/assistants/{assistant_id}", self._update),
            Route("DELETE", "/assistants/{assistant_id}", self._delete),
        ]

    async def _create(self, request: Request) -> Reply:
        body = validated(AssistantCreateParams, request.json())
        assistant = {
            "id": new_id("asst_"),
            "object": "assistant",
            "created_at": int(time.time()),
            "name": None,
            "description": None,
            "model": body["model"],
            "instructions": None,
            "tools": [],
            "tool_resources": {},
            "metadata": {},
            "temperature": 1.0,
            "top_p": 1.0,
            "response_format": "auto",
        }
        self._api.assistants[assistant["id"]] = assistant | self._given(body)
        return Reply(self._api.assistants[assistant["id"]])

    async def _list(self, request: Request) -> Reply:
        return Reply(page(self._api.assistants.values(), request.query))

    async def _retrieve(self, request: Request) -> Reply:
        return Reply(self._found(request))

    async def _update(self, request: Request) -> Reply:
        assistant = self._found(request)
        assistant |= self._given(validated(AssistantUpdateParams, request.json()))
        return Reply(assistant)

    async def _delete(self, request: Request) -> Reply:
        assistant_id = self._found(request)["id"]
        del self._api.assistants[assistant_id]
        return Reply({"id": assistant_id, "object": "assistant.deleted", "deleted": True})

    def _found(self, request: Request) -> Body:
        return self._api.assistant(request.parts["assistant_id"])

    def _given(self, body: Mapping[str, Any]) -> Body:
        for name, longest in _LONGEST.items():
            if len(body.get(name) or "") > longest:
                message = f"Invalid '{name}': string too long. Expected at most {longest} characters."
                raise Invalid(message, param=name, code="string_above_max_length")
        given = {name: body[name] for name in _PLAIN if name in body}
        if "model" in given:
            self._api.models.assisting(given["model"])
        if "metadata" in body:
            given["metadata"] = checked_map(body["metadata"], "metadata")
        if "tool_resources" in body:
            given["tool_resources"] = resolved(body["tool_resources"], self._api.stores)
        return given
