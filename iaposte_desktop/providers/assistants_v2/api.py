"""The calls of the protocol. Not `client.beta`, which is deprecated in the SDK and warns at each call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import quote

from iaposte_desktop.domain.errors import Delivery, ProviderError, ProviderUnavailable, RateLimited
from iaposte_desktop.providers.assistants_v2.runs import RunState
from iaposte_desktop.providers.errors import cut, translated, unusable
from iaposte_desktop.providers.json_answers import object_of
from iaposte_desktop.providers.json_fields import object_in, objects_in, text_in
from iaposte_desktop.providers.texts import sendable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from iaposte_desktop.domain.ports.model_provider import ToolResult
    from iaposte_desktop.providers.assistants_v2.runs import RunRef
    from iaposte_desktop.providers.json_fields import Json
    from iaposte_desktop.providers.wire import Wire

Query: TypeAlias = Mapping[str, str]

HEADERS: Final = {"OpenAI-Beta": "assistants=v2"}
_NAME: Final = "iaposte"
_OURS: Final = {"made_by": "iaposte-desktop"}
_FOUND_TEXT: Final = "step_details.tool_calls[*].file_search.results[*].content"
_MOST_PAGES: Final = 50
_NO_QUERY: Final[Query] = {}
_ATTEMPTS: Final = 5
_PATIENCE: Final = 2.0
_LONGEST_WAIT: Final = 60.0


class AssistantsApi:
    """Every method raises ProviderError. What is looked at in the course of a run is asked for again when the server
    cannot be reached, and raises StreamCut where it stays so; whatever changes something is sent once."""

    def __init__(self, wire: Wire, sleep: Callable[[float], Awaitable[object]]) -> None:
        self._wire = wire
        self._sleep = sleep

    async def find_assistant(self) -> str | None:
        """The id of the one that this program made."""
        for assistant in await self._listed("/assistants", {}, self._get):
            if object_in(assistant, "metadata").items() >= _OURS.items():
                return text_in(assistant, "id") or None
        return None

    async def create_assistant(self, model: str) -> str:
        made = await self._post("/assistants", {"name": _NAME, "model": model, "metadata": _OURS}, billable=False)
        if not (assistant_id := text_in(made, "id")):
            raise unusable("an assistant without an id", billed=Delivery.NO)
        return assistant_id

    async def create_run(self, body: Json) -> RunState:
        return RunState.of(await self._post("/threads/runs", body, billable=True))

    async def submit(self, run: RunRef, results: Sequence[ToolResult]) -> None:
        outputs = [{"tool_call_id": result.call_id, "output": sendable(result.output)} for result in results]
        await self._post(f"{run.path}/submit_tool_outputs", {"tool_outputs": outputs}, billable=True)

    async def cancel(self, run: RunRef) -> None:
        await self._post(f"{run.path}/cancel", None, billable=False)

    async def delete_thread(self, run: RunRef) -> None:
        client = await self._wire.client()
        with translated(billable=False):
            await client.delete(run.thread_path, cast_to=object, options={"headers": HEADERS})

    async def find_run(self, run: RunRef) -> RunState:
        """Once: whether it is still there."""
        return RunState.of(await self._get(run.path, _NO_QUERY))

    async def run(self, run: RunRef) -> RunState:
        return RunState.of(await self._looked_at(run.path))

    async def steps(self, run: RunRef) -> list[Json]:
        """The oldest first."""
        return await self._listed(f"{run.path}/steps", {"include[]": _FOUND_TEXT}, self._looked_at)

    async def message(self, run: RunRef, message_id: str) -> Json:
        return await self._looked_at(f"{run.thread_path}/messages/{quote(message_id, safe='')}")

    async def _listed(self, path: str, query: Query, get: Callable[[str, Query], Awaitable[Json]]) -> list[Json]:
        found: list[Json] = []
        after: Query = {}
        for _ in range(_MOST_PAGES):
            page = await get(path, {**query, "order": "asc", "limit": "100", **after})
            entries = objects_in(page, "data")
            found += entries
            last = text_in(page, "last_id") or (text_in(entries[-1], "id") if entries else "")
            if not page.get("has_more") or not last:
                break
            after = {"after": last}
        return found

    async def _looked_at(self, path: str, query: Query = _NO_QUERY) -> Json:
        """The run was sent, whatever fails since: of an error that says otherwise, someone would send it again."""
        failures = 0
        while True:
            try:
                return await self._get(path, query)
            except (ProviderUnavailable, RateLimited) as error:
                failures += 1
                if failures == _ATTEMPTS:
                    raise cut(error.info.code) from error
                await self._sleep(_PATIENCE if error.retry_after is None else min(_LONGEST_WAIT, error.retry_after))
            except ProviderError as error:
                error.sent, error.billed = Delivery.YES, Delivery.MAYBE
                raise

    async def _get(self, path: str, query: Query) -> Json:
        client = await self._wire.client()
        with translated(billable=False):
            return object_of(await client.get(path, cast_to=object, options={"headers": HEADERS, "params": query}))

    async def _post(self, path: str, body: Json | None, *, billable: bool) -> Json:
        client = await self._wire.client()
        with translated(billable=billable):
            answer = await client.post(path, body=body, cast_to=object, options={"headers": HEADERS})
            return object_of(answer, billed=Delivery.MAYBE if billable else Delivery.NO)
