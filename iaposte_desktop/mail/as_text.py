"""A mail as knowledge: the job that gives the engine its text in the blocks that the engine's own extractors yield."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import FileProblem, MailProblem
from iaposte_desktop.domain.ports.isolation import JobRefused
from iaposte_desktop.mail.parse import parse_mail, read_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iaposte_desktop.domain.json import JsonValue

_OF_FILES = {
    MailProblem.UNREADABLE: FileProblem.UNREADABLE,
    MailProblem.NOT_A_MAIL: FileProblem.MISLABELLED,
    MailProblem.EMPTY: FileProblem.EMPTY,
    MailProblem.TOO_LARGE: FileProblem.TOO_LARGE,
    MailProblem.TOO_COMPLEX: FileProblem.TOO_COMPLEX,
}
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")


def extract_job(path: str) -> Iterator[JsonValue]:
    """Paragraphs in order, quoted history included, under the subject. Raises JobRefused with a FileProblem."""
    try:
        headers, body = parse_mail(read_file(path))
    except JobRefused as refused:
        raise JobRefused(_OF_FILES[MailProblem(refused.reason)], refused.detail) from refused
    if not (texts := paragraphs(body.text)):
        raise JobRefused(FileProblem.EMPTY, "no text in the mail")
    for text in texts:
        yield block(text, headers.subject)


def paragraphs(text: str) -> list[str]:
    return [found.strip("\n") for found in _BLANK_LINES.split(text) if found.strip()]


def block(text: str, heading: str) -> JsonValue:
    """As the engine takes it."""
    return {"text": text, "page": None, "sheet": None, "row": None, "headings": [heading] if heading else []}
