"""Customers, threads (one per customer matter) and their messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from iaposte_desktop.domain.json import Metadata


class ThreadStatus(StrEnum):
    TO_ANSWER = "to_answer"
    DRAFTED = "drafted"
    SENT = "sent"
    CLOSED = "closed"


class Role(StrEnum):
    """Who wrote a message. `AGENT` is what was sent to the customer."""

    CUSTOMER = "customer"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Customer:
    id: str
    name: str
    email: str
    created_at: datetime
    notes: str = ""
    metadata: Metadata = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Thread:
    """`reply_language` None means: the language of the customer's last mail."""

    id: str
    customer_id: str
    subject: str
    status: ThreadStatus
    created_at: datetime
    updated_at: datetime
    reply_language: str | None = None
    assistant_id: str | None = None
    metadata: Metadata = field(default_factory=dict)
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """What a mail carried, by its cleaned name; the content is not kept."""

    name: str
    content_type: str
    bytes: int


@dataclass(frozen=True, slots=True)
class MailHeaders:
    """The part of a mail's head that threads are matched by. Message ids are kept with their angle brackets."""

    message_id: str | None
    in_reply_to: str | None
    references: tuple[str, ...]
    sender_name: str
    sender_address: str
    recipients: tuple[str, ...]
    subject: str
    date: datetime | None


@dataclass(frozen=True, slots=True)
class Message:
    """`text` is what the writer wrote; `quoted` (history) and `signature` were cut from it and are kept apart.
    `warnings` names what a reader should know: `hidden_text`, `remote_content`, `truncated`."""

    id: str
    thread_id: str
    role: Role
    text: str
    created_at: datetime
    quoted: str = ""
    signature: str = ""
    language: str | None = None
    headers: MailHeaders | None = None
    attachments: tuple[Attachment, ...] = ()
    warnings: tuple[str, ...] = ()
    run_id: str | None = None


@dataclass(frozen=True, slots=True)
class ThreadSummary:
    """A row of the thread list. `preview` is the start of the last message; `has_draft` means text or suggestion."""

    thread: Thread
    customer_name: str
    customer_email: str
    preview: str
    messages: int
    has_draft: bool
