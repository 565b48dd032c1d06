"""Bad mails, made when they are needed: too big, too deep, lying, cut, or written by programs that do not care."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = b"From: Zoe <zoe@example.com>\nSubject: s\nMIME-Version: 1.0\n"


def long_encoded_subject() -> bytes:
    """683 KB of encoded words in one header."""
    return b"From: a@b.fr\nSubject: x\n" + _folded(3630) + b"\nbody\n"


def _folded(count: int) -> bytes:
    return (b" =?utf-8?q?" + b"=C3=A9" * 29 + b"?=\n") * count


def subject_at_the_cap() -> bytes:
    return b"From: a@b.fr\nSubject: x\n" + _folded(340) + b"\nbody\n"


def nested_multiparts(depth: int = 3000) -> bytes:
    opened = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (level, level) for level in range(depth)
    )
    closed = b"".join(b"\n--b%d--\n" % level for level in reversed(range(depth)))
    return HEAD + opened + b"Content-Type: text/plain\n\ndeep\n" + closed


def nested_multiparts_of_one_boundary() -> bytes:
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 3000 + b"\ndeep\n"


def nested_messages() -> bytes:
    return HEAD + b"Content-Type: message/rfc822\n\nSubject: x\n" * 3000 + b"\ndeep\n"


def many_parts() -> bytes:
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 20_000 + b"--b--\n"


def many_headers() -> bytes:
    return HEAD + b"".join(b"X-Number-%d: v\n" % number for number in range(100_000)) + b"\nbody\n"


def many_semicolons() -> bytes:
    return HEAD + b'Content-Type: text/plain; x="' + b";" * 60_000 + b"\n\nbody\n"


def nested_comments() -> bytes:
    return b"From: " + b"(" * 60_000 + b"\nSubject: s\n\nbody\n"


def many_recipients() -> bytes:
    return HEAD + b"To: " + b"a@b.fr, " * 7000 + b"c@d.fr\n\nbody\n"


def html_of_unclosed_elements() -> bytes:
    return _html(b"<div><b>" * 200_000 + b"seen" + b"</i></u>" * 100_000)


def html_of_open_brackets() -> bytes:
    return _html(b"seen" + b"<a " * 300_000)


def html_of_comments() -> bytes:
    return _html(b"seen" + b"<!--" * 300_000)


def html_of_quotes() -> bytes:
    return _html(b"<blockquote>line<br>" * 60_000)


def html_of_styles() -> bytes:
    return _html(b"<style>" + b".a{" * 200_000 + b"</style>seen")


def html_with_one_style() -> bytes:
    return _html(b'<p style="' + b"color:red;" * 180_000 + b'">seen</p>')


def text_of_attributions() -> bytes:
    return HEAD + b"\n" + b"On 1 Jan 2026 wrote\n" * 100_000


def text_of_dashes() -> bytes:
    return HEAD + b"\nseen\n" + b"-- \n\n" * 200_000


def one_long_line() -> bytes:
    return HEAD + b"\n" + b"-" * 3_000_000


def base64_garbage() -> bytes:
    return HEAD + b"Content-Transfer-Encoding: base64\n\n" + base64.b64encode(b"seen") + b"\xff!*-\x00" * 1000 + b"A\n"


def null_bytes() -> bytes:
    return HEAD.replace(b"Subject: s", b"Subject: a\x00b") + b"\nse\x00en\x00\n"


def eight_bit_headers() -> bytes:
    return "From: Zoé <zoe@example.com>\nSubject: été 1\n\nvu\n".encode("latin-1")


def unknown_charset() -> bytes:
    return HEAD + 'Content-Type: text/plain; charset="x-klingon"\n\nété\n'.encode()


def charset_that_is_none() -> bytes:
    return HEAD + b'Content-Type: text/plain; charset="punycode"\n\n' + b"a-" * 200_000 + b"\n"


def boundary_that_is_absent() -> bytes:
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\n\nseen\n"


def cut_in_a_part() -> bytes:
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nseen"


def big_attachment() -> bytes:
    content = base64.encodebytes(bytes(30_000_000))
    head = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nseen\n--b\nContent-Type: image/png; name=p.png\n"
    return HEAD + head + b"Content-Transfer-Encoding: base64\n\n" + content + b"\n--b--\n"


def _html(html: bytes) -> bytes:
    return HEAD + b"Content-Type: text/html; charset=utf-8\n\n" + html


TOO_COMPLEX: tuple[Callable[[], bytes], ...] = (
    long_encoded_subject,
    nested_multiparts,
    nested_multiparts_of_one_boundary,
    many_parts,
    many_headers,
    many_semicolons,
)

READABLE: tuple[Callable[[], bytes], ...] = (
    subject_at_the_cap,
    nested_messages,
    nested_comments,
    many_recipients,
    html_of_unclosed_elements,
    html_of_quotes,
    html_of_styles,
    html_with_one_style,
    text_of_attributions,
    text_of_dashes,
    one_long_line,
    base64_garbage,
    null_bytes,
    eight_bit_headers,
    unknown_charset,
    charset_that_is_none,
    boundary_that_is_absent,
    cut_in_a_part,
    big_attachment,
)

EITHER: tuple[Callable[[], bytes], ...] = (html_of_open_brackets, html_of_comments)
"""Interpreters differ: some read these in no time, in some they end at the worker's limits."""
