"""Which of a mail's parts is its text, and which are attachments."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from iaposte_desktop.domain.threads import Attachment
from iaposte_desktop.mail.charsets import clean, clean_line, decode_text, has_hidden_characters
from iaposte_desktop.mail.headers import decoded
from iaposte_desktop.mail.html_text import html_to_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iaposte_desktop.mail.parts import Part

MAX_TEXT_CHARACTERS = 1_000_000
NAME_CHARACTERS = 150

HIDDEN_TEXT = "hidden_text"
REMOTE_CONTENT = "remote_content"
TRUNCATED = "truncated"


@dataclass(slots=True)
class Body:
    """`warnings` tell of all the mail holds, also of an HTML version that was not taken."""

    text: str = ""
    attachments: list[Attachment] = field(default_factory=list)
    warnings: set[str] = field(default_factory=set)


def read_body(part: Part, *, is_pasted: bool = False) -> Body:
    body = Body()
    plain, html = _texts(part, body, is_pasted=is_pasted)
    text = (plain if plain.strip() else html).strip("\n")
    body.text = text[:MAX_TEXT_CHARACTERS]
    if len(text) > MAX_TEXT_CHARACTERS:
        body.warnings.add(TRUNCATED)
    return body


def _texts(part: Part, body: Body, *, is_pasted: bool) -> tuple[str, str]:
    """The plain text and the text of the HTML, which are two versions of one thing."""
    if not part.children:
        return _leaf(part, body, is_pasted=is_pasted)
    versions = [_texts(child, body, is_pasted=is_pasted) for child in part.children]
    if part.content_type == "multipart/alternative":
        return _first(plain for plain, _ in versions), _first(html for _, html in versions)
    # A sequence: of each piece the plain version, where it has one.
    if not any(html for _, html in versions):
        return _joined(plain for plain, _ in versions), ""
    return _joined(plain if plain.strip() else html for plain, html in versions), ""


def _leaf(part: Part, body: Body, *, is_pasted: bool) -> tuple[str, str]:
    is_attached = part.headers.get_content_disposition() == "attachment" or bool(part.headers.get_filename())
    is_text = part.content_type in ("text/plain", "text/html") or part.content_type.startswith("multipart/")
    if is_attached or not is_text:
        body.attachments.append(_attachment(part))
        return "", ""
    text = decode_text(part.decoded(), part.headers.get_content_charset(), is_pasted=is_pasted)
    if part.content_type == "text/html":
        return "", _seen(text, body)
    if has_hidden_characters(text):
        body.warnings.add(HIDDEN_TEXT)
    if len(text) > MAX_TEXT_CHARACTERS:
        body.warnings.add(TRUNCATED)
    return clean(text[:MAX_TEXT_CHARACTERS]), ""


def _seen(html: str, body: Body) -> str:
    seen = html_to_text(html, MAX_TEXT_CHARACTERS)
    told = {HIDDEN_TEXT: seen.has_hidden, REMOTE_CONTENT: seen.has_remote, TRUNCATED: seen.is_truncated}
    body.warnings.update(warning for warning, is_true in told.items() if is_true)
    return seen.text


def _attachment(part: Part) -> Attachment:
    name = _file_name(part.headers.get_filename() or "")
    if not name and part.content_type == "message/rfc822":
        name = "message.eml"
    return Attachment(name or "attachment", clean_line(part.content_type, 100), len(part.decoded()))


def _file_name(declared: str) -> str:
    """Without folders, and without what reorders or hides its end."""
    last = decoded(declared, 10_000).replace("\\", "/").rpartition("/")[2]
    name = "".join("_" if character in '<>:"|?*' else character for character in last).strip(". ")
    if len(name) <= NAME_CHARACTERS:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > 20:
        return name[:NAME_CHARACTERS]
    return f"{stem[: NAME_CHARACTERS - len(suffix) - 1]}.{suffix}"


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text.strip()), "")


def _joined(texts: Iterable[str]) -> str:
    return "\n\n".join(text.strip("\n") for text in texts if text.strip())
