"""A mail's head, decoded and cleaned. Nothing here raises: what cannot be read is left out."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from iaposte_desktop.domain.threads import MailHeaders
from iaposte_desktop.mail.charsets import clean_line, decode_text

if TYPE_CHECKING:
    from email.message import Message

SUBJECT_CHARACTERS = 1000
NAME_CHARACTERS = 200
ADDRESS_CHARACTERS = 320
ADDRESS_HEADER_CHARACTERS = 16_000
MAX_RECIPIENTS = 100
MAX_REFERENCES = 100

_ANGLE = re.compile(r"<\s*([^<>\s@]+@[^<>\s@]+)\s*>")
_BARE = re.compile(r"[^\s<>,;:\"()\[\]@]{1,320}@[^\s<>,;:\"()\[\]@]+")
_COMMENT = re.compile(r"\(([^()]*)\)")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,996}>")
_FOLD = re.compile(r"[\r\n]+[ \t]*")
_NO_HEADERS = MailHeaders(None, None, (), "", "", (), "", None)


def no_headers() -> MailHeaders:
    """Of a text that came without any."""
    return _NO_HEADERS


def read_headers(message: Message) -> MailHeaders:
    ids = {name: _message_ids(raw_header(message, name)) for name in ("message-id", "in-reply-to", "references")}
    name, address = read_sender(raw_header(message, "from") or raw_header(message, "reply-to"))
    recipients = [recipient for field in ("to", "cc") for recipient in _addresses(raw_header(message, field))]
    return MailHeaders(
        message_id=next(iter(ids["message-id"]), None),
        in_reply_to=next(iter(ids["in-reply-to"]), None),
        references=tuple(ids["references"][-MAX_REFERENCES:]),
        sender_name=name,
        sender_address=address,
        recipients=tuple(recipients[:MAX_RECIPIENTS]),
        subject=decoded(raw_header(message, "subject"), SUBJECT_CHARACTERS),
        date=read_date(raw_header(message, "date")),
    )


def raw_header(message: Message, name: str) -> str:
    """The first header of that name on one line, its encoded words not yet decoded."""
    value = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    return _FOLD.sub(" ", value)


def decoded(value: str, limit: int) -> str:
    """Encoded words decoded, on one line of at most `limit` characters."""
    if "=?" not in value:
        return clean_line(value, limit)
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):  # Damaged base64 in an encoded word.
        return clean_line(value, limit)
    return clean_line("".join(_piece(content, charset) for content, charset in pieces), limit)


def read_sender(value: str) -> tuple[str, str]:
    """Name and address; either may be empty. The address in angle brackets counts, whatever the name looks like."""
    value = clean_line(value, ADDRESS_HEADER_CHARACTERS)
    if found := _ANGLE.search(value):
        return _name(value[: found.start()]), _address(found.group(1))
    if found := _BARE.search(value):
        comment = _COMMENT.search(value)
        return _name(comment.group(1) if comment else ""), _address(found.group())
    return _name(value.partition("<")[0]), ""


def read_date(value: str) -> datetime | None:
    """In UTC; a date without zone is taken as UTC."""
    try:
        date = parsedate_to_datetime(clean_line(value, 100))
        return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _piece(content: bytes | str, charset: str | None) -> str:
    if isinstance(content, str):
        return content
    # Text between encoded words comes back as these bytes, whatever it was.
    return content.decode("raw_unicode_escape", "replace") if charset is None else decode_text(content, charset)


def _name(value: str) -> str:
    return decoded(value.replace('"', "").replace("\\", ""), NAME_CHARACTERS)


def _address(value: str) -> str:
    return value if len(value) <= ADDRESS_CHARACTERS else ""


def _addresses(value: str) -> list[str]:
    found = []
    for entry in clean_line(value, ADDRESS_HEADER_CHARACTERS).replace(";", ",").split(","):
        if match := _ANGLE.search(entry) or _BARE.search(entry):
            found.append(_address(match.group(match.lastindex or 0)))
    return [address for address in found if address]


def _message_ids(value: str) -> list[str]:
    return [clean_line(found, 998) for found in _MESSAGE_ID.findall(value)]
