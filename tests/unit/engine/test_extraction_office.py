"""DOCX, XLSX, PDF."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.engine.extraction import docx, pdf, spreadsheet
from tests.unit.engine import made_files
from tests.unit.engine.extracted import blocks_of, problem_of, texts_of
from tests.unit.engine.made_files import WORD, paragraph, table

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


def test_docx_headings_by_name_by_outline_and_by_inheritance(folder: Path) -> None:
    body = (
        paragraph("Retours", "Titre1")
        + paragraph("Trente jours.")
        + paragraph("Délais", "Maison")
        + paragraph("Détail", "Plan")
        + paragraph("Dix jours.")
    )
    blocks = [(block.headings, block.text) for block in blocks_of(docx, folder, made_files.docx(body))]
    assert blocks == [
        (("Retours",), "Retours"),
        (("Retours",), "Trente jours."),
        (("Retours", "Délais"), "Délais"),
        (("Retours", "Délais", "Détail"), "Détail"),
        (("Retours", "Délais", "Détail"), "Dix jours."),
    ]


def test_docx_lists_and_tables_are_one_block_each(folder: Path) -> None:
    numbered = paragraph("deux").replace("<w:p>", '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    body = paragraph("un", "Puce") + numbered + table(["Pays", "Jours"], ["France", "2"]) + paragraph("fin")
    assert texts_of(docx, folder, made_files.docx(body)) == ["- un\n- deux", "Pays | Jours\nFrance | 2", "fin"]


def test_docx_leaves_out_what_was_deleted_or_hidden(folder: Path) -> None:
    body = (
        "<w:p><w:r><w:t>kept</w:t><w:tab/><w:t>too</w:t></w:r><w:del><w:r><w:t>gone</w:t></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>"
    )
    assert texts_of(docx, folder, made_files.docx(body)) == ["kept\ttoo"]


def test_docx_footnotes_come_last(folder: Path) -> None:
    notes = f"<w:footnotes {WORD}><w:footnote>{paragraph('See page 3.')}</w:footnote></w:footnotes>".encode()
    made = made_files.docx(paragraph("Text."), **{"word/footnotes.xml": notes})
    assert texts_of(docx, folder, made) == ["Text.", "See page 3."]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"PK\x03\x04 cut", FileProblem.DAMAGED),
        (made_files.xlsx(Prices=[["a", "b"]]), FileProblem.MISLABELLED),
        (made_files.docx("<w:p>"), FileProblem.DAMAGED),
        (made_files.docx("<w:p>" * 1_000 + "</w:p>" * 1_000), FileProblem.TOO_COMPLEX),
        (made_files.docx("&a;", prolog='<!DOCTYPE d [<!ENTITY a "aaaa">]>'), FileProblem.TOO_COMPLEX),
        (made_files.docx("x", **{"word/big.bin": bytes(1_500_000_000 // 64)}), FileProblem.TOO_COMPLEX),
        (made_files.docx("x", **{f"word/{n}": b"" for n in range(10_001)}), FileProblem.TOO_COMPLEX),
    ],
)
def test_docx_refused(folder: Path, content: bytes, problem: FileProblem) -> None:
    assert problem_of(docx, folder, content) == problem


@pytest.mark.parametrize("extractor", [docx, spreadsheet])
def test_a_damaged_member_is_told(folder: Path, extractor: ModuleType) -> None:
    made = bytearray(
        made_files.docx(paragraph("x")) if extractor is docx else made_files.xlsx(Prices=[["ref", "price"], ["A", 1]])
    )
    middle = slice(60, 160) if extractor is docx else slice(1_000, 4_000)
    made[middle] = bytes(len(made[middle]))
    assert problem_of(extractor, folder, bytes(made)) == FileProblem.DAMAGED


def test_xlsx_rows_name_their_columns_sheet_by_sheet(folder: Path) -> None:
    made = made_files.xlsx(
        Tarifs=[
            [],
            ["Réf", "Prix", "Depuis"],
            ["A1", 12.5, datetime.datetime(2026, 5, 1)],
            [None, None, None],
            ["A2", 3.0, datetime.datetime(2026, 5, 1, 10, 30)],
        ],
        Notes=[["seul"]],
        Vide=[],
    )
    blocks = [(block.sheet, block.row, block.text) for block in blocks_of(spreadsheet, folder, made)]
    assert blocks == [
        ("Tarifs", 3, "Réf: A1; Prix: 12.5; Depuis: 2026-05-01"),
        ("Tarifs", 5, "Réf: A2; Prix: 3; Depuis: 2026-05-01 10:30:00"),
        ("Notes", 1, "seul"),
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (made_files.docx(paragraph("x")), FileProblem.MISLABELLED),
        (made_files.package({"xl/workbook.xml": b"<nonsense"}), FileProblem.DAMAGED),
    ],
)
def test_xlsx_refused(folder: Path, content: bytes, problem: FileProblem) -> None:
    assert problem_of(spreadsheet, folder, content) == problem


def test_pdf_pages_are_kept_and_running_lines_are_not(folder: Path) -> None:
    names = ["Aurora", "Boreas", "Cygnus", "Dorado"]
    made = made_files.pdf(
        *(
            [
                "Shop manual",
                "2026 edition",
                f"{name} is a lamp.",
                f"Its colour is {name.lower()} blue.",
                f"Page {n} of 4",
            ]
            for n, name in enumerate(names, 1)
        )
    )
    blocks = blocks_of(pdf, folder, made)
    assert [block.page for block in blocks if "colour" in block.text] == [1, 2, 3, 4]
    text = " ".join(block.text for block in blocks)
    assert all(f"{name} is a lamp." in text for name in names)
    assert "edition" not in text
    assert "Page" not in text


def test_pdf_of_pages_that_are_all_alike_keeps_them(folder: Path) -> None:
    blocks = blocks_of(pdf, folder, made_files.pdf(*(["The voucher is worth ten euros."] for _ in range(5))))
    assert [block.page for block in blocks] == [1, 2, 3, 4, 5]


def test_pdf_lines_are_put_together(folder: Path) -> None:
    made = made_files.pdf(
        [
            "A refund is paid within ten working days after the par-",
            "cel has reached the warehouse, to the account that was",
            "used for the order.",
            "• first item",
            "• second item",
        ]
    )
    assert texts_of(pdf, folder, made) == [
        "A refund is paid within ten working days after the parcel has reached the warehouse, "
        "to the account that was used for the order.",
        "- first item\n- second item",
    ]


def test_pdf_of_pictures_is_scanned(folder: Path) -> None:
    assert problem_of(pdf, folder, made_files.pdf([], ["3"], [])) == FileProblem.SCANNED


def test_pdf_with_a_page_of_pictures_is_read(folder: Path) -> None:
    blocks = blocks_of(pdf, folder, made_files.pdf([], ["A page with enough of text on it."]))
    assert [block.page for block in blocks] == [2]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (made_files.pdf(["Secret text of the shop."], password="key"), FileProblem.ENCRYPTED),
        (b"%PDF-1.7\ncut off", FileProblem.DAMAGED),
        (made_files.pdf(["A text that is long enough."])[:200], FileProblem.DAMAGED),
    ],
)
def test_pdf_refused(folder: Path, content: bytes, problem: FileProblem) -> None:
    assert problem_of(pdf, folder, content) == problem
