"""A run as the server tells it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from iaposte_desktop.domain.errors import Delivery
from iaposte_desktop.domain.ports.model_provider import Completed, Failed, Incomplete
from iaposte_desktop.providers.arguments import tool_call
from iaposte_desktop.providers.errors import error_of, unusable
from iaposte_desktop.providers.json_fields import Json, object_in, objects_in, text_in

if TYPE_CHECKING:
    from iaposte_desktop.domain.ports.model_provider import ToolCall

STORES: Final = "vector_store_ids"
"""The key of a run's metadata that names the stores it searches: nothing else that the server keeps does."""

_HANDLE: Final = re.compile(r"(?P<thread>[^/]+)/(?P<run>[^/]+)(?:/(?P<round>\d{1,4}))?")
_UNDER_WAY: Final = frozenset({"queued", "in_progress", "cancelling"})
_WAITING: Final = "requires_action"
_ENDED: Final = frozenset({"completed", "incomplete", "failed", "cancelled", "expired"})
_REASONS: Final = {"max_completion_tokens": "max_output_tokens", "max_tokens": "max_output_tokens"}


@dataclass(frozen=True, slots=True)
class RunRef:
    thread_id: str
    run_id: str

    @property
    def thread_path(self) -> str:
        return f"/threads/{quote(self.thread_id, safe='')}"

    @property
    def path(self) -> str:
        return f"{self.thread_path}/runs/{quote(self.run_id, safe='')}"


def handle_of(run: RunRef, first_round: int) -> str:
    """Of what the run tells from that round on; the first is 1."""
    return "/".join([run.thread_id, run.run_id, *([str(first_round)] if first_round > 1 else [])])


def read_handle(handle: str) -> tuple[RunRef, int] | None:
    """Run and round; None for what is no handle."""
    found = _HANDLE.fullmatch(handle)
    return found and (RunRef(found["thread"], found["run"]), int(found["round"] or 1))


@dataclass(frozen=True, slots=True)
class RunState:
    ref: RunRef
    status: str
    body: Json

    @classmethod
    def of(cls, body: Json) -> RunState:
        """Raises AnswerUnusable."""
        ref, status = RunRef(text_in(body, "thread_id"), text_in(body, "id")), text_in(body, "status")
        if not (ref.thread_id and ref.run_id and status in _UNDER_WAY | {_WAITING} | _ENDED):
            raise unusable(f"a run with status {status!r}", billed=Delivery.MAYBE)
        return cls(ref, status, body)

    @property
    def is_under_way(self) -> bool:
        return self.status in _UNDER_WAY

    @property
    def is_waiting(self) -> bool:
        """For the results of `calls`."""
        return self.status == _WAITING

    @property
    def store_ids(self) -> tuple[str, ...]:
        named = text_in(object_in(self.body, "metadata"), STORES)
        return tuple(filter(None, named.split(",")))

    def calls(self) -> tuple[ToolCall, ...]:
        """Raises AnswerUnusable where there are none, or one of them cannot be read."""
        action = object_in(object_in(self.body, "required_action"), "submit_tool_outputs")
        calls = tuple(_call(call) for call in objects_in(action, "tool_calls"))
        if not calls:
            raise unusable("a run that waits for nothing")
        return calls

    def ending(self, message_reason: str) -> Completed | Incomplete | Failed:
        """`message_reason`: why its last message is incomplete; some runs do not say it themselves."""
        match self.status:
            case "completed":
                return Completed()
            case "cancelled":
                return Incomplete("cancelled")
            case "incomplete":
                reason = text_in(object_in(self.body, "incomplete_details"), "reason") or message_reason or "unknown"
                return Incomplete(_REASONS.get(reason, reason))
            case "expired":
                return Failed(error_of("timeout", "expired").info)
        error = object_in(self.body, "last_error")
        return Failed(error_of(text_in(error, "code"), text_in(error, "message")).info)


def _call(call: Json) -> ToolCall:
    function = object_in(call, "function")
    return tool_call(text_in(call, "id"), text_in(function, "name"), text_in(function, "arguments"))
