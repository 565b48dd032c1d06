"""Headers, parts and charsets, without a worker: the parser is pure."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iaposte_desktop.domain.ports.isolation import JobRefused
from iaposte_desktop.mail.parse import parse_mail

FROM = b"From: a@example.com\n"


def subject(raw: bytes) -> str:
    return parse_mail(FROM + b"Subject: " + raw + b"\n\n")[0].subject


def text(raw: bytes) -> str:
    return parse_mail(FROM + raw)[1].text


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"plain", "plain"),
        (b"=?utf-8?b?w6k=?= =?utf-8?b?w6k=?= x =?utf-8?q?=C3=A9?=", "éé x é"),
        (b"=?utf-8?b?w?= =?utf-8?b?6k=?=", "=?utf-8?b?w?= =?utf-8?b?6k=?="),
        (b"=?utf-8?q?=C3?= =?utf-8?q?=A9?=", "é"),
        (b"=?nonsense?q?=C3=A9?=", "é"),
        (b"=?us-ascii?q?=E9?=", "é"),
        (b"Re: =?utf-8?q?a=0Ab=E2=80=AEc?=", "Re: a bc"),
        (b"folded\n over\n\tlines", "folded over lines"),
        ("8 bits : été".encode(), "8 bits : été"),
        ("8 bits : été".encode("latin-1"), "8 bits : été"),
        (b"\\u0041 kept =?utf-8?q?x?=", "A kept x"),
    ],
)
def test_subjects(raw: bytes, told: str) -> None:
    assert subject(raw) == told


@pytest.mark.parametrize(
    ("raw", "name", "address"),
    [
        (b"Zoe <z@e.org>", "Zoe", "z@e.org"),
        (b"z@e.org", "", "z@e.org"),
        (b'"Martin, Zoe" <z@e.org>', "Martin, Zoe", "z@e.org"),
        (b"=?utf-8?q?Martin=2C_Zo=C3=A9?= <z@e.org>", "Martin, Zoé", "z@e.org"),
        ("Zoe \u202egro.e@z <z@e.org>".encode(), "Zoe gro.e@z", "z@e.org"),
        (b"Zoe <not an address>", "Zoe", ""),
        (b"<z@e.org\x00>", "", "z@e.org"),
        (b"<>", "", ""),
        (b"z@e.org (Zoe)", "Zoe", "z@e.org"),
        (b"support@bank.example <z@e.org>", "support@bank.example", "z@e.org"),
        (b"A <z@e.org>, B <b@e.org>", "A", "z@e.org"),
        (b"", "", ""),
    ],
)
def test_senders(raw: bytes, name: str, address: str) -> None:
    headers, _ = parse_mail(b"Subject: s\nFrom: " + raw + b"\n\n")
    assert (headers.sender_name, headers.sender_address) == (name, address)


@pytest.mark.parametrize(
    ("raw", "date"),
    [
        (b"Tue, 17 Nov 2026 09:12:41 +0100", datetime(2026, 11, 17, 8, 12, 41, tzinfo=UTC)),
        (b"17 Nov 2026 09:12 GMT", datetime(2026, 11, 17, 9, 12, tzinfo=UTC)),
        (b"17 Nov 2026 09:12:41 -0000", datetime(2026, 11, 17, 9, 12, 41, tzinfo=UTC)),
        (b"17 Nov 99999 09:12:41 +0000", None),
        (b"31 Dec 9999 23:00:00 -2300", None),
        (b"hier", None),
        (b"", None),
    ],
)
def test_dates_are_in_utc_or_absent(raw: bytes, date: datetime | None) -> None:
    assert parse_mail(FROM + b"Date: " + raw + b"\n\n")[0].date == date


@pytest.mark.parametrize(
    ("head", "body", "told"),
    [
        (b"", "été".encode(), "été"),
        (b"", "été".encode("cp1252"), "été"),
        (b"Content-Type: text/plain; charset=utf-8\n", "été’".encode("cp1252"), "été’"),
        (b"Content-Type: text/plain; charset=us-ascii\n", "été".encode(), "été"),
        (b"Content-Type: text/plain; charset=iso-2022-jp\n", "日本".encode("iso-2022-jp"), "日本"),
        (b"Content-Type: text/plain; charset=\n", b"x", "x"),
        (b"Content-Type: text\n", b"x", "x"),
        (b"Content-Transfer-Encoding: quoted-printable\n", b"a=\nb=C3=A9=ZZ", "abé=ZZ"),
        (b"Content-Transfer-Encoding: BASE64\n", b"w6l0\r\nw6k", "été"),
        (b"Content-Type: text/html\n", b"<p>a<p>b", "a\n\nb"),
    ],
)
def test_bodies(head: bytes, body: bytes, told: str) -> None:
    assert text(head + b"\n" + body) == told


def multipart(kind: bytes, *parts: bytes) -> bytes:
    return (
        b"Content-Type: multipart/"
        + kind
        + b"; boundary=b\n\n"
        + b"".join(b"--b\n" + p + b"\n" for p in parts)
        + b"--b--"
    )


PLAIN = b"Content-Type: text/plain\n\n"
HTML = b"Content-Type: text/html\n\n"


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (multipart(b"alternative", PLAIN + b"p", HTML + b"h"), "p"),
        (multipart(b"alternative", PLAIN + b" \n", HTML + b"h"), "h"),
        (multipart(b"alternative", HTML + b"h"), "h"),
        (multipart(b"mixed", PLAIN + b"one", HTML + b"two", PLAIN + b"three"), "one\n\ntwo\n\nthree"),
        (multipart(b"related", HTML + b"h", b"Content-Type: image/png\n\nx"), "h"),
        (multipart(b"mixed", b"\nno headers"), "no headers"),
        (multipart(b"mixed"), ""),
        (multipart(b"mixed", PLAIN + b"before --b in a line"), "before --b in a line"),
    ],
)
def test_the_text_among_the_parts(raw: bytes, told: str) -> None:
    assert text(raw) == told


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        (b"Content-Disposition: attachment; filename=a.pdf", "a.pdf"),
        (b"Content-Disposition: attachment; filename*=utf-8''%C3%A9t%C3%A9.pdf", "été.pdf"),
        (b"Content-Disposition: attachment; filename*0=long; filename*1=er.pdf", "longer.pdf"),
        (b'Content-Disposition: attachment; filename="=?utf-8?q?=C3=A9.pdf?="', "é.pdf"),
        (b'Content-Disposition: attachment; filename="C:\\\\dir\\\\a.pdf"', "a.pdf"),
        (b'Content-Disposition: attachment; filename="../../../.bashrc"', "bashrc"),
        (b'Content-Disposition: attachment; filename="a\x00b:c|d.pdf"', "ab_c_d.pdf"),
        (b"Content-Disposition: attachment; filename=" + b"x" * 400 + b".pdf", "x" * 146 + ".pdf"),
        (b"Content-Disposition: attachment", "attachment"),
        (b"Content-Type: text/plain; name=notes.txt", "notes.txt"),
        (b"Content-Type: message/rfc822", "message.eml"),
        ("Content-Disposition: attachment; filename=été.pdf".encode(), "été.pdf"),
    ],
)
def test_attachments_are_listed_under_clean_names(headers: bytes, name: str) -> None:
    _, body = parse_mail(FROM + multipart(b"mixed", PLAIN + b"t", headers + b"\n\ncontent"))
    assert [(item.name, item.bytes) for item in body.attachments] == [(name, 7)]
    assert body.text == "t"


def test_recipients_are_the_addresses() -> None:
    head = b'To: "Martin, Zoe" <z@e.org>, b@e.org; c@e.org,\n d@x.org <d@e.org>\nCc: list: nobody, <e@e.org>\n'
    headers, _ = parse_mail(FROM + head + b"\n")
    assert headers.recipients == ("z@e.org", "b@e.org", "c@e.org", "d@e.org", "e@e.org")


def test_a_second_header_of_a_name_does_not_replace_the_first() -> None:
    headers, _ = parse_mail(b"From: a@example.com\nFrom: evil@example.com\nSubject: s\n\n")
    assert headers.sender_address == "a@example.com"


def test_hidden_text_is_told_also_of_the_version_that_was_not_taken() -> None:
    _, body = parse_mail(FROM + multipart(b"alternative", PLAIN + b"p", HTML + b"<p hidden>x</p>h"))
    assert (body.text, body.warnings) == ("p", {"hidden_text"})


@given(st.binary(max_size=400), st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(head: bytes, body: bytes) -> None:
    try:
        headers, parsed = parse_mail(
            b"From: a@b.fr\nContent-Type: multipart/mixed; boundary=b\n" + head + b"\n\n" + body
        )
    except JobRefused:
        return
    for told in (headers.subject, headers.sender_name, parsed.text):
        assert "\0" not in told
        told.encode()


PIECES = (
    b"Content-Type: |text/html|multipart/mixed; boundary=b|\n|\n\n|--b|--b--|=?utf-8?q?|?=|message/rfc822"
    b'|Content-Transfer-Encoding: base64|charset=|"|;|\xff|(|From: '
).split(b"|")
TOKENS = st.sampled_from(PIECES)


@given(st.lists(TOKENS, max_size=80))
def test_any_mixture_of_a_mail_s_pieces_is_read_or_refused(tokens: list[bytes]) -> None:
    try:
        _, body = parse_mail(FROM + b"".join(tokens))
    except JobRefused:
        return
    body.text.encode()
