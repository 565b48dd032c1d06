"""The steps of a run, told once each, however often they are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.ports.model_provider import CitedFile, FoundPassages, Searching, TextDelta
from iaposte_desktop.providers.assistants_v2.messages import Written, written_in
from iaposte_desktop.providers.assistants_v2.runs import handle_of
from iaposte_desktop.providers.hosted import hit_of, passages_of
from iaposte_desktop.providers.json_fields import object_in, objects_in, text_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.domain.ports.model_provider import ProviderEvent
    from iaposte_desktop.providers.assistants_v2.api import AssistantsApi
    from iaposte_desktop.providers.assistants_v2.runs import RunRef
    from iaposte_desktop.providers.hosted import Hit, HostedPassages
    from iaposte_desktop.providers.json_fields import Json

_BETWEEN_MESSAGES: Final = "\n\n"


class Reading:
    """One run, over all its rounds: results that it waited for end one. `first_round` is the one that is told first;
    `is_blank`: nothing was written since; `reason` is why its last message is incomplete, empty where it is not."""

    def __init__(
        self,
        ref: RunRef,
        api: AssistantsApi,
        stores: HostedPassages | None,
        store_ids: Sequence[str],
        first_round: int = 1,
    ) -> None:
        self.ref = ref
        self.store_ids = tuple(store_ids)
        self.first_round = first_round
        self.is_blank = True
        self.is_refused = False
        self.reason = ""
        self._api = api
        self._stores = stores
        self._told: set[str] = set()
        self._searched: set[str] = set()
        self._round = 1
        self._round_start = 0
        self._length = 0

    @property
    def handle(self) -> str:
        return handle_of(self.ref, self.first_round)

    @property
    def searches(self) -> int:
        """How many the server made."""
        return len(self._searched)

    def begin_round(self) -> None:
        """What comes now is the first that is told, and positions count from its beginning."""
        self.first_round = self._round
        self._round_start = self._length
        self.is_blank = True

    async def news(self, *, is_resting: bool) -> list[ProviderEvent]:
        """`is_resting`: the run has ended or waits, so that no step of it goes on."""
        events: list[ProviderEvent] = []
        for index, step in enumerate(await self._api.steps(self.ref)):
            step_id = text_in(step, "id") or f"#{index}"
            if step_id in self._told:
                continue
            is_done = is_resting or text_in(step, "status") != "in_progress"
            told = await self._step(step_id, object_in(step, "step_details"), is_done=is_done)
            events += told if self._round >= self.first_round else ()
            if not is_done:
                break
            self._told.add(step_id)
            self._end_round(step)
        return events

    def _end_round(self, step: Json) -> None:
        calls = objects_in(object_in(step, "step_details"), "tool_calls")
        if any(call.get("type") == "function" for call in calls):
            self._round += 1
            if self._round <= self.first_round:
                self._round_start = self._length

    async def _step(self, step_id: str, details: Json, *, is_done: bool) -> list[ProviderEvent]:
        events: list[ProviderEvent] = []
        for number, call in enumerate(objects_in(details, "tool_calls")):
            if call.get("type") == "file_search":
                events += await self._search(f"{step_id}#{number}", object_in(call, "file_search"), is_done=is_done)
        message_id = text_in(object_in(details, "message_creation"), "message_id")
        if message_id and is_done:
            events += self._written(written_in(await self._api.message(self.ref, message_id)))
        return events

    async def _search(self, key: str, search: Json, *, is_done: bool) -> list[ProviderEvent]:
        """What it searched for, the server does not tell."""
        begun = [] if key in self._searched else [Searching("")]
        self._searched.add(key)
        if not is_done:
            return [*begun]
        hits = [_hit_in(result) for result in objects_in(search, "results")]
        return [*begun, FoundPassages(await passages_of(hits, self.store_ids, self._stores))]

    def _written(self, message: Written) -> list[ProviderEvent]:
        self.is_refused = self.is_refused or message.is_refusal
        self.reason = message.incomplete_reason
        if not message.text:
            return []
        self.is_blank = self.is_blank and (self._round < self.first_round or message.text.isspace())
        between = _BETWEEN_MESSAGES if self._length else ""
        start = self._length + len(between)
        self._length = start + len(message.text)
        offset = start - self._round_start
        cited = [CitedFile(citation.file_id, offset + citation.position) for citation in message.cited]
        return [TextDelta(between + message.text), *cited]


def _hit_in(result: Json) -> Hit:
    text = "\n".join(text_in(content, "text") for content in objects_in(result, "content"))
    return hit_of(text_in(result, "file_id"), text_in(result, "file_name"), text, result.get("score"))
