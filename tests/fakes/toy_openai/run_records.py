"""A run of the Assistants protocol: what is known of it, its steps, and the events it has told."""

from __future__ import annotations

import time
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from tests.fakes.toy_openai.cursor_pages import Body, new_id
from tests.fakes.toy_openai.messages import Event
from tests.fakes.toy_openai.thread_records import Thread
from tests.fakes.toy_openai.vector_stores import SearchHit

ACTIVE: Final = frozenset({"queued", "in_progress", "requires_action", "cancelling"})
_ENDED_AT: Final = {"completed": "completed_at", "failed": "failed_at", "cancelled": "cancelled_at"}
_STEP_ENDED_AT: Final = _ENDED_AT | {"expired": "expired_at"}

_COUNTS: Final = ("prompt_tokens", "completion_tokens", "total_tokens")
_END: Final = object()

Script: TypeAlias = Iterator[None]
"""What a run does; each time it yields, the run waits for one step's time."""


@dataclass(slots=True)
class Run:
    """`store_ids` are searched beside the thread's own. `shows_content`: its file_search steps tell the text of what
    they found."""

    thread: Thread
    body: Body
    store_ids: list[str]
    shows_content: bool = False
    steps: dict[str, Body] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    tool_outputs: dict[str, str] = field(default_factory=dict)
    hits: list[SearchHit] | None = None
    message: Body | None = None
    usage: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COUNTS, 0))
    last_usage: dict[str, int] | None = None
    _script: Script | None = None
    _began_at: float | None = None
    _waits_since: float = 0.0

    @property
    def status(self) -> str:
        found: str = self.body["status"]
        return found

    @property
    def is_active(self) -> bool:
        return self.status in ACTIVE

    @property
    def is_resting(self) -> bool:
        """Nothing will happen to it unless somebody acts, or it expires."""
        return self._script is None

    def follow(self, script: Script, now: float) -> None:
        """Drops the script that it followed. `now` is of the same clock as that of `catch_up`."""
        self._script = script
        self._waits_since = now
        self._began_at = now if self._began_at is None else self._began_at
        self._proceed()

    def catch_up(self, now: float, step_seconds: float, expiry_seconds: float) -> None:
        while self._script is not None and now - self._waits_since >= step_seconds:
            self._waits_since += step_seconds
            self._proceed()
        if self.is_active and self._began_at is not None and now - self._began_at >= expiry_seconds:
            self._script = None
            self.end("expired")

    def change(self, status: str, **fields: Any) -> None:
        self.body |= {"status": status, **fields}
        self.tell(f"thread.run.{status}", self.body)

    def end(self, status: str, **fields: Any) -> None:
        """With the step and the message that are under way."""
        for step in self.steps.values():
            if step["status"] == "in_progress":
                self.end_step(step, status if status in {"cancelled", "expired"} else "failed")
        self.end_message({"cancelled": "run_cancelled", "expired": "run_expired"}.get(status, "run_failed"))
        if status in _ENDED_AT:
            fields[_ENDED_AT[status]] = int(time.time())
        self.change(status, required_action=None, expires_at=None, usage=dict(self.usage), **fields)

    def count(self, prompt_tokens: int, completion_tokens: int) -> None:
        """The tokens of one answer; they are `last_usage` and part of `usage`."""
        counts = (prompt_tokens, completion_tokens, prompt_tokens + completion_tokens)
        self.last_usage = dict(zip(_COUNTS, counts, strict=True))
        self.usage = {name: self.usage[name] + count for name, count in self.last_usage.items()}

    def begin_step(self, details: Body) -> Body:
        step = {
            "id": new_id("step_"),
            "object": "thread.run.step",
            "created_at": int(time.time()),
            "assistant_id": self.body["assistant_id"],
            "thread_id": self.body["thread_id"],
            "run_id": self.body["id"],
            "type": details["type"],
            "status": "in_progress",
            "cancelled_at": None,
            "completed_at": None,
            "expired_at": None,
            "failed_at": None,
            "last_error": None,
            "step_details": details,
            "metadata": {},
            "usage": None,
        }
        self.steps[step["id"]] = step
        self.tell_step("created", step)
        self.tell_step("in_progress", step)
        return step

    def end_step(self, step: Body, status: str = "completed", **fields: Any) -> None:
        step |= {"status": status, _STEP_ENDED_AT[status]: int(time.time()), **fields}
        self.tell_step(status, step)

    def tell_step(self, status: str, step: Body) -> None:
        self.tell(f"thread.run.step.{status}", shown_step(step, with_content=self.shows_content))

    def begin_message(self, message: Body) -> None:
        self.message = message
        self.thread.messages[message["id"]] = message
        self.tell("thread.message.created", message)
        self.tell("thread.message.in_progress", message)

    def end_message(self, incomplete: str | None) -> None:
        """Complete, or `incomplete` for this reason; nothing where none is being written."""
        message, self.message = self.message, None
        if message is None:
            return
        status = "incomplete" if incomplete else "completed"
        message |= {
            "status": status,
            f"{status}_at": int(time.time()),
            "incomplete_details": {"reason": incomplete} if incomplete else None,
        }
        self.tell(f"thread.message.{status}", message)

    def tell(self, name: str, data: Body) -> None:
        self.events.append(Event(deepcopy(data), name))

    def _proceed(self) -> None:
        if self._script is not None and next(self._script, _END) is _END:
            self._script = None


def shown_step(step: Body, *, with_content: bool) -> Body:
    shown = deepcopy(step)
    if not with_content:
        for call in shown["step_details"].get("tool_calls", ()):
            for result in call.get("file_search", {}).get("results", ()):
                del result["content"]
    return shown
