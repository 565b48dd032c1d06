"""The jobs that parse a mail in a worker. They yield what `mail.reader` puts together again:

{"mail": {…}}                              once: headers, language, attachments, warnings
{"field": "text", "piece": "…"}            in order, for text, quoted, signature
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import MailProblem
from iaposte_desktop.domain.language import detect_language
from iaposte_desktop.domain.ports.isolation import JobRefused
from iaposte_desktop.mail.body import Body, read_body
from iaposte_desktop.mail.charsets import clean
from iaposte_desktop.mail.headers import no_headers, read_headers
from iaposte_desktop.mail.parts import header_block_end, read_parts
from iaposte_desktop.mail.pasted import is_raw_mail, split_shown_head
from iaposte_desktop.mail.quoted import split_quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iaposte_desktop.domain.json import JsonValue
    from iaposte_desktop.domain.threads import MailHeaders

MAX_FILE_BYTES = 50 * 1024 * 1024
PIECE_CHARACTERS = 50_000

_FIRST_HEADER = re.compile(rb"[\x21-\x39\x3b-\x7e]{1,80}[ \t]*:")
_KNOWN_HEADER = re.compile(
    rb"^(?:from|to|cc|subject|date|received|return-path|delivered-to|message-id|mime-version|content-type)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)


def parse_job(path: str) -> Iterator[JsonValue]:
    """Raises JobRefused with a MailProblem."""
    headers, body = parse_mail(read_file(path))
    yield from _told(headers, body)


def parse_text_job(text: str) -> Iterator[JsonValue]:
    """For pasted text. Raises JobRefused with a MailProblem."""
    if not text.strip():
        raise JobRefused(MailProblem.EMPTY)
    if is_raw_mail(text):
        headers, body = parse_mail(text.lstrip().encode("utf-8", "replace"), is_pasted=True)
    else:
        head, rest = split_shown_head(text)
        headers = read_headers(head) if len(head) else no_headers()
        body = Body(clean(rest).strip("\n"))
    yield from _told(headers, body)


def read_file(path: str) -> bytes:
    """The file whole, up to its cap."""
    try:
        with Path(path).open("rb") as file:
            raw = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise JobRefused(MailProblem.UNREADABLE, str(error)) from error
    if len(raw) > MAX_FILE_BYTES:
        raise JobRefused(MailProblem.TOO_LARGE, f"over {MAX_FILE_BYTES} bytes")
    return raw


def parse_mail(raw: bytes, *, is_pasted: bool = False) -> tuple[MailHeaders, Body]:
    raw = _from_first_header(raw)
    root = read_parts(raw)
    return read_headers(root.headers), read_body(root, is_pasted=is_pasted)


def _from_first_header(raw: bytes) -> bytes:
    """Without what programs leave before a mail: a byte order mark, blank lines, the `From ` line of an mbox."""
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n \t")
    if not raw.strip(b"\0"):
        raise JobRefused(MailProblem.EMPTY)
    if raw.startswith((b"From ", b">From ")):
        raw = raw.partition(b"\n")[2]
    if not _FIRST_HEADER.match(raw):
        raise JobRefused(MailProblem.NOT_A_MAIL, "it does not begin with a header")
    if not _KNOWN_HEADER.search(raw, 0, header_block_end(raw, 0, len(raw))[0]):
        raise JobRefused(MailProblem.NOT_A_MAIL, "it has none of the headers that mails have")
    return raw


def _told(headers: MailHeaders, body: Body) -> Iterator[JsonValue]:
    split = split_quoted(body.text)
    yield {
        "mail": {
            "message_id": headers.message_id,
            "in_reply_to": headers.in_reply_to,
            "references": headers.references,
            "sender_name": headers.sender_name,
            "sender_address": headers.sender_address,
            "recipients": headers.recipients,
            "subject": headers.subject,
            "date": headers.date.isoformat() if headers.date else None,
            "language": detect_language(split.text) or detect_language(headers.subject),
            "attachments": [[item.name, item.content_type, item.bytes] for item in body.attachments],
            "warnings": sorted(body.warnings),
        }
    }
    for field, text in (("text", split.text), ("quoted", split.quoted), ("signature", split.signature)):
        for start in range(0, len(text), PIECE_CHARACTERS):
            yield {"field": field, "piece": text[start : start + PIECE_CHARACTERS]}
