"""A mail's parts, found by an own walk over its bytes: every cap is checked before the standard library's parser sees
a header, and nothing is copied but headers and the bodies that are read."""

from __future__ import annotations

import binascii
import email.policy
import re
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser

from iaposte_desktop.domain.errors import MailProblem
from iaposte_desktop.domain.ports.isolation import JobRefused
from iaposte_desktop.mail.charsets import decode_text

MAX_HEADER_BLOCK_BYTES = 256 * 1024
MAX_HEADER_BYTES = 64 * 1024
MAX_PARAMETERS_BYTES = 8 * 1024
"""Of a header with parameters: the library reads them in the square of their length."""

MAX_PARTS = 200
MAX_DEPTH = 20

_BLOCK_END = re.compile(rb"\r\n\r\n|\n\n|\r\r|\n\r\n")
_HEADER_START = re.compile(rb"(?:\r\n|\n|\r)(?![ \t])")
# compat32: policy.default needs minutes and gigabytes for a long encoded word.
_PARSER = HeaderParser(policy=email.policy.compat32)


@dataclass(frozen=True, slots=True)
class Part:
    """A node of the tree. `body` is undecoded, and empty where there are `children`."""

    headers: Message
    body: bytes
    children: tuple[Part, ...] = ()

    @property
    def content_type(self) -> str:
        return self.headers.get_content_type()

    def decoded(self) -> bytes:
        """The body without its transfer encoding; as far as that can be read."""
        match str(self.headers.get("Content-Transfer-Encoding", "")).strip().lower():
            case "base64":
                return _from_base64(self.body)
            case "quoted-printable":
                return binascii.a2b_qp(self.body)
            case _:
                return self.body


def read_parts(raw: bytes) -> Part:
    """Raises JobRefused(too_complex)."""
    return _Walk(raw).part(0, len(raw), 0, "text/plain")


def header_block_end(raw: bytes, start: int, end: int) -> tuple[int, int]:
    """Where the header block ends and the body begins."""
    if raw[start : start + 1] == b"\n" or raw[start : start + 2] == b"\r\n":
        return start, start + raw[start : start + 2].index(b"\n") + 1
    found = _BLOCK_END.search(raw, start, min(end, start + MAX_HEADER_BLOCK_BYTES + 4))
    if found:
        return found.start(), found.end()
    if end - start > MAX_HEADER_BLOCK_BYTES:
        raise _too_complex(f"a header block over {MAX_HEADER_BLOCK_BYTES} bytes")
    return end, end


class _Walk:
    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._parts = 0

    def part(self, start: int, end: int, depth: int, default_type: str) -> Part:
        self._parts += 1
        if self._parts > MAX_PARTS:
            raise _too_complex(f"over {MAX_PARTS} parts")
        if depth > MAX_DEPTH:
            raise _too_complex(f"over {MAX_DEPTH} levels of parts")
        block_end, body = header_block_end(self._raw, start, end)
        headers = _parse_headers(self._raw[start:block_end])
        headers.set_default_type(default_type)
        boundary = headers.get_boundary() if headers.get_content_maintype() == "multipart" else None
        spans = self._spans(boundary, body, end) if boundary else None
        if spans is None:
            return Part(headers, self._raw[body:end])
        inner_type = "message/rfc822" if headers.get_content_type() == "multipart/digest" else "text/plain"
        return Part(headers, b"", tuple(self.part(a, b, depth + 1, inner_type) for a, b in spans))

    def _spans(self, boundary: str, start: int, end: int) -> list[tuple[int, int]] | None:
        """Where the parts between boundary lines lie; the text before the first and after the last belongs to none.
        None without such lines."""
        name = re.escape(boundary.encode("utf-8", "replace"))
        line = re.compile(rb"(?:\r?\n|\r|\A)--" + name + rb"(--)?[ \t]*(?=[\r\n]|\Z)")
        # The line before the first boundary may be the blank one that ended the headers.
        cuts = []
        for found in line.finditer(self._raw, max(start - 2, 0), end):
            cuts.append(found)
            if found.group(1):
                break
            if len(cuts) > MAX_PARTS:
                raise _too_complex(f"over {MAX_PARTS} parts")
        if not cuts:
            return None
        ends = [found.start() for found in cuts[1:]]
        if not cuts[-1].group(1):
            ends.append(end)
        return [
            (self._next_line(found.end()), max(stop, self._next_line(found.end())))
            for found, stop in zip(cuts, ends, strict=False)
        ]

    def _next_line(self, position: int) -> int:
        if self._raw[position : position + 2] == b"\r\n":
            return position + 2
        return min(position + 1, len(self._raw))


def _parse_headers(block: bytes) -> Message:
    start = 0
    for found in _HEADER_START.finditer(block):
        _check_header(block, start, found.start())
        start = found.end()
    _check_header(block, start, len(block))
    # Decoded here: the library's own way with 8-bit headers turns their characters into question marks.
    return _PARSER.parsestr(decode_text(block, "utf-8"))


def _check_header(block: bytes, start: int, end: int) -> None:
    cap = MAX_PARAMETERS_BYTES if block[start : start + 8].lower() == b"content-" else MAX_HEADER_BYTES
    if end - start > cap:
        raise _too_complex(f"a header over {cap} bytes")


def _from_base64(body: bytes) -> bytes:
    """As readers do: what is no base64 character is skipped, and a cut end is filled."""
    text = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
    if len(text) % 4 == 1:
        text = text[:-1]
    return binascii.a2b_base64(text + b"=" * (-len(text) % 4))


def _too_complex(detail: str) -> JobRefused:
    return JobRefused(MailProblem.TOO_COMPLEX, detail)
