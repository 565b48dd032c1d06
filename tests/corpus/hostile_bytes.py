"""Contents that are made to overload, mislead or reach out of a reader."""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Final, TypeAlias

from iaposte_desktop.domain.errors import FileProblem
from tests.corpus.good_files import SENTENCE, good_files
from tests.unit.engine import made_files

if TYPE_CHECKING:
    from pathlib import Path

Case: TypeAlias = tuple[bytes, frozenset[FileProblem], bool]
"""The bytes, what they may be refused for, and whether they may be read."""

_BIG: Final = 40 * 1024 * 1024
_OVERLOADS: Final = frozenset(
    {FileProblem.TOO_COMPLEX, FileProblem.TOO_LARGE, FileProblem.MEMORY_LIMIT, FileProblem.TIME_LIMIT}
)
_BROKEN: Final = frozenset({FileProblem.DAMAGED, FileProblem.MISLABELLED, FileProblem.EMPTY})
_EMPTY: Final = frozenset({FileProblem.EMPTY})
_ENCRYPTED: Final = frozenset({FileProblem.ENCRYPTED})
_PROLOGS: Final = {
    "laughs": '<!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 12}">' for n in range(9))
    + "]>",
    "quadratic": f'<!DOCTYPE l [<!ENTITY j "{"x" * 50_000}">]>',
}
_ENTITY: Final = {"laughs": "&j;", "quadratic": "&j;" * 5_000}


def pictures_and_programs() -> dict[str, bytes]:
    return {
        "picture": b"\x89PNG\r\n\x1a\n" + bytes(400),
        "photo": b"\xff\xd8\xff\xe0" + bytes(400),
        "program": b"\x7fELF" + bytes(400),
        "archive": b"\x1f\x8b\x08" + bytes(400),
    }


def hostile(canary: Path) -> dict[str, Case]:
    """By file name. `canary` is a file that nothing of this may lead a reader to."""
    return {
        **_packages(),
        **_xml(canary),
        **_pdfs(),
        **_sheets(),
        **_texts(canary),
        **_mails(),
        **{
            f"locked.{kind}": (made_files.encrypted(kind), _ENCRYPTED, False) for kind in ("docx", "xlsx", "odt", "ods")
        },
        "locked.pdf": (made_files.pdf([SENTENCE], password="secret"), _ENCRYPTED, False),
        "locked.xls": (made_files.xls_with_password(), _ENCRYPTED, False),
        "locked-members.docx": (made_files.with_encrypted_flags(good_files()[".docx"]), _ENCRYPTED, False),
    }


def _packages() -> dict[str, Case]:
    good = made_files.members_of(good_files()[".docx"])
    zeros = bytes(_BIG)
    outside = ("../../evil.txt", "/tmp/evil.txt", "C:\\evil.txt", "..\\..\\evil.txt", "word/../../evil.xml")
    return {
        "bomb.docx": (made_files.package({**good, "word/media/zeros.bin": zeros}), _OVERLOADS, False),
        "bomb-in-text.docx": (made_files.docx(made_files.paragraph("x" * _BIG)), _OVERLOADS, False),
        "bomb.pptx": (made_files.package({"ppt/presentation.xml": b" " * _BIG}), _OVERLOADS | _BROKEN, False),
        "bomb.odt": (made_files.odt("x" * _BIG), _OVERLOADS, False),
        "bomb.ods": (made_files.ods(A=[["x" * _BIG]]), _OVERLOADS, False),
        "matryoshka.docx": (_nested_zips(12), _BROKEN, False),
        "crowd.docx": (_crowd(12_000), _OVERLOADS, False),
        "lying-small.docx": (_with_lying_size(made_files.docx(made_files.paragraph("x" * _BIG)), 10), _BROKEN, False),
        "lying-huge.docx": (_with_lying_size(good_files()[".docx"], 0xFFFF_FFF0), _OVERLOADS | _BROKEN, False),
        "twins.docx": (_twins(good), _BROKEN, True),
        "outside.docx": (made_files.package(good | dict.fromkeys(outside, b"evil")), frozenset(), True),
        "prefixed.docx": (b"MZ" + bytes(64) + good_files()[".docx"], _BROKEN, True),
    }


def _nested_zips(depth: int) -> bytes:
    made = bytes(1_000_000)
    for level in range(depth):
        made = made_files.package({f"{level}.zip": made})
    return made


def _crowd(count: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr("word/document.xml", "<x/>")
        for number in range(count):
            packed.writestr(str(number), b"")
    return made.getvalue()


def _twins(members: dict[str, bytes]) -> bytes:
    """Two members of one name: readers differ on which one counts."""
    twin = made_files.package({"word/document.xmL": members["word/document.xml"], **members})
    return twin.replace(b"document.xmL", b"document.xml")


def _with_lying_size(package: bytes, size: int) -> bytes:
    """What the directory says that the document unpacks to."""
    entry = re.compile(rb"(PK\x01\x02.{20})(....)(.{18}word/document\.xml)", re.DOTALL)
    return entry.sub(lambda found: found[1] + struct.pack("<I", size) + found[3], package)


def _xml(canary: Path) -> dict[str, Case]:
    outside = f'<!DOCTYPE l [<!ENTITY j SYSTEM "{canary.as_uri()}"><!ENTITY k SYSTEM "http://127.0.0.1:9/">]>'
    cases: dict[str, Case] = {}
    for name, prolog in {**_PROLOGS, "outside": outside}.items():
        entity = _ENTITY.get(name, "&j;&k;")
        document = made_files.docx(made_files.paragraph(entity), prolog=prolog)
        slides = made_files.members_of(good_files()[".pptx"])
        slides["ppt/slides/slide1.xml"] = (
            f"{prolog}<p:sld {made_files.DRAWING}>{made_files.shape('body', entity)}</p:sld>".encode()
        )
        odt = made_files.members_of(made_files.odt(f"<text:p>{entity}</text:p>"))
        odt["content.xml"] = prolog.encode() + odt["content.xml"]
        sheet = made_files.members_of(good_files()[".xlsx"])
        strings = "xl/worksheets/sheet1.xml"
        sheet[strings] = re.sub(rb"(<\?xml[^>]*>)?", lambda found: found[0] + prolog.encode(), sheet[strings], count=1)
        for suffix, content in (
            (".docx", document),
            (".pptx", made_files.package(slides)),
            (".odt", made_files.package(odt)),
            (".xlsx", made_files.package(sheet)),
        ):
            cases[f"entities-{name}{suffix}"] = (content, _OVERLOADS | _BROKEN, True)
    deep = "<w:ins>" * 100_000 + made_files.paragraph(SENTENCE) + "</w:ins>" * 100_000
    wide = f'<w:p w:rsid="{"x" * 2_000_000}"/>' + made_files.paragraph(SENTENCE)
    return cases | {
        "deep.docx": (made_files.docx(deep), _OVERLOADS | _BROKEN, True),
        "wide.docx": (made_files.docx(wide), _OVERLOADS | _BROKEN, True),
        "no-end.docx": (made_files.docx(made_files.paragraph(SENTENCE) + "<w:p>"), _BROKEN, True),
        "deep.odt": (made_files.odt("<text:section>" * 100_000), _OVERLOADS | _BROKEN, True),
    }


def _pdfs() -> dict[str, Case]:
    good = good_files()[".pdf"]
    huge = re.sub(rb"/MediaBox \[[^\]]*\]", b"/MediaBox [ 0 0 9999999 9999999 ]", good)
    stream = zlib.compress(bytes(64 * 1024 * 1024), 9)
    bomb = _pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream),
    )
    return {
        "huge-page.pdf": (huge, _BROKEN, True),
        "bomb.pdf": (bomb, _OVERLOADS | _BROKEN | {FileProblem.SCANNED}, False),
        "cycle.pdf": (
            _pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999>>"),
            _OVERLOADS | _BROKEN | {FileProblem.SCANNED},
            False,
        ),
        "many-pages.pdf": (
            _pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 2000000>>"),
            _OVERLOADS | _BROKEN | {FileProblem.SCANNED},
            False,
        ),
        "nested-arrays.pdf": (
            _pdf(b"<</Type/Catalog/Pages " + b"[" * 200_000 + b"]" * 200_000 + b">>"),
            _OVERLOADS | _BROKEN | {FileProblem.CRASHED},
            False,
        ),
        "no-table.pdf": (good.replace(b"startxref", b"startxxxx"), _BROKEN | {FileProblem.SCANNED}, True),
        "wrong-table.pdf": (re.sub(rb"\n0000\d{6}", b"\n0000000001", good), _BROKEN | {FileProblem.SCANNED}, True),
        "scanned.pdf": (made_files.pdf([], []), frozenset({FileProblem.SCANNED}), False),
        "script.pdf": (
            _pdf(b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(evil)>>>>", b"<</Type/Pages/Kids[]/Count 0>>"),
            _BROKEN | {FileProblem.SCANNED},
            False,
        ),
        "header-alone.pdf": (b"%PDF-1.7\n", _BROKEN | {FileProblem.SCANNED}, False),
    }


def _pdf(*objects: bytes) -> bytes:
    made = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + trailer


def _sheets() -> dict[str, Case]:
    sheet = made_files.members_of(good_files()[".xlsx"])
    far = sheet | {"xl/worksheets/sheet1.xml": sheet["xl/worksheets/sheet1.xml"].replace(b'r="B2"', b'r="XFD1048576"')}
    repeated = made_files.members_of(good_files()[".ods"])
    cells = b'<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p>'
    rows = b'<table:table-row table:number-rows-repeated="1048576">' + cells + b"</table:table-cell></table:table-row>"
    repeated["content.xml"] = repeated["content.xml"].replace(b"<table:table-row>", rows + b"<table:table-row>", 1)
    return {
        "far-cell.xlsx": (made_files.package(far), _OVERLOADS | _BROKEN | {FileProblem.CRASHED}, True),
        "repeated.ods": (made_files.package(repeated), _OVERLOADS | _BROKEN | {FileProblem.CRASHED}, True),
        "no-sheets.xlsx": (made_files.package({"xl/workbook.xml": b"<workbook/>"}), _BROKEN, False),
    }


def _texts(canary: Path) -> dict[str, Case]:
    line = SENTENCE.encode()
    deep_json = b"[" * 100_000 + b"]" * 100_000
    deep_rtf = b"{\\rtf1 " + b"{" * 100_000 + line + b"}" * 100_000 + b"}"
    rtf_include = f'{{\\rtf1 {{\\field{{\\*\\fldinst INCLUDETEXT "{canary}"}}}} x}}'.encode()
    return {
        "empty.txt": (b"", _EMPTY, False),
        "spaces.txt": (b" \n\t\r\n" * 1000, _EMPTY, False),
        "mark-alone.txt": (b"\xef\xbb\xbf", _EMPTY, False),
        "wide-mark-alone.txt": (b"\xff\xfe", _EMPTY, False),
        "half-utf16.txt": (b"\xff\xfea", _BROKEN, False),
        "bad-utf8.txt": (b"caf\xe9 \xff\xfe\xfd " + line, frozenset(), True),
        "overlong.txt": (b"\xc0\xaf\xe0\x80\xaf " + line, frozenset(), True),
        "zeros.txt": (bytes(5000), _BROKEN, False),
        "signs.txt": (b"\x01\x02\x1b[2J" * 500, _BROKEN, False),
        "one-line.txt": (b"x" * 20_000_001, _OVERLOADS, True),
        "one-line.csv": (b"a;" * 1_500_000, _OVERLOADS | _EMPTY, True),
        "open-quote.csv": (b'"' + b"a;b\n" * 30_000, _OVERLOADS | _BROKEN, True),
        "deep.json": (deep_json, _OVERLOADS | _BROKEN, False),
        "deep-objects.json": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, _OVERLOADS | _BROKEN, True),
        "huge-number.json": (b'{"a":' + b"9" * 200_000 + b"}", _OVERLOADS | _BROKEN, True),
        "not-a-number.json": (b'{"a": NaN, "b": Infinity, "c": "' + line + b'"}', _BROKEN, True),
        "twice.json": (json.dumps({"a": SENTENCE})[:-1].encode() + b', "a": 1}', _BROKEN, True),
        "lone-surrogate.json": (b'{"a": "\\ud800 ' + line + b'"}', _BROKEN, True),
        "no-values.json": (b"{}", _EMPTY, False),
        "deep.rtf": (deep_rtf, _OVERLOADS | _BROKEN, True),
        "binary-lie.rtf": (b"{\\rtf1 \\bin999999999 " + line + b"}", _BROKEN, True),
        "unclosed.rtf": (b"{\\rtf1 {\\b " + line, _BROKEN, True),
        "include.rtf": (rtf_include, _BROKEN, True),
        "deep.html": (b"<div>" * 30_000 + line, _OVERLOADS | _BROKEN, True),
        "unclosed.html": (b"<html><table><tr><td>" * 5_000 + line, _OVERLOADS | _BROKEN, True),
        "entities.html": (b"<html><p>" + b"&amp;" * 60_000 + b"&#x110000;&#0;</p>", frozenset(), True),
        "scripts.html": (b"<html><script>" + b"x" * 100_000, _EMPTY, True),
        "rules.md": (b"#" * 60_000 + b"\n" + b"> " * 30_000 + line, _OVERLOADS | _BROKEN, True),
        "fences.md": (b"```\n" * 50_001 + line, _OVERLOADS | _BROKEN, True),
        "word-97.doc": (made_files.ole("WordDocument"), frozenset({FileProblem.UNSUPPORTED}), False),
    }


def _mails() -> dict[str, Case]:
    head = b"From: Zoe <zoe@example.com>\nSubject: s\nMIME-Version: 1.0\n"
    matryoshka = head + b"Content-Type: message/rfc822\n\n"
    parts = head + b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 50_000
    crowd = (made_files.mbox(("s", "2026-01-01", "x")) + b"\n") * 10_002
    whole = made_files.mbox(("s", "2026-01-01", SENTENCE))
    refused = _OVERLOADS | _BROKEN
    return {
        "matryoshka.eml": (matryoshka * 2_000 + b"From: a@b.fr\n\nx\n", refused, True),
        "parts.eml": (parts, refused, True),
        "long-header.eml": (b"From: a@b.fr\nSubject: " + b"x" * 5_000_000 + b"\n\nx\n", refused, True),
        "no-mail.eml": (b"\x00\x01\x02" * 1000, refused, False),
        "crowd.mbox": (crowd, refused, False),
        "no-mail.mbox": (SENTENCE.encode(), refused, False),
        "bad-mail.mbox": (
            made_files.mbox(("s", "2026-01-01", SENTENCE)) + b"\nFrom - 10:00:00\n\xff\xfe\n",
            refused,
            True,
        ),
    }
