"""Text from the clipboard: a whole mail, a mail as a reader shows it (`De : … Objet : …`), or just its words."""

from __future__ import annotations

import re
from email.message import Message

MAX_FIELDS = 20
MIN_FIELDS = 2
"""One line like `Date: tomorrow` is no head."""

_FIELD = re.compile(r"[*_]{0,2}([A-Za-zÀ-ÿ][\w -]{0,60}?)[*_]{0,2}[ \xa0\u202f]{0,3}:[*_]{0,2}[ \t\xa0]*(.*)")
_TECHNICAL = re.compile(r"(?:received|return-path|mime-version|content-type|message-id|dkim-signature|x-[\w-]+):", re.I)

_NAMES = {
    "from": "From", "de": "From", "expéditeur": "From",
    "to": "To", "à": "To", "a": "To", "pour": "To", "destinataire": "To",
    "cc": "Cc", "copie": "Cc",
    "subject": "Subject", "objet": "Subject", "sujet": "Subject",
    "date": "Date", "sent": "Date", "envoyé": "Date", "envoyé le": "Date",
    "reply-to": "Reply-To", "répondre à": "Reply-To",
    "message-id": "Message-ID", "in-reply-to": "In-Reply-To", "references": "References",
}  # fmt: skip


def is_raw_mail(text: str) -> bool:
    """Whether it begins as mails do on the wire, with at least one header that no reader shows."""
    head = re.split(r"\r?\n[ \t]*\r?\n", text.lstrip(), maxsplit=1)[0][:20_000]
    lines = head.splitlines()
    if not lines or not re.match(r"[\w-]+:", lines[0]):
        return False
    return any(_TECHNICAL.match(line) for line in lines)


def split_shown_head(text: str) -> tuple[Message, str]:
    """The head as a reader shows it, and what follows; an empty head where the text does not begin with one."""
    lines = text.strip("\r\n").splitlines()
    head = Message()
    for line in lines[:MAX_FIELDS]:
        found = _FIELD.fullmatch(line.strip()[:2000])
        name = _NAMES.get(found.group(1).strip().lower()) if found else None
        if found is None or name is None:
            break
        head[name] = found.group(2)
    if len(head) < MIN_FIELDS:
        return Message(), text
    return head, "\n".join(lines[len(head) :])
