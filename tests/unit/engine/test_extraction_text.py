"""Plain text, Markdown, HTML, CSV."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.engine.extraction import csv_table, html, markdown, plain
from tests.unit.engine.extracted import blocks_of, problem_of, texts_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "content",
    [
        "Été à Noël".encode(),
        codecs.BOM_UTF8 + "Été à Noël".encode(),
        "Été à Noël".encode("utf-16"),
        codecs.BOM_UTF16_BE + "Été à Noël".encode("utf-16-be"),
        "Été à Noël".encode("cp1252"),
        "E\u0301te\u0301 à Noël".encode(),
    ],
)
def test_plain_text_in_every_usual_encoding(folder: Path, content: bytes) -> None:
    assert texts_of(plain, folder, content) == ["Été à Noël"]


def test_paragraphs_are_parted_by_blank_lines_whatever_the_line_ends(folder: Path) -> None:
    assert texts_of(plain, folder, "one\r\ntwo\r\n \r\n\r\nthree\r") == ["one\ntwo", "three"]


def test_soft_hyphens_and_invisible_characters_are_taken_out(folder: Path) -> None:
    assert texts_of(plain, folder, "rem\u00adbourse\u200bment" * 20 + "\x07") == ["remboursement" * 20]


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"PK\x03\x04", b"\x89PNG\r\n", b"text\0with zeros", b"\x01\x02\x03a"])
@pytest.mark.parametrize("extractor", [plain, markdown, html, csv_table])
def test_binary_content_is_not_text(folder: Path, extractor: object, content: bytes) -> None:
    assert problem_of(extractor, folder, content) == FileProblem.MISLABELLED  # type: ignore[arg-type] # A module.


def test_a_broken_utf_16_file_is_damaged(folder: Path) -> None:
    assert problem_of(plain, folder, codecs.BOM_UTF16_LE + b"a\0b") == FileProblem.DAMAGED


def test_too_much_text_is_refused(folder: Path) -> None:
    assert problem_of(plain, folder, b"many words " * 2_000_000) == FileProblem.TOO_LARGE


MARKDOWN = """# Help

Intro with **bold**, *italics*, `code` and a [link](https://shop.example/returns).
snake_case_name and 2*3*4 stay.

Returns
-------

1. Print the label
2. Send it

| Country | Days |
|---------|------|
| France  | 2    |

```
# no heading
```

## Warranty
Two years.
"""


def test_markdown_blocks_stand_under_their_headings(folder: Path) -> None:
    blocks = [(block.headings, block.text) for block in blocks_of(markdown, folder, MARKDOWN)]
    assert blocks == [
        (("Help",), "Help"),
        (
            ("Help",),
            "Intro with bold, italics, code and a link (https://shop.example/returns).\n"
            "snake_case_name and 2*3*4 stay.",
        ),
        (("Help", "Returns"), "Returns"),
        (("Help", "Returns"), "1. Print the label\n2. Send it"),
        (("Help", "Returns"), "Country | Days\nFrance | 2"),
        (("Help", "Returns"), "# no heading"),
        (("Help", "Warranty"), "Warranty"),
        (("Help", "Warranty"), "Two years."),
    ]


HTML = """<!DOCTYPE html><html><head><title>Shop</title><style>p {color: red}</style></head><body>
<h1>Returns</h1><p>Send it <b>back</b>.<br>We pay.</p><script>alert(1)</script>
<h2>Steps</h2><ol><li>Print<li><p>Pack</p></li><li>Send</li></ol><ul><li>fast</li></ul>
<table><tr><th>Country</th><th>Days</th></tr><tr><td>France</td><td>2</td></tr></table>
<p hidden>secret</p><div style="display: none">secret <p>secret</p></div><template>secret</template>
<pre>a
  b</pre>The &eacute;nd</body></html>"""


def test_html_is_what_a_reader_sees(folder: Path) -> None:
    blocks = [(block.headings, block.text) for block in blocks_of(html, folder, HTML)]
    assert blocks == [
        (("Returns",), "Returns"),
        (("Returns",), "Send it back.\nWe pay."),
        (("Returns", "Steps"), "Steps"),
        (("Returns", "Steps"), "1. Print\n2. Pack\n3. Send"),
        (("Returns", "Steps"), "- fast"),
        (("Returns", "Steps"), "Country | Days\nFrance | 2"),
        (("Returns", "Steps"), "a\n  b"),
        (("Returns", "Steps"), "The énd"),
    ]


def test_a_page_without_a_main_heading_stands_under_its_title(folder: Path) -> None:
    (title, text) = blocks_of(html, folder, "<title>Shop hours</title><p>Open on Mondays.</p>")
    assert (title.text, title.is_heading) == ("Shop hours", True)
    assert (text.text, text.headings) == ("Open on Mondays.", ("Shop hours",))


def test_html_in_the_encoding_it_declares(folder: Path) -> None:
    page = '<meta charset="iso-8859-15"><p>12 €</p>'.encode("iso-8859-15")
    assert texts_of(html, folder, page) == ["12 €"]


def test_html_that_is_never_closed(folder: Path) -> None:
    assert texts_of(html, folder, "<div>" * 20_000 + "deep" + "<p><table><tr><td>cell") == ["deep", "cell"]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_csv_rows_name_their_columns(folder: Path, delimiter: str) -> None:
    content = 'ref;product;price\nA1;"Lamp\nlarge";12\n;;\nA2;;3\n'.replace(";", delimiter)
    blocks = [(block.row, block.text) for block in blocks_of(csv_table, folder, content)]
    assert blocks == [(2, "ref: A1; product: Lamp large; price: 12"), (4, "ref: A2; price: 3")]


def test_csv_without_a_header(folder: Path) -> None:
    blocks = [(block.row, block.text) for block in blocks_of(csv_table, folder, "A1;12\nA2;13\n")]
    assert blocks == [(1, "A1; 12"), (2, "A2; 13")]


def test_csv_with_decimal_commas_is_parted_by_semicolons(folder: Path) -> None:
    assert texts_of(csv_table, folder, "ref;price\nA;12,5\nB;13,5\n") == ["ref: A; price: 12,5", "ref: B; price: 13,5"]


def test_csv_of_a_header_alone(folder: Path) -> None:
    assert [(b.row, b.text) for b in blocks_of(csv_table, folder, "ref;price\n")] == [(1, "ref; price")]


def test_csv_field_beyond_all_bounds(folder: Path) -> None:
    assert problem_of(csv_table, folder, "a;b\n" + '"' + "x" * 1_100_000 + '";2') == FileProblem.DAMAGED
