"""ODS, XLS, JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.engine.extraction import json_tree, spreadsheet
from tests.unit.engine import made_files
from tests.unit.engine.extracted import blocks_of, problem_of, texts_of

if TYPE_CHECKING:
    from pathlib import Path


def test_ods_rows_name_their_columns_sheet_by_sheet(folder: Path) -> None:
    made = made_files.ods(Tarifs=[["Réf", "Prix"], ["A1", 12.5]], Notes=[["seul"]])
    blocks = [(block.sheet, block.row, block.text) for block in blocks_of(spreadsheet, folder, made)]
    assert blocks == [("Tarifs", 2, "Réf: A1; Prix: 12.5"), ("Notes", 1, "seul")]


def test_xls_rows_name_their_columns_in_the_visible_sheets(folder: Path) -> None:
    blocks = [(block.sheet, block.row, block.text) for block in blocks_of(spreadsheet, folder, made_files.xls())]
    assert blocks == [
        ("Tarifs", 2, "Réf: A1; Prix: 12.5; Depuis: 2026-05-01"),
        ("Tarifs", 3, "Réf: A2; Prix: 3; Depuis: 2026-06-01"),
        ("Notes", 2, "seul"),
    ]


JSON = """{
  "shop": {"name": "Lumen", "open": true, "tags": ["lamps", "vases"], "closed": null},
  "products": [
    {"ref": "A1", "price": 12.50, "sizes": {"cm": [[10, 20], [30]]}},
    {"ref": "A2", "ref": "A2 bis"}
  ],
  "count": 123456789012345678901234567890
}"""


def test_json_stands_under_its_keys(folder: Path) -> None:
    blocks = [(block.headings, block.text) for block in blocks_of(json_tree, folder, JSON)]
    assert blocks == [
        ((), "count: 123456789012345678901234567890"),
        (("shop",), "shop"),
        (("shop",), "name: Lumen\nopen: true\ntags: lamps, vases"),
        (("products[0]",), "products[0]"),
        (("products[0]",), "ref: A1\nprice: 12.50"),
        (("products[0]", "sizes"), "sizes"),
        (("products[0]", "sizes", "cm"), "cm"),
        (("products[0]", "sizes", "cm"), "[0]: 10, 20\n[1]: 30"),
        (("products[1]",), "products[1]"),
        (("products[1]",), "ref: A2\nref: A2 bis"),
    ]


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        ('"a word"', ["a word"]),
        ("[1, 2.0, NaN, -Infinity]", ["- 1\n- 2.0\n- NaN\n- -Infinity"]),
        ("9" * 20_000, ["9" * 20_000]),
        ('{"a": {}, "b": [], "c": "", "d": null}', []),
        (" \n", []),
        ('{"": {"x": 1}}', ['""', "x: 1"]),
        ('"\\ud800 half"', ["half"]),
    ],
)
def test_json_of_any_kind(folder: Path, content: str, texts: list[str]) -> None:
    assert texts_of(json_tree, folder, content) == texts


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('{"a": ', FileProblem.DAMAGED),
        ('{"a": 1}\n{"a": 2}', FileProblem.DAMAGED),
        ("[" * 100_000, FileProblem.TOO_COMPLEX),
        ("[" * 100 + "]" * 100, FileProblem.TOO_COMPLEX),
        ('{"a":' * 100 + "1" + "}" * 100, FileProblem.TOO_COMPLEX),
    ],
)
def test_json_refused(folder: Path, content: str, problem: FileProblem) -> None:
    assert problem_of(json_tree, folder, content) == problem
