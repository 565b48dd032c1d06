"""A mail as it was read from a file or pasted, before it becomes a message of a thread."""

from __future__ import annotations

from dataclasses import dataclass

from iaposte_desktop.domain.threads import Attachment, MailHeaders


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """`text` without quoted history and signature, which stand in their own fields; nothing is thrown away."""

    headers: MailHeaders
    text: str
    quoted: str
    signature: str
    language: str | None
    attachments: tuple[Attachment, ...] = ()
    warnings: tuple[str, ...] = ()
