from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolButton

from iaposte_desktop.qt.lib.metadata_editor import MetadataEditor

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def editor(qtbot: QtBot) -> MetadataEditor:
    made = MetadataEditor()
    qtbot.addWidget(made)
    return made


def fields(editor: MetadataEditor) -> list[QLineEdit]:
    return [field for field in editor.findChildren(QLineEdit) if not field.isHidden()]


def errors(editor: MetadataEditor) -> list[str]:
    return [pair.error.text() for pair in editor._pairs if not pair.error.isHidden()]


def test_pairs_are_typed_in_and_taken_out(editor: MetadataEditor) -> None:
    editor.set_metadata({"team": "support"})
    editor.add.click()
    key, value = fields(editor)[2:]
    QTest.keyClicks(key, "region")
    QTest.keyClicks(value, "north")
    assert editor.metadata() == {"team": "support", "region": "north"}
    editor.findChildren(QToolButton)[0].click()
    assert editor.metadata() == {"region": "north"}
    assert editor.is_valid()


def test_a_blank_row_counts_for_nothing(editor: MetadataEditor) -> None:
    editor.add.click()
    assert (editor.metadata(), editor.is_valid()) == ({}, True)


@pytest.mark.parametrize(
    ("pairs", "sentence"),
    [
        ([("", "x")], "Give this value a key."),
        ([("k" * 65, "")], "A key has at most 64 characters."),
        ([("k", "v" * 513)], "A value has at most 512 characters."),
        ([("k", "1"), (" k ", "2")], "Another pair has this key."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    editor: MetadataEditor, pairs: list[tuple[str, str]], sentence: str
) -> None:
    for key, value in pairs:
        editor.add.click()
        at = fields(editor)[-2:]
        QTest.keyClicks(at[0], key)
        QTest.keyClicks(at[1], value)
    assert sentence in errors(editor)
    assert not editor.is_valid()


def test_limits_are_exact_and_sixteen_pairs_the_most(editor: MetadataEditor) -> None:
    editor.set_metadata({f"{n:02}".ljust(64, "k"): "v" * 512 for n in range(16)})
    assert (editor.is_valid(), len(editor.metadata()), editor.add.isEnabled()) == (True, 16, False)
    assert editor.limit.text() == "16 of 16"
    editor.findChildren(QToolButton)[0].click()
    assert editor.add.isEnabled()
