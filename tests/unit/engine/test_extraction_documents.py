"""ODT, RTF, PPTX."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.engine.extraction import odt, pptx, rtf
from tests.unit.engine import made_files
from tests.unit.engine.extracted import blocks_of, problem_of, texts_of

if TYPE_CHECKING:
    from pathlib import Path


def heading(level: int, text: str) -> str:
    return f'<text:h text:outline-level="{level}">{text}</text:h>'


def item(*texts: str) -> str:
    items = (f"<text:list-item><text:p>{text}</text:p></text:list-item>" for text in texts)
    return f"<text:list>{''.join(items)}</text:list>"


def row(*cells: str) -> str:
    made = (f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
    return f"<table:table-row>{''.join(made)}</table:table-row>"


def test_odt_text_stands_under_its_headings(folder: Path) -> None:
    body = (
        '<text:p text:style-name="P1">Guide</text:p>'
        + heading(1, "Retours")
        + "<text:p>Trente<text:s/>jours,<text:line-break/>sans<text:tab/>frais.</text:p>"
        + heading(2, "Délais")
        + item("un", "deux")
        + f"<table:table>{row('Pays', 'Jours')}{row('France', '2')}</table:table>"
    )
    styles = '<style:style style:name="P1" style:parent-style-name="Title"/>'
    blocks = [(block.headings, block.text) for block in blocks_of(odt, folder, made_files.odt(body, styles=styles))]
    assert blocks == [
        (("Guide",), "Guide"),
        (("Guide", "Retours"), "Retours"),
        (("Guide", "Retours"), "Trente jours,\nsans\tfrais."),
        (("Guide", "Retours", "Délais"), "Délais"),
        (("Guide", "Retours", "Délais"), "- un\n- deux"),
        (("Guide", "Retours", "Délais"), "Pays | Jours\nFrance | 2"),
    ]


def test_odt_leaves_out_what_is_deleted_hidden_or_repeated(folder: Path) -> None:
    body = (
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        "<text:table-of-content><text:p>Retours 3</text:p></text:table-of-content>"
        '<text:p>kept<text:span text:style-name="T1"> secret</text:span>, too</text:p>'
        '<text:p text:style-name="P2">secret</text:p>'
    )
    hidden = '<style:style style:name="{}"><style:text-properties text:display="none"/></style:style>'
    styles = hidden.format("T1") + '<style:style style:name="P2" style:parent-style-name="T1"/>'
    assert texts_of(odt, folder, made_files.odt(body, styles=styles)) == ["kept, too"]


def test_odt_notes_come_last_and_text_boxes_with_their_paragraph(folder: Path) -> None:
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>See page 3.</text:p>"
    box = "<draw:text-box><text:p>In a box.</text:p></draw:text-box>"
    body = f"<text:p>Text{note}</text:note-body></text:note>.</text:p><text:p>Around{box}.</text:p>"
    assert texts_of(odt, folder, made_files.odt(body)) == ["Text.", "In a box.", "Around.", "See page 3."]


def test_odt_counts_no_further_than_a_reader_would(folder: Path) -> None:
    (text,) = texts_of(odt, folder, made_files.odt('<text:p>a<text:s text:c="2000000000"/>b</text:p>'))
    assert len(text) < 200


def test_pptx_slides_are_pages_under_their_titles(folder: Path) -> None:
    made = made_files.pptx(
        ["Returns", "Thirty days", "Keep the box"], ["Secret"], ["Shipping", "Two days"], notes=["Say why."], hidden=[2]
    )
    blocks = [(block.page, block.headings, block.text) for block in blocks_of(pptx, folder, made)]
    assert blocks == [
        (1, ("Returns",), "Returns"),
        (1, ("Returns",), "Thirty days\nKeep the box"),
        (1, ("Returns",), "Say why."),
        (3, ("Shipping",), "Shipping"),
        (3, ("Shipping",), "Two days"),
    ]


def test_pptx_slides_come_in_the_order_of_the_show(folder: Path) -> None:
    made = made_files.pptx(["First"], ["Second"])
    listed = f"<p:presentation {made_files.DRAWING}><p:sldId r:id='rId2' id='256'/><p:sldId r:id='rId1' id='257'/>"
    members = made_files.members_of(made) | {"ppt/presentation.xml": f"{listed}</p:presentation>".encode()}
    assert texts_of(pptx, folder, made_files.package(members)) == ["Second", "First"]


def test_pptx_tables_are_read_row_by_row(folder: Path) -> None:
    cells = "<a:tc><a:p><a:r><a:t>{}</a:t></a:r></a:p></a:tc>"
    rows = "".join(f"<a:tr>{cells.format(a)}{cells.format(b)}</a:tr>" for a, b in (("Pays", "Jours"), ("France", "2")))
    slide = f"<p:sld {made_files.DRAWING}><a:tbl>{rows}</a:tbl></p:sld>".encode()
    members = made_files.members_of(made_files.pptx(["x"])) | {"ppt/slides/slide1.xml": slide}
    assert texts_of(pptx, folder, made_files.package(members)) == ["Pays | Jours\nFrance | 2"]


def test_pptx_names_of_parts_do_not_leave_the_package(folder: Path) -> None:
    members = made_files.members_of(made_files.pptx(["Returns"]))
    members["ppt/_rels/presentation.xml.rels"] = made_files.relations(
        ("rId1", "slide", "../../../../etc/passwd")
    ).encode()
    assert texts_of(pptx, folder, made_files.package(members)) == []


def test_rtf_text_stands_under_its_headings(folder: Path) -> None:
    body = (
        r"\pard\s1 Retours\par\pard Trente jours\line sans frais.\par"
        r"\pard\s2 D\'e9lais\par\pard{\listtext\bullet\tab}\ls1 un\par{\listtext\bullet\tab}\ls1 deux\par"
        r"\trowd\pard\intbl Pays\cell Jours\cell\row\trowd\pard\intbl France\cell 2\cell\row\pard Fin.\par"
    )
    blocks = [(block.headings, block.text) for block in blocks_of(rtf, folder, made_files.rtf(body))]
    assert blocks == [
        (("Retours",), "Retours"),
        (("Retours",), "Trente jours\nsans frais."),
        (("Retours", "Délais"), "Délais"),
        (("Retours", "Délais"), "- un\n- deux"),
        (("Retours", "Délais"), "Pays | Jours\nFrance | 2"),
        (("Retours", "Délais"), "Fin."),
    ]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"\'e9t\'e9", "été"),
        (r"{\f1 \'cf\'f0\'e8}\'e9", "Приé"),
        (r"\u8364?5 \u-10179?\u-8704?", "€5 😀"),
        (r"\uc2\u8364\'80x5", "€5"),
        (r"\uc0\u8364 5", "€5"),
        (r"a\~b\_c\{d\}\\", "a\u00a0b-c{d}\\"),
        (r"kept{\v hidden}{\deleted gone}{\*\unknown x}{\pict 0badc0de}", "kept"),
        (r'{\field{\*\fldinst HYPERLINK "https://x"}{\fldrslt the link}}', "the link"),
        (r"a{\object{\*\objdata 010500}{\result b}}", "ab"),
        ("a\\bin9 }}}}}}}}}b", "ab"),
        (r"never closed {\b bold", "never closed bold"),
    ],
)
def test_rtf_characters(folder: Path, body: str, text: str) -> None:
    assert texts_of(rtf, folder, made_files.rtf(body)) == [text]


def test_rtf_footnotes_come_last(folder: Path) -> None:
    body = r"Text{\super\chftn{\footnote\pard See page 3.}}.\par More.\par"
    assert texts_of(rtf, folder, made_files.rtf(body)) == ["Text.", "More.", "See page 3."]


def test_rtf_nested_too_deep(folder: Path) -> None:
    assert problem_of(rtf, folder, made_files.rtf("{" * 100_000)) == FileProblem.TOO_COMPLEX


def test_rtf_that_lies_about_its_binary_data_ends_there(folder: Path) -> None:
    assert texts_of(rtf, folder, made_files.rtf(r"before{\pict\bin9999999999 x}after")) == ["before"]
