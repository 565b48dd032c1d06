"""A mailbox file as knowledge: each mail's own text under a heading of its subject and date."""

from __future__ import annotations

import contextlib
import mmap
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.domain.ports.isolation import JobRefused
from iaposte_desktop.mail.as_text import block, paragraphs
from iaposte_desktop.mail.parse import MAX_FILE_BYTES, parse_mail
from iaposte_desktop.mail.quoted import split_quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iaposte_desktop.domain.json import JsonValue
    from iaposte_desktop.domain.threads import MailHeaders

MAX_MAILS = 10_000
_HEADING_CHARACTERS = 160
# A line of a mail may begin with `From ` too: the one that parts mails tells a time, after an empty line.
_FROM_LINE = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]{0,200}\d\d:\d\d[^\r\n]{0,200}\r?\n")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)


def extract_job(path: str) -> Iterator[JsonValue]:
    """Quoted history is left out where a mail says something itself: the mailbox holds what it quotes. A mail that
    cannot be read is passed over. Raises JobRefused with a FileProblem."""
    found = False
    for raw in _mails(path):
        with contextlib.suppress(JobRefused):
            headers, body = parse_mail(_ESCAPED.sub(rb"\1", raw))
            own = split_quoted(body.text).text
            texts = paragraphs(own) or paragraphs(body.text)
            if texts:
                found = True
                heading = _heading(headers)
                yield from (block(text, heading) for text in (heading, *texts))
    if not found:
        raise JobRefused(FileProblem.EMPTY, "no mail with text in it")


def _mails(path: str) -> Iterator[bytes]:
    with Path(path).open("rb") as file:
        try:
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError as error:  # A file without a byte.
            raise JobRefused(FileProblem.EMPTY, str(error)) from error
        with content:
            starts: list[int] = []
            for line in _FROM_LINE.finditer(content):
                starts.append(line.start())
                if len(starts) > MAX_MAILS:
                    raise JobRefused(FileProblem.TOO_LARGE, f"more than {MAX_MAILS} mails")
            if not starts:
                raise JobRefused(FileProblem.MISLABELLED, "no line that begins a mail")
            for start, end in pairwise([*starts, len(content)]):
                if end - start <= MAX_FILE_BYTES:
                    yield content[start:end]


def _heading(headers: MailHeaders) -> str:
    date = headers.date.date().isoformat() if headers.date else ""
    said = (headers.subject or headers.sender_name or headers.sender_address)[:_HEADING_CHARACTERS].strip()
    return " · ".join(filter(None, (said, date))) or "—"
