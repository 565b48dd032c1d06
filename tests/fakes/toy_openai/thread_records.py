"""Threads and messages of the Assistants protocol, and how the API tells them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.toy_openai.cursor_pages import Body, new_id
from tests.fakes.toy_openai.messages import Refused
from tests.fakes.toy_openai.validation import Invalid

if TYPE_CHECKING:
    from tests.fakes.toy_openai.run_records import Run


@dataclass(slots=True)
class Thread:
    metadata: dict[str, str]
    tool_resources: Body
    messages: dict[str, Body] = field(default_factory=dict)
    runs: dict[str, Run] = field(default_factory=dict)
    id: str = field(default_factory=lambda: new_id("thread_"))
    created_at: int = field(default_factory=lambda: int(time.time()))

    @property
    def active_run(self) -> Run | None:
        return next((run for run in self.runs.values() if run.is_active), None)

    def body(self) -> Body:
        return {
            "id": self.id,
            "object": "thread",
            "created_at": self.created_at,
            "metadata": self.metadata,
            "tool_resources": self.tool_resources,
        }

    def add_message(
        self, role: str, content: object, *, metadata: dict[str, str], attachments: Sequence[Body] = ()
    ) -> Body:
        """`content` as it was sent. Raises Invalid for none."""
        message = message_body(self.id, role, _blocks(content))
        message |= {"metadata": metadata, "attachments": list(attachments), "completed_at": int(time.time())}
        self.messages[message["id"]] = message
        return message


def message_body(thread_id: str, role: str, blocks: Sequence[Body]) -> Body:
    return {
        "id": new_id("msg_"),
        "object": "thread.message",
        "created_at": int(time.time()),
        "thread_id": thread_id,
        "status": "completed",
        "incomplete_details": None,
        "completed_at": None,
        "incomplete_at": None,
        "role": role,
        "content": list(blocks),
        "assistant_id": None,
        "run_id": None,
        "attachments": [],
        "metadata": {},
    }


def text_of_message(message: Body) -> str:
    return "\n".join(block["text"]["value"] for block in message["content"] if block["type"] == "text")


def unknown(kind: str, found_id: str) -> Refused:
    return Refused(404, "invalid_request_error", f"No {kind} found with id '{found_id}'.")


def _blocks(content: Any) -> list[Body]:
    parts = [{"type": "text", "text": content}] if isinstance(content, str) else list(content)
    if not parts or any(part["type"] == "text" and not part["text"] for part in parts):
        raise Invalid("Message content must be non-empty.", param="content")
    return [_block(part) for part in parts]


def _block(part: Body) -> Body:
    if part["type"] != "text":
        return part
    return {"type": "text", "text": {"value": part["text"], "annotations": []}}
