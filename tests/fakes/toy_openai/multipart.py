"""Bodies of `multipart/form-data`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.fakes.toy_openai.messages import Refused, Request

_BOUNDARY = re.compile(r'boundary="?([^";]+)"?', re.IGNORECASE)
_NAME = re.compile(r'[;\s]name="([^"]*)"', re.IGNORECASE)
_FILENAME = re.compile(r'[;\s]filename="([^"]*)"', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class UploadedPart:
    """`filename` is None for a plain field."""

    filename: str | None
    content: bytes
    content_type: str | None = None

    def text(self) -> str:
        return self.content.decode()


def multipart(request: Request) -> dict[str, UploadedPart]:
    """The parts by their names; of several with one name, the last. Raises Refused."""
    content_type = request.headers.get("content-type", "")
    boundary = _BOUNDARY.search(content_type)
    if not content_type.lower().startswith("multipart/form-data") or boundary is None:
        raise Refused(400, "invalid_request_error", f"Expected multipart/form-data, got {content_type!r}.")
    return dict(_parts(request.body, boundary[1].encode("latin-1")))


def _parts(body: bytes, boundary: bytes) -> Iterator[tuple[str, UploadedPart]]:
    delimiter = b"--" + boundary
    at = body.find(delimiter)
    while at >= 0:
        start = at + len(delimiter)
        if body.startswith(b"--", start):
            return
        at = body.find(b"\r\n" + delimiter, start)
        head_end = body.find(b"\r\n\r\n", start)
        if at < 0 or not 0 <= head_end <= at:
            break
        # The empty line after the head is the delimiter's own one in a part without content.
        yield _part(body[start:head_end].decode(), body[head_end + 4 : at])
        at += 2
    raise Refused(400, "invalid_request_error", "The multipart body has no end.")


def _part(head: str, content: bytes) -> tuple[str, UploadedPart]:
    headers = dict(line.lower().split(": ", 1) for line in head.split("\r\n") if ": " in line)
    name, filename = _NAME.search(head), _FILENAME.search(head)
    if name is None:
        raise Refused(400, "invalid_request_error", "A part of the multipart body has no name.")
    return name[1], UploadedPart(_unescaped(filename[1]) if filename else None, content, headers.get("content-type"))


def _unescaped(text: str) -> str:
    """Of what HTML's rules for forms escape, that which a file's name can have."""
    return text.replace("%22", '"').replace("\\\\", "\\")
